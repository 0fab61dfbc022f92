import net from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { pool } from "@/lib/db/client";
import { countRuns, emit, makeTables, until, Workers } from "./jobs-workers";
import { figure } from "./scale";

const LIMIT_MS = 10_000;
const FUNCTION_ID = "faultline-task";

const workers = new Workers({}, "jobs-stop.child.ts");
const cutOff: Workers[] = [];
beforeAll(() => makeTables(pool));
afterAll(() => {
  for (const each of [workers, ...cutOff]) each.end();
});

it("[K8] at SIGTERM every job is done or given back within 10 s, and somebody else does the rest", async () => {
  await workers.add();
  // Eight places: four that end in time, four that do not, and more that wait.
  await emit(pool, "faults/task", 4, { ms: 2000 });
  await emit(pool, "faults/task", 4, { ms: 12_000 });
  const begun = async () => (await pool.query("SELECT FROM execution")).rowCount ?? 0;
  await until(async () => (await begun()) === 8, 60_000, begun);
  await emit(pool, "faults/task", 8, { ms: 50 });

  const startMs = Date.now();
  expect(await workers.terminate()).toEqual({ code: 0, signal: null });
  const tookMs = Date.now() - startMs;
  figure("from SIGTERM to the end of the process", `${tookMs} ms`, `≤ ${LIMIT_MS} ms`);
  expect(tookMs).toBeLessThan(LIMIT_MS);

  const { rows: jobs } = await pool.query(
    "SELECT count(worker)::int AS held, count(*) FILTER (WHERE due_at > now())::int AS later FROM executor.job",
  );
  expect(jobs).toEqual([{ held: 0, later: 0 }]);
  // What was done in time is stored, what was cut off is not.
  const { rows: stored } = await pool.query(
    `SELECT (event.data ->> 'ms')::int AS ms, count(step.seq)::int AS stored FROM executor.run
     JOIN executor.event ON event.id = run.event_ids[1] LEFT JOIN executor.step ON step.run_id = run.id
     WHERE run.state <> 'queued' GROUP BY 1 HAVING (event.data ->> 'ms')::int > 1000 ORDER BY 1`,
  );
  expect(stored).toEqual([
    { ms: 2000, stored: 4 },
    { ms: 12_000, stored: 0 },
  ]);

  await workers.add();
  await until(
    async () => (await countRuns(pool, FUNCTION_ID)).completed === 16,
    60_000,
    () => countRuns(pool, FUNCTION_ID),
  );
  // Only what was cut off happened twice.
  const { rows: twice } = await pool.query(
    `SELECT run_id FROM execution JOIN executor.run ON run.id = run_id JOIN executor.event ON event.id = run.event_ids[1]
     WHERE (event.data ->> 'ms')::int <> 12000 GROUP BY 1 HAVING count(*) > 1`,
  );
  expect(twice).toEqual([]);
  const { rows: effects } = await pool.query("SELECT count(*)::int AS n FROM effect");
  expect(effects).toEqual([{ n: 16 }]);
});

/** A way to the database that can be made to hang: connections stand, and nothing comes through them any more. */
async function startWay(databaseUrl: string) {
  const { hostname, port } = new URL(databaseUrl);
  const sockets = new Set<net.Socket>();
  let hangs = false;
  const server = net.createServer((near) => {
    const far = net.connect(Number(port), hostname);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    }
    if (hangs) return;
    near.pipe(far);
    far.pipe(near);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const near = `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  return {
    url: databaseUrl.replace(new URL(databaseUrl).host, near),
    hang() {
      hangs = true;
      for (const socket of sockets) socket.unpipe().pause();
    },
    end() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

it("[K8] at SIGTERM with a database that hangs it ends in order within 10 s, and its job is not lost", async () => {
  await pool.query("TRUNCATE effect, execution, executor.run CASCADE");
  workers.end();
  const way = await startWay(process.env.DATABASE_URL ?? "");
  const behind = new Workers({ DATABASE_URL: way.url }, "jobs-stop.child.ts");
  cutOff.push(behind);
  await behind.add();
  await emit(pool, "faults/task", 1, { ms: 12_000 });
  const begun = async () => (await pool.query("SELECT FROM execution")).rowCount ?? 0;
  await until(async () => (await begun()) === 1, 60_000, begun);
  way.hang();

  const startMs = Date.now();
  expect(await behind.terminate()).toEqual({ code: 0, signal: null });
  const tookMs = Date.now() - startMs;
  figure("from SIGTERM to the end of the process while the database hangs", `${tookMs} ms`, `≤ ${LIMIT_MS} ms`);
  expect(tookMs).toBeLessThan(LIMIT_MS);
  const { rows } = await pool.query("SELECT count(worker)::int AS held FROM executor.job");
  expect(rows).toEqual([{ held: 1 }]);

  way.end();
  const after = new Workers({}, "jobs-stop.child.ts");
  cutOff.push(after);
  await after.add();
  const done = async () => (await pool.query("SELECT FROM effect")).rowCount ?? 0;
  await until(async () => (await done()) === 1, 60_000, done);
});
