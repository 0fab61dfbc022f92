import { inWords } from "@/components/results/duration";
import { counted } from "@/lib/integrations/counted";
import type { JobDetail, JobStep, Subject } from "@/lib/jobs/shapes";

/** One line of the timeline. */
export type Lane = {
  id: string;
  name: string;
  /** A name of ours rather than one that stands in the function. */
  isOurs: boolean;
  state: JobStep["state"] | "queued" | "cancelled";
  startMs: number | null;
  endMs: number | null;
  took: string | null;
  attempts: string | null;
  /** What it is or waits for, and until when. */
  note: string | null;
  dueAt: Date | null;
  error: string | null;
  /** What the step is about. */
  subjects: Subject[];
};

/** The job as lines of one timeline that reaches from its making to its end, or to now. */
export function lanesOf(job: JobDetail, nowMs: number): { lanes: Lane[]; fromMs: number; toMs: number } {
  const fromMs = job.createdAt.getTime();
  const last = Math.max(...job.steps.map(({ endedAt }) => endedAt?.getTime() ?? 0), job.startedAt?.getTime() ?? fromMs);
  const toMs = Math.max(job.endedAt?.getTime() ?? nowMs, last, fromMs + 1);
  const steps = job.steps.map((step) => laneOf(step, toMs, job.endedAt !== null));
  return { lanes: [queue(job, toMs), ...steps, ...callOf(job, Math.max(last, fromMs), toMs)], fromMs, toMs };
}

const blank = { took: null, attempts: null, note: null, dueAt: null, error: null, subjects: [] };

/** The time before the first call. */
function queue({ createdAt, startedAt, endedAt, dueAt, pausedAt }: JobDetail, toMs: number): Lane {
  const [startMs, endMs] = [createdAt.getTime(), startedAt?.getTime() ?? toMs];
  const waits = startedAt === null && endedAt === null;
  return {
    ...blank,
    ...{ id: "queue", name: "in the queue", isOurs: true, state: "queued", startMs, endMs },
    took: inWords(Math.round(endMs - startMs)),
    note: waits ? (pausedAt ? "until the function is resumed" : dueAt && "starts") : null,
    dueAt: waits && !pausedAt ? dueAt : null,
  };
}

function laneOf(step: JobStep, toMs: number, hasEnded: boolean): Lane {
  const { id, name, state, attempts, startedAt, endedAt, dueAt, error, subjects } = step;
  const startMs = startedAt?.getTime() ?? endedAt?.getTime() ?? null;
  const endMs = startMs === null ? null : (endedAt?.getTime() ?? toMs);
  const isOpen = endedAt === null;
  return {
    ...{ id, name, isOurs: false, startMs, endMs, dueAt: isOpen ? dueAt : null },
    // What was open when the job ended was never finished.
    state: isOpen && hasEnded ? "cancelled" : state,
    took: startMs !== null && endMs !== null ? inWords(Math.round(endMs - startMs)) : null,
    attempts: attempts > 1 || state === "retrying" ? counted(attempts, "attempt") : null,
    note: isOpen && !hasEnded ? noteOf(step) : null,
    error: error && `${error.name}: ${error.message}`,
    subjects,
  };
}

/** What an open step does; a time follows where one is known. */
function noteOf({ op, state, dueAt, waitsFor }: JobStep): string | null {
  if (state === "running") return null;
  if (state === "retrying") return "next attempt";
  if (state === "sleeping") return "sleeps and wakes";
  if (waitsFor) return `waits for ${waitsFor}${dueAt ? ", gives up" : ""}`;
  if (op === "invoke") return `waits for the job that it started${dueAt ? ", gives up" : ""}`;
  return dueAt && "starts";
}

/** The call of the function itself, which finds the next step: under way, or still to come. */
function callOf({ call, startedAt, steps, pausedAt }: JobDetail, fromMs: number, toMs: number): Lane[] {
  // Before the first call the queue says it, and a step that is tried again is called by the same call.
  if (!call || !startedAt || steps.some(({ state }) => state === "retrying" || state === "running")) return [];
  const isHeld = call.state === "running";
  return [
    {
      ...blank,
      ...{ id: "call", name: isHeld ? "the next step" : "next call", isOurs: true, state: call.state },
      ...{ startMs: fromMs, endMs: toMs },
      took: isHeld ? inWords(Math.round(toMs - fromMs)) : null,
      note: isHeld || pausedAt ? null : call.state === "retrying" ? "next attempt" : "called",
      dueAt: isHeld || pausedAt ? null : call.dueAt,
    },
  ];
}
