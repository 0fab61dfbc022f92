import type { InngestFunction } from "inngest";
import { inngest } from "@/inngest/client";
import { type Endpoint, inProcess, type Line } from "@/inngest/embedded/endpoint";
import { Executor } from "@/inngest/embedded/executor";
import { isSigned, sign } from "@/inngest/embedded/signature";
import { send } from "@/inngest/outbox";
import { pool, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";

export const STEPS = 4;
/** Each run is as many calls as it has steps, and the one in which it ends. */
export const CALLS = STEPS + 1;

const signingKey = env().INNGEST_SIGNING_KEY ?? "";

/** A function of four short steps, like ours: ids in, ids out. */
export const stepping = (id: string) =>
  inngest.createFunction({ id, triggers: [{ event: `bench/${id}` }], retries: 0 }, async ({ event, step }) => {
    const base = Number(event.data?.n);
    let sum = 0;
    for (let n = 0; n < STEPS; n += 1) sum += await step.run(`step ${n}`, () => base + n);
    return { sum };
  });

export const lineTo = (functions: readonly InngestFunction.Any[]): Line => ({
  endpoint: inProcess(functions),
  signingKey,
});

/** The same functions as a stub answers for them: what it is asked is verified and what it says is signed, no more. */
export function stubLine(functions: readonly InngestFunction.Any[]): Line {
  const real = inProcess(functions);
  const endpoint: Endpoint = async (request) => {
    if (request.method === "PUT") return real(request);
    const asked = await request.text();
    if (!isSigned(asked, signingKey, request.headers.get("x-inngest-signature")))
      return new Response(null, { status: 401 });
    const { event, steps } = JSON.parse(asked) as { event: { data: { n: number } }; steps: object }; // what we sent
    const done = Object.keys(steps).length;
    const isEnd = done === STEPS;
    const op = { id: `hash ${done}`, op: "StepRun", displayName: `step ${done}`, opts: {}, data: event.data.n + done };
    const text = JSON.stringify(isEnd ? { sum: sumOf(event.data.n) } : [op]);
    const headers = { "x-inngest-sdk": "stub", "x-inngest-signature": sign(text, signingKey) };
    return new Response(text, { status: isEnd ? 200 : 206, headers });
  };
  return { endpoint, signingKey };
}

const sumOf = (n: number) => STEPS * n + (STEPS * (STEPS - 1)) / 2;

/** Nothing is left of earlier rounds, and no checkpoint comes in the middle of what is measured. */
export async function clear(): Promise<void> {
  await pool.query('TRUNCATE executor.run, executor.event, executor.once, executor."window", "Outbox" CASCADE');
  await pool.query("VACUUM ANALYZE executor.job, executor.run, executor.step, executor.event");
  await pool.query("CHECKPOINT");
}

export async function emit(id: string, count: number, more: object = {}): Promise<void> {
  const events = Array.from({ length: count }, (_, n) => ({ name: `bench/${id}`, data: { n, ...more } }));
  await transaction((tx) => send(tx, ...events));
}

/** Runs of the function that wait for the places of a workspace: each one due, and only five at once. */
export async function park(id: string, workspace: string, count: number): Promise<void> {
  const slot = `faultline-${id}/0/${workspace}`;
  await pool.query(
    `WITH event AS (
       INSERT INTO executor.event (id, name, data, ts)
       VALUES (gen_random_uuid(), $1, jsonb_build_object('n', 0, 'workspace', $3::text), now()) RETURNING id, name
     ), run AS (
       INSERT INTO executor.run (id, function_id, event_ids, event_name, slots)
       SELECT gen_random_uuid(), $2, ARRAY[event.id], event.name, ARRAY[$4] FROM event, generate_series(1, $5)
       RETURNING id, function_id, slots
     )
     INSERT INTO executor.job (id, run_id, function_id, kind, step_id, due_at, slots, queue)
     SELECT gen_random_uuid(), id, function_id, 'call', 'step', now(), slots, slots[1] FROM run`,
    [`bench/${id}`, `faultline-${id}`, workspace, slot, count],
  );
  await pool.query("ANALYZE executor.job, executor.run");
}

/** Runs as many of the function as asked from the event to their end, and answers how long it took. */
export async function drain(line: Line, id: string, count: number, more: object = {}): Promise<number> {
  const executor = new Executor({ line });
  await executor.start();
  const startedMs = performance.now();
  await emit(id, count, more);
  await until(async () => (await endedOf(id)) >= count);
  const tookMs = performance.now() - startedMs;
  await executor.stop();
  await verify(id, count);
  return tookMs;
}

async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await new Promise((done) => setTimeout(done, 20));
}

async function endedOf(id: string): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM executor.run WHERE function_id = $1 AND ended_at IS NOT NULL
     AND (cardinality(slots) = 0 OR slots[1] NOT LIKE '%/slow')`,
    [`faultline-${id}`],
  );
  return rows[0]?.n ?? 0;
}

/** Every run is there with its result and all of its steps, each once. */
async function verify(id: string, count: number): Promise<void> {
  const { rows } = await pool.query<{ n: number; right: number; steps: number }>(
    `SELECT count(*)::int AS n, coalesce(sum(steps), 0)::int AS steps, count(*) FILTER (WHERE state = 'completed'
       AND (output->>'sum')::int = $2 * (data->>'n')::int + $3)::int AS right
     FROM executor.run JOIN executor.event ON event.id = event_ids[1],
       LATERAL (SELECT count(*) AS steps FROM executor.step WHERE run_id = run.id AND state = 'completed') AS s
     WHERE function_id = $1 AND (cardinality(slots) = 0 OR slots[1] NOT LIKE '%/slow')`,
    [`faultline-${id}`, STEPS, sumOf(0)],
  );
  const found = rows[0];
  if (found?.n !== count || found.right !== count || found.steps !== count * STEPS)
    throw new Error(`the benchmark's result is wrong: ${JSON.stringify(found)} for ${count} runs`);
}
