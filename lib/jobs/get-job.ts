import { runnable } from "@/inngest/embedded/config";
import type { Actor } from "@/lib/auth/member";
import { pool } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { notFound } from "@/lib/errors";
import { type JobDetail, type JobStep, jobDetailSchema, type Subject } from "./shapes";
import { IDS, RUN_COLUMNS, type RunRow, STEP_IDS } from "./sql";
import { type EventIds, findSubjects } from "./subjects";
import { type StoredError, told } from "./told";

/** A job that was started with a thousand events is explained by the first of them. */
const MOST_EVENTS = 20;
const MOST_RELATIVES = 20;

type Call = { stepId: string; kind: string; attempt: number; isHeld: boolean; dueAt: Date };
type Step = Omit<JobStep, "error" | "dueAt" | "subjects"> & {
  error: StoredError | null;
  wakeAt: Date | null;
  ids: EventIds;
};
type Row = RunRow & { eventName: string; eventIds: string[]; config: unknown; hasEnded: boolean };

/** One job of the workspace with its steps, as far as its page tells: ids, times and errors, nobody's contents. */
export async function getJob({ workspaceId }: Actor, jobId: string): Promise<JobDetail> {
  const { rows } = await pool.query<Row>(
    `SELECT ${RUN_COLUMNS}, run.event_name AS "eventName", run.event_ids AS "eventIds", fn.config,
       run.state NOT IN ('queued', 'running') AS "hasEnded"
     FROM executor.run LEFT JOIN executor.function AS fn ON fn.id = run.function_id
     WHERE run.id = $1 AND run.workspace_id = $2`,
    [isId(jobId) ? jobId : null, workspaceId],
  );
  const row = rows[0];
  if (!row) throw notFound("job");
  const [steps, calls, events, relatives] = await Promise.all([
    stepsOf(row.id),
    row.hasEnded ? [] : callsOf(row.id),
    eventsOf(workspaceId, row.eventIds.slice(0, MOST_EVENTS)),
    relativesOf(workspaceId, row.id),
  ]);
  const about = await findSubjects(
    workspaceId,
    steps.map(({ ids }) => ids),
  );
  const call = calls.find(({ stepId }) => stepId === "step");
  const isStill = row.hasEnded || row.pausedAt !== null;
  // The schema leaves out whatever it does not name.
  return jobDetailSchema.parse({
    ...row,
    error: told(row.error),
    maxAttempts: attemptsOf(row.config),
    call: call ? { state: stateOf(call), dueAt: call.dueAt } : null,
    steps: steps.map((step, place) => ({
      ...shown(step, calls, isStill),
      subjects: aboutOf(step, about[place] ?? [], events[0]?.subjects ?? []),
    })),
    events,
    eventCount: row.eventIds.length,
    relatives,
    can: {
      retry: row.state === "failed" || row.state === "cancelled",
      cancel: !row.hasEnded,
      runNow: !row.pausedAt && calls.some((one) => stateOf(one) === "retrying"),
    },
  });
}

async function stepsOf(runId: string): Promise<Step[]> {
  const { rows } = await pool.query<Step>(
    `SELECT step.step_id AS id, name, op, state, attempts, started_at AS "startedAt", ended_at AS "endedAt",
       wake_at AS "wakeAt", pause.event AS "waitsFor", ${STEP_IDS} AS ids,
       jsonb_build_object('name', error->'name', 'message', error->'message') AS error
     FROM executor.step LEFT JOIN executor.pause ON pause.run_id = step.run_id AND pause.step_id = step.step_id
     WHERE step.run_id = $1 ORDER BY seq, started_at, name`,
    [runId],
  );
  return rows;
}

async function callsOf(runId: string): Promise<Call[]> {
  const { rows } = await pool.query<Call>(
    `SELECT step_id AS "stepId", kind, attempt, worker IS NOT NULL AS "isHeld", due_at AS "dueAt"
     FROM executor.job WHERE run_id = $1 AND kind <> 'expire'`,
    [runId],
  );
  return rows;
}

const stateOf = ({ kind, isHeld, attempt }: Call) =>
  isHeld ? "running" : kind === "call" && attempt > 0 ? "retrying" : "queued";

/** A step as the page shows it. Nothing is due in a job that has ended or whose function is paused. */
function shown(step: Step, calls: Call[], isStill: boolean): Omit<JobStep, "subjects"> {
  // A step that runs alone has no job of its own: the next attempt of it is the next call of the function.
  const own = calls.find(({ stepId }) => stepId === step.id) ?? calls.find(({ stepId }) => stepId === "step");
  const isOpen = step.state !== "completed" && step.state !== "failed";
  const isBeingCalled = isOpen && own?.kind === "call" && own.isHeld;
  return {
    ...step,
    state: isBeingCalled ? "running" : step.state,
    dueAt: isOpen && !isBeingCalled && !isStill ? (step.wakeAt ?? own?.dueAt ?? null) : null,
    error: told(step.error),
  };
}

/** A step that tells no id of its own works on what its job is for, which comes first; a sleep is about nothing. */
function aboutOf({ op }: Step, own: Subject[], ofJob: Subject[]): Subject[] {
  return own.length > 0 || op !== "run" ? own : ofJob.slice(0, 1);
}

async function eventsOf(workspaceId: string, ids: string[]): Promise<JobDetail["events"]> {
  const { rows } = await pool.query<{ id: string; name: string; ids: EventIds }>(
    `SELECT event.id, event.name, ${IDS} AS ids
     FROM unnest($1::uuid[]) WITH ORDINALITY AS asked (id, place) JOIN executor.event USING (id) ORDER BY place`,
    [ids],
  );
  const subjects = await findSubjects(
    workspaceId,
    rows.map((row) => row.ids),
  );
  return rows.map(({ id, name }, place) => ({ id, name, subjects: subjects[place] ?? [] }));
}

async function relativesOf(workspaceId: string, runId: string): Promise<JobDetail["relatives"]> {
  const { rows } = await pool.query<JobDetail["relatives"][number]>(
    `SELECT other.id, other.function_id AS "functionId", CASE
         WHEN other.id = run.rerun_of THEN 'repeats' WHEN other.rerun_of = run.id THEN 'repeated_by'
         WHEN other.id = run.parent_run_id THEN 'invoked_by' ELSE 'invokes' END AS kind
     FROM executor.run CROSS JOIN LATERAL (
       SELECT id, function_id, rerun_of FROM executor.run AS other
       WHERE workspace_id = $2 AND (other.id IN (run.rerun_of, run.parent_run_id) OR other.parent_run_id = run.id)
       UNION
       SELECT id, function_id, rerun_of FROM executor.run AS other
       WHERE workspace_id = $2 AND other.id > run.id AND other.rerun_of = run.id
     ) AS other
     WHERE run.id = $1 ORDER BY other.id LIMIT ${MOST_RELATIVES}`,
    [runId, workspaceId],
  );
  return rows;
}

/** How often each call of the function is made at most; null when nobody could run it as it is described. */
function attemptsOf(config: unknown): number | null {
  try {
    return runnable(config).maxAttempts;
  } catch {
    return null;
  }
}
