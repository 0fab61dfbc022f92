import { newId } from "@/lib/db/ids";
import type { Job, Memo } from "./claim";
import { type Answer, call, type Line } from "./endpoint";

/**
 * Calls the function, or one planned step of it, in the classic protocol. `fn_id` and `qi_id` are left out: with them
 * the SDK would offer to report steps while it runs, to an address that does not exist here.
 */
export function callFunction(line: Line, job: Job, maxAttempts: number): Promise<Answer> {
  const requestId = newId();
  const [event] = job.events;
  return call(line, {
    method: "POST",
    query: { fnId: job.functionId, stepId: job.stepId },
    headers: {
      "x-run-id": job.runId,
      "x-request-id": requestId,
      "x-inngest-job-id": job.id,
      "x-inngest-generation-id": String(job.fence),
      "x-inngest-step-id": job.stepId,
      "x-inngest-req-version": String(job.requestVersion),
    },
    body: {
      version: job.requestVersion,
      use_api: false,
      defers: {},
      event: event && { ...event, user: {} },
      events: job.events.map((each) => ({ ...each, user: {} })),
      steps: Object.fromEntries(job.memos.map((memo) => [memo.id, toWire(memo)])),
      ctx: {
        env: "",
        run_id: job.runId,
        request_id: requestId,
        job_id: job.id,
        generation_id: job.fence,
        // Whichever step is called for: the address says that.
        step_id: "step",
        attempt: job.attempt,
        max_attempts: maxAttempts,
        disable_immediate_execution: job.parallel,
        use_api: false,
        stack: { stack: job.memos.map(({ id }) => id), current: job.memos.length },
      },
    },
  });
}

const toWire = ({ op, output, error }: Memo) => {
  // An invoked function tells its failure in these words.
  if (error) return { error: op === "invoke" ? { ...error, error: "NonRetriableError" } : error };
  // A wait whose time ran out came to nothing, as a sleep does.
  return op === "sleep" || (op === "wait" && output === null) ? null : { data: output };
};
