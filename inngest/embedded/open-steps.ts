import { newId } from "@/lib/db/ids";
import type { Planned, Settled } from "./answer";
import type { Job } from "./claim";
import { toJsonb } from "./jsonb";
import type { Sql } from "./sql";
import { startRuns } from "./start-runs";

/** Which of the functions that are to be invoked some release has described within a day. */
export async function knownFunctions(client: Sql, planned: readonly Planned[]): Promise<Set<string>> {
  const ids = planned.flatMap(({ invoke }) => invoke?.functionId ?? []);
  if (ids.length === 0) return new Set();
  const { rows } = await client.query<{ id: string }>(
    "SELECT id FROM executor.function WHERE id = ANY ($1) AND synced_at > now() - interval '1 day'",
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}

/** An invocation of a function that does not exist has failed already. */
export function withoutUnknown<S extends { settled: Settled[]; planned: Planned[] }>(steps: S, known: Set<string>): S {
  const isKnown = ({ invoke }: Planned) => !invoke || known.has(invoke.functionId);
  const failed = steps.planned
    .filter((step) => !isKnown(step))
    .map(({ stepId, name, op, invoke }) => ({ stepId, name, op, output: null, error: unknown(invoke?.functionId) }));
  return { ...steps, settled: [...steps.settled, ...failed], planned: steps.planned.filter(isKnown) };
}

const unknown = (functionId = "") => ({
  name: "FunctionNotFound",
  message: `There is no function "${functionId}" to invoke.`,
});

/** Stores what the steps wait for that have just been planned, in the same transaction, and starts what they invoke. */
export async function openSteps(client: Sql, job: Job, planned: readonly Planned[]): Promise<void> {
  const waits = planned.flatMap(({ stepId, wait }) => (wait ? { step_id: stepId, ...wait } : []));
  if (waits.length > 0) {
    await client.query(
      `INSERT INTO executor.pause (run_id, step_id, kind, event, expression)
       SELECT $1, step_id, 'wait', event, expression
       FROM jsonb_to_recordset($2) AS w (step_id text, event text, expression text)`,
      [job.runId, toJsonb(waits)],
    );
  }
  const invocations = planned.flatMap((step) => (step.invoke ? invocation(job, step, step.invoke) : []));
  if (invocations.length === 0) return;
  await client.query(
    `INSERT INTO executor.event (id, name, data, ts)
     SELECT id, name, data, now() FROM jsonb_to_recordset($1) AS e (id uuid, name text, data jsonb)`,
    [toJsonb(invocations.map(({ event }) => event))],
  );
  await startRuns(
    client,
    invocations.map(({ functionId, event, parent }) => ({ functionId, events: [event], parent })),
    [],
  );
  await client.query("SELECT pg_notify('executor', 'due')::text");
}

/** The run that a step invokes, with the event that Inngest's own server makes for it. */
function invocation(
  { runId }: Job,
  { stepId, name, waitMs }: Planned,
  { functionId, data }: Required<Planned>["invoke"],
) {
  const origin = {
    correlation_id: `${runId}.${stepId}`,
    fn_id: functionId,
    name,
    expire: Date.now() + waitMs,
  };
  return {
    functionId,
    parent: { runId, stepId },
    event: { id: newId(), name: "inngest/function.invoked", data: { ...data, _inngest: origin } },
  };
}
