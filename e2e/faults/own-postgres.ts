import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { withClient } from "@/e2e/vitest/client";
import { deploy } from "@/prisma/migrate";
import { restartPostgres, startPostgres, stopPostgres } from "@/scripts/lib/postgres.mjs";

/*
 * A PostgreSQL of this test file's own, which may be killed: the one that the test files share may not. To be imported
 * before anything of the product, as sorted imports do: where the database is, is read once.
 */

const home = mkdtempSync(path.join(tmpdir(), "faultline-postgres-"));
// The machine survives, so nothing waits for its disk; but what is committed is written, as in production.
const flags = ["fsync=off", "full_page_writes=off", "autovacuum=off", "shared_buffers=64MB"];
let server = await startPostgres({ dataDir: home, port: 54600, flags });

// Stops it when this process is killed before it could.
const keeper = spawn(
  process.execPath,
  [path.join(import.meta.dirname, "../vitest/keeper.mjs"), home, String(process.pid)],
  { detached: true, stdio: ["pipe", "ignore", "ignore"] },
);
keeper.unref();

await withClient(`${server.url}postgres`, (client) => client.query("CREATE DATABASE faultline"));
await deploy(`${server.url}faultline`);
process.env.DATABASE_URL = `${server.url}faultline`;

afterAll(async () => {
  await stopPostgres(server, "immediate");
  keeper.stdin.end();
  rmSync(home, { recursive: true, force: true });
  rmSync(server.dir, { recursive: true, force: true });
});

export const postgres = {
  /** The whole server dies at once, as by a power cut of its process. */
  kill: (): void => void process.kill(server.pid, "SIGKILL"),

  /** Starts it again at the same address. */
  async restart(): Promise<void> {
    server = await restartPostgres(server);
  },
};
