import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type pg from "pg";
import { deploy } from "@/prisma/migrate";
import { withLock } from "@/scripts/lib/lock.mjs";
import { startPostgres, unsafeFlags } from "@/scripts/lib/postgres.mjs";
import { isAlive } from "@/scripts/lib/processes.mjs";
import { withClient } from "./client";
import { addUser } from "./users.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const user = os.userInfo().uid;
const home = path.join(
  os.tmpdir(),
  `faultline-test-${user}-${createHash("sha256").update(root).digest("hex").slice(0, 8)}`,
);
const STALE_TEMPLATE_MS = 60 * 60_000;

/**
 * The PostgreSQL of the tests: one for the checkout, shared by all test runs of one person. It runs as long as one of
 * them does; the next start finds the template of the last one.
 */
export async function joinServer(): Promise<{ serverUrl: string; template: string; leave: () => Promise<void> }> {
  const serverUrl = await withLock(`${home}.lock`, async () => {
    const server = await start();
    addUser(home, process.pid);
    return server.url;
  });
  const keeper = spawn(process.execPath, [path.join(import.meta.dirname, "keeper.mjs"), home, String(process.pid)], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  keeper.unref();
  const template = await withLock(`${home}.template.lock`, () => ensureTemplate(serverUrl));

  const leave = async () => {
    await dropDatabases(serverUrl, process.pid);
    keeper.stdin.end();
  };
  return { serverUrl, template, leave };
}

async function start() {
  const options = {
    dataDir: home,
    port: 54500,
    flags: [...unsafeFlags, "max_connections=400", "file_copy_method=clone"],
  };
  try {
    return await startPostgres(options);
  } catch {
    // Without fsync a cluster does not survive a crash of the machine, and nothing in it is worth mending.
    rmSync(home, { recursive: true, force: true });
    return await startPostgres(options);
  }
}

/** A migrated database to clone, named by the migrations that made it. */
async function ensureTemplate(serverUrl: string): Promise<string> {
  const template = `template_${migrationsHash()}`;
  await withClient(`${serverUrl}postgres`, async (client) => {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [template]);
    if (rowCount === 0) {
      const building = `${template}_building`;
      await client.query(`DROP DATABASE IF EXISTS "${building}" WITH (FORCE)`);
      await client.query(`CREATE DATABASE "${building}"`);
      await deploy(`${serverUrl}${building}`);
      await client.query(`ALTER DATABASE "${building}" RENAME TO "${template}"`);
    }
    await client.query(`COMMENT ON DATABASE "${template}" IS '${Date.now()}'`);
    await sweep(client, template);
  });
  return template;
}

/** Drops databases of runs that were killed and templates that nobody has used for an hour. */
async function sweep(client: pg.Client, template: string): Promise<void> {
  const { rows } = await client.query<{ name: string; used: string | null }>(
    "SELECT datname AS name, shobj_description(oid, 'pg_database') AS used FROM pg_database",
  );
  for (const { name, used } of rows) {
    const runner = /^t_(\d+)_/.exec(name)?.[1];
    const isOrphan = runner !== undefined && !isAlive(Number(runner));
    const isOldTemplate =
      name.startsWith("template_") && name !== template && Number(used ?? 0) < Date.now() - STALE_TEMPLATE_MS;
    if (isOrphan || isOldTemplate) await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  }
}

async function dropDatabases(serverUrl: string, pid: number): Promise<void> {
  await withClient(`${serverUrl}postgres`, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "SELECT datname AS name FROM pg_database WHERE datname LIKE $1",
      [`t\\_${pid}\\_%`],
    );
    for (const { name } of rows) await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  });
}

function migrationsHash(): string {
  const hash = createHash("sha256");
  const dir = path.join(root, "prisma/migrations");
  const files = readdirSync(dir, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".sql"))
    .sort();
  for (const name of files) hash.update(name).update(readFileSync(path.join(dir, name)));
  return hash.digest("hex").slice(0, 16);
}
