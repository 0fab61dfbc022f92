import { log } from "@/lib/log";
import { type Outcome, readAnswer } from "./answer";
import type { Job, Lease, Standing } from "./claim";
import { endRun } from "./end-run";
import type { Line } from "./endpoint";
import { lapse } from "./lapse";
import { persist } from "./persist";
import { callFunction } from "./request";
import { dropJob, repeatJob, retryJob } from "./retry-job";
import { settleSteps } from "./settle-steps";
import { backoffMs } from "./timing";

/** A call that keeps ending the process it runs in is given up, or it would end every process for ever. */
const MAX_LOST = 25;
/** How often in a row the function may be out of reach before its run fails: about a day, once a minute. */
const MAX_STRAYS = 24 * 60;
const LONGEST_STRAY_MS = 60_000;

const NOT_REACHED = { name: "StepNotReached", message: "The function returned without coming to this step." };

type Setting = { line: Line; maxAttempts: number; retryBaseMs: number; callTimeoutMs: number };

/**
 * Makes the job's call and stores what it came to. Returns the job of the next call if it is ours already, which spares
 * a run of steps one claim for each.
 */
export async function perform(job: Job, setting: Setting, next: () => Lease | null): Promise<Job | null> {
  if (job.isLive && (job.kind === "timeout" || job.kind === "expire")) {
    await lapse(job);
    return null;
  }
  const startedMs = performance.now();
  const outcome = await attempt(job, setting);
  const tookMs = performance.now() - startedMs;
  // Only a call of the function itself knows every step.
  const lease = job.stepId === "step" ? next() : null;

  const standing = await persist(
    () => store(job, outcome, tookMs, setting, lease),
    (error) => {
      log.error({ err: error, runId: job.runId }, "a job's result was refused by the database");
      const reason = { name: "NotStorable", message: "What the function answered cannot be stored." };
      return endRun(job, { state: "failed", error: reason });
    },
  );
  if (standing.stale) log.warn({ runId: job.runId, jobId: job.id }, "a call outlived its lease; its result is dropped");
  if (standing.nextFence === null || outcome?.kind !== "steps") return null;
  return {
    ...job,
    fence: standing.nextFence,
    attempt: 0,
    lost: 0,
    strays: 0,
    parallel: false,
    requestVersion: 2,
    memos: [
      ...job.memos,
      ...outcome.settled.map(({ stepId, op, output, error }) => ({ id: stepId, op, output, error })),
    ],
  };
}

/** Null when the run has ended without this job. */
async function attempt(job: Job, { line, maxAttempts, callTimeoutMs }: Setting): Promise<Outcome | null> {
  if (!job.isLive) return null;
  if (job.kind === "wake") {
    const slept = { stepId: job.stepId, name: job.stepId, op: "sleep", output: null, error: null } as const;
    return { kind: "steps", settled: [slept], planned: [] };
  }
  if (job.lost > MAX_LOST) {
    const message = `The process ended ${job.lost} times while this ran, so it is not tried again.`;
    return { kind: "failed", error: { name: "ProcessLost", message } };
  }
  try {
    const answer = await inTime(callFunction(line, job, maxAttempts), callTimeoutMs);
    if (answer) return withoutKnown(job, readAnswer(answer));
    const message = `The function did not answer within ${callTimeoutMs / 1000} s.`;
    return { kind: "retry", error: { name: "TimedOut", message }, step: null, afterMs: null };
  } catch (error) {
    return { kind: "stray", reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Null when it takes too long: what hangs cannot be ended, but it must not keep a place from others for ever. */
function inTime<T>(call: Promise<T>, timeoutMs: number): Promise<T | null> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(null), timeoutMs);
    call.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** A settled step never changes, so one that is told again is not news. */
function withoutKnown(job: Job, outcome: Outcome): Outcome {
  if (outcome.kind !== "steps") return outcome;
  const known = new Set(job.memos.map(({ id }) => id));
  const isNew = ({ stepId }: { stepId: string }) => !known.has(stepId);
  return { kind: "steps", settled: outcome.settled.filter(isNew), planned: outcome.planned.filter(isNew) };
}

async function store(
  job: Job,
  outcome: Outcome | null,
  tookMs: number,
  { maxAttempts, retryBaseMs }: Setting,
  next: Lease | null,
): Promise<Standing> {
  if (outcome === null) return dropJob(job);
  const isLast = job.attempt + 1 >= maxAttempts;
  const closesStep = job.stepId !== "step";

  switch (outcome.kind) {
    case "completed":
      if (closesStep) {
        // A deployment may have taken the step away: that is settled, and the next call of the function ends its run.
        const step = { stepId: job.stepId, name: job.stepId, op: "run", output: null, error: NOT_REACHED } as const;
        return settleSteps(job, { settled: [step], planned: [], closesStep, tookMs }, null);
      }
      return endRun(job, { state: "completed", output: outcome.output });
    case "failed":
      return endRun(job, { state: "failed", error: outcome.error });
    case "retry": {
      const { step, error } = outcome;
      if (isLast && !step) return endRun(job, { state: "failed", error });
      if (isLast && step) {
        return settleSteps(job, { settled: [{ ...step, output: null, error }], planned: [], closesStep, tookMs }, null);
      }
      return retryJob(job, { ...outcome, tookMs }, outcome.afterMs ?? backoffMs(job.attempt, retryBaseMs));
    }
    case "steps": {
      const { planned, settled } = outcome;
      if (planned.length + settled.length === 0) {
        const message =
          "The function answered with steps that it has finished: what it does must not change in between.";
        return endRun(job, { state: "failed", error: { name: "NotDeterministic", message } });
      }
      return settleSteps(job, { settled, planned, closesStep, tookMs }, next);
    }
    case "stray": {
      if (job.strays >= MAX_STRAYS) {
        return endRun(job, { state: "failed", error: { name: "OutOfReach", message: outcome.reason } });
      }
      log.error({ functionId: job.functionId, runId: job.runId }, outcome.reason);
      return repeatJob(job, Math.min(1000 * 2 ** job.strays, LONGEST_STRAY_MS));
    }
  }
}
