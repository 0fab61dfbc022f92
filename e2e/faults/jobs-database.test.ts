import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { deploy } from "@/prisma/migrate";
import { restartPostgres, startPostgres, stopPostgres } from "@/scripts/lib/postgres.mjs";
import { countRuns, emit, makeTables, until, Workers } from "./jobs-workers";
import { figure, scaled } from "./scale";

const READY_MS = 10_000;
const JOBS = scaled(60, 1000);
const FUNCTION_ID = "faultline-quick";

// A server of its own: nobody else's tests can bear what happens to it here.
const dataDir = mkdtempSync(path.join(tmpdir(), "faultline-faults-"));
let server: Awaited<ReturnType<typeof startPostgres>>;
let workers: Workers;
let sql: pg.Pool;

beforeAll(async () => {
  // Commits are written before they are answered: a server that is killed keeps them.
  server = await startPostgres({ dataDir, port: 54700, flags: ["fsync=off", "shared_buffers=64MB", "autovacuum=off"] });
  const url = `${server.url}postgres`;
  await deploy(url);
  sql = new pg.Pool({ connectionString: url, max: 3, connectionTimeoutMillis: 2000 });
  sql.on("error", () => {});
  await makeTables(sql);
  workers = new Workers({ DATABASE_URL: url });
  await workers.add();
});
afterAll(async () => {
  workers.end();
  await sql.end();
  await stopPostgres(server, "immediate");
  rmSync(server.dir, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
});

const completed = async () => (await countRuns(sql, FUNCTION_ID)).completed ?? 0;
const state = () => countRuns(sql, FUNCTION_ID);
let asked = 0;
async function ask(count: number): Promise<void> {
  await emit(sql, "faults/quick", count);
  asked += count;
}

/** How long it takes from now until a new job is done. */
async function readyInMs(): Promise<number> {
  const startMs = Date.now();
  const { rows } = await sql.query<{ n: number }>("SELECT count(*)::int AS n FROM effect");
  await ask(1);
  await until(async () => (await sql.query("SELECT FROM effect")).rowCount !== (rows[0]?.n ?? 0), 4 * READY_MS, state);
  return Date.now() - startMs;
}

/** Everything that was asked for has been done once. */
async function expectAllDone(): Promise<void> {
  await until(async () => (await completed()) >= asked, scaled(60_000, 300_000), state);
  expect(await state()).toEqual({ completed: asked });
  const { rows } = await sql.query("SELECT count(*)::int AS effects FROM effect");
  expect(rows).toEqual([{ effects: asked }]);
}

it("[K8] PostgreSQL is killed and comes back: jobs go on within 10 s, none lost", async () => {
  await ask(JOBS);
  await until(async () => (await completed()) > JOBS / 10, 60_000, state);
  await stopPostgres(server, "immediate");
  await sleep(1500);
  server = await restartPostgres(server);
  await until(
    () =>
      sql.query("SELECT 1").then(
        () => true,
        () => false,
      ),
    READY_MS,
    () => "no connection",
  );
  const tookMs = await readyInMs();
  figure("jobs go on after PostgreSQL was killed", `${tookMs} ms`, `≤ ${READY_MS} ms`);
  expect(tookMs).toBeLessThan(READY_MS);
  await expectAllDone();
});

it("[K8] every connection is reset again and again: jobs go on within 10 s, none lost", async () => {
  await ask(JOBS);
  for (let n = 0; n < scaled(5, 20); n++) {
    await sleep(200);
    await sql.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'faultline' AND datname = current_database()",
    );
  }
  const tookMs = await readyInMs();
  figure("jobs go on after connections were reset", `${tookMs} ms`, `≤ ${READY_MS} ms`);
  expect(tookMs).toBeLessThan(READY_MS);
  await expectAllDone();
});

it("[K8] no connection is free: jobs go on within 10 s of the first that is, none lost", async () => {
  const holdMs = scaled(3000, 12_000);
  const held = workers.says("holds");
  await emit(sql, "faults/hog", 1, { ms: holdMs });
  await held;
  const freeAt = Date.now() + holdMs;
  await ask(JOBS);
  const before = await completed();
  // Well before its end: a message from another process says when it began, a moment late.
  await sleep(freeAt - Date.now() - holdMs / 4);
  expect(await completed()).toBe(before);
  await sleep(Math.max(0, freeAt - Date.now()));
  const tookMs = await readyInMs();
  figure("jobs go on after the pool was exhausted", `${tookMs} ms`, `≤ ${READY_MS} ms`);
  expect(tookMs).toBeLessThan(READY_MS);
  await expectAllDone();
});
