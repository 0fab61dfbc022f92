import { inngest } from "@/inngest/client";
import { knownIssueRuleSaved } from "@/inngest/events";
import { applyRuleToPast as linkSome, type PastProgress } from "@/lib/triage/rules/apply-rules";
import { past } from "@/lib/triage/rules/past";

/** A known-issue rule was saved with the wish to link what it has matched in the past. */
export const applyRuleToPast = inngest.createFunction(
  {
    id: "apply-rule-to-past",
    triggers: [{ event: knownIssueRuleSaved.name }],
    retries: 10,
    concurrency: [{ key: "event.data.workspaceId", limit: 1 }],
  },
  async ({ event, step }) => {
    const { workspaceId, ruleId } = knownIssueRuleSaved.read(event.data);
    let progress: PastProgress = { run: null, after: null, left: past.results, spent: {} };
    for (let linked = 0; ; ) {
      const { isDone, ...next } = await step.run("link", () => linkSome({ workspaceId, ruleId }, progress));
      linked += next.linked;
      if (isDone) return { linked };
      progress = next;
    }
  },
);
