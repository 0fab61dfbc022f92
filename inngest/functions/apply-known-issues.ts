import { inngest } from "@/inngest/client";
import { resultsImported } from "@/inngest/events";
import { applyRulesToRun, type Progress } from "@/lib/triage/rules/apply-rules";

/** Results came into a run: what fails in it and matches a known-issue rule is linked to the issue of the rule. */
export const applyKnownIssues = inngest.createFunction(
  {
    id: "apply-known-issues",
    triggers: [{ event: resultsImported.name }],
    retries: 10,
    // The shards of a run arrive at once; the last one speaks for all of them.
    debounce: { key: "event.data.runId", period: "1s", timeout: "30s" },
    concurrency: [{ key: "event.data.workspaceId", limit: 2 }],
  },
  async ({ event, step }) => {
    const { workspaceId, runId } = resultsImported.read(event.data);
    let progress: Progress = { after: null, spent: {} };
    for (let linked = 0; ; ) {
      const { isDone, ...next } = await step.run("link", () => applyRulesToRun({ workspaceId, runId }, progress));
      linked += next.linked;
      if (isDone) return { linked };
      progress = next;
    }
  },
);
