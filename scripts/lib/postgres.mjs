import { randomBytes } from "node:crypto";
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { adopt } from "./adopt.mjs";
import { ensureDataDir } from "./owner.mjs";
import { pgCtl, runProgram, serverLog } from "./pg-ctl.mjs";
import { place } from "./place.mjs";
import { freeLocalPort } from "./ports.mjs";
import { commandOf, pause, pidIsTaken } from "./processes.mjs";

const FIRST_PORT = 54329;

/** Settings for tests alone: a crash of the machine loses the data. */
export const unsafeFlags = [
  "fsync=off",
  "full_page_writes=off",
  "synchronous_commit=off",
  "autovacuum=off",
  "shared_buffers=64MB",
];

/**
 * Starts the PostgreSQL of a data folder, or adopts the one that an earlier launcher left running.
 * @param {{ dataDir: string, packageDir?: string, port?: number, flags?: string[] }} options
 * @returns {Promise<{ url: string, port: number, pid: number, dir: string, bin: string, owner: { uid?: number, gid?: number }, isAdopted: boolean, flags: string[] }>}
 *   `url` ends in a slash: append the database's name.
 */
export async function startPostgres({ dataDir, packageDir, port = FIRST_PORT, flags = [] }) {
  ensureDataDir(dataDir);
  const where = place(dataDir, packageDir);
  const password = await ensureCluster(dataDir, where);
  const urlOf = (at) => `postgresql://postgres:${password}@127.0.0.1:${at}/`;
  const server = { ...where, flags, urlOf };

  const adopted = await adopt(where.dir, urlOf);
  if (adopted) return { ...server, ...adopted, url: urlOf(adopted.port), isAdopted: true };
  removeForeignPidFile(where.dir);
  for (let attempt = 0; attempt < 5; attempt++) {
    const chosen = (await freeLocalPort(attempt === 0 ? port : 0)) || (await freeLocalPort(0));
    const started = await startOn(server, chosen);
    if (started) return started;
  }
  throw new Error(`PostgreSQL found no free port: ${serverLog(where.dir)}`);
}

/** Starts a server that has died, on its own port: the product keeps its address. */
export async function restartPostgres(server) {
  for (let attempt = 0; attempt < 50; attempt++) {
    const started = await startOn(server, server.port);
    if (started) return started;
    // The last backends of the dead server may still hold its memory or its port.
    await pause(200);
    removeForeignPidFile(server.dir);
  }
  throw new Error(`PostgreSQL did not come back on port ${server.port}: ${serverLog(server.dir)}`);
}

/** Stops a server; `immediate` where its data is thrown away. */
export function stopPostgres(server, mode = "fast", timeoutSeconds = 20) {
  return pgCtl(server, ["stop", "-w", "-t", String(timeoutSeconds), "-m", mode]);
}

async function startOn(server, port) {
  const flags = [`port=${port}`, "listen_addresses=127.0.0.1", "unix_socket_directories=", ...server.flags];
  const options = flags.map((flag) => `-c ${flag}`).join(" ");
  const result = await pgCtl(server, [
    "start",
    "-w",
    "-t",
    "60",
    "-l",
    path.join(server.dir, "server.log"),
    "-o",
    options,
  ]);
  if (result.code === 0) {
    const pid = Number(readFileSync(path.join(server.dir, "postmaster.pid"), "utf8").split("\n")[0]);
    return { ...server, port, pid, url: server.urlOf(port), isAdopted: false };
  }
  if (
    /in use|could not bind|could not create any TCP|lock file .* exists|still in use/.test(
      result.output + serverLog(server.dir),
    )
  )
    return undefined;
  throw new Error(`PostgreSQL did not start: ${result.output}${serverLog(server.dir)}`);
}

/**
 * A pid file whose pid now belongs to another program would make PostgreSQL refuse to start. One whose process is gone
 * stays: by it PostgreSQL notices that backends of the dead server still hold its memory.
 */
function removeForeignPidFile(dir) {
  const file = path.join(dir, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  if (pidIsTaken(pid) && !commandOf(pid).includes(dir)) rmSync(file, { force: true });
}

async function ensureCluster(dataDir, where) {
  const passwordFile = path.join(dataDir, "postgres.password");
  const isComplete = existsSync(path.join(where.dir, "PG_VERSION")) && existsSync(passwordFile);
  if (isComplete) return readFileSync(passwordFile, "utf8").trim();

  // Half a cluster of a start that was interrupted, or one whose data folder was deleted: nobody can open it any more.
  if (existsSync(path.join(where.dir, "postmaster.pid"))) await stopPostgres(where, "immediate");
  rmSync(where.dir, { recursive: true, force: true });
  const password = randomBytes(18).toString("base64url");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  const handOver = (file) => where.owner.uid !== undefined && chownSync(file, where.owner.uid, where.owner.gid);
  const readable = `${where.dir}.password`;
  mkdirSync(where.dir, { mode: 0o700 });
  handOver(where.dir);
  writeFileSync(readable, password, { mode: 0o600 });
  handOver(readable);
  // The built-in locale sorts alike on every machine and saves most of initdb's time.
  const locale = ["-E", "UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"];
  const login = ["-U", "postgres", "-A", "scram-sha-256", "--pwfile", readable];
  const result = await runProgram(where, "initdb", ["-D", where.dir, ...login, ...locale, "--no-sync"]);
  rmSync(readable, { force: true });
  if (result.code === 0) return password;
  rmSync(where.dir, { recursive: true, force: true });
  throw new Error(`initdb failed: ${result.output}`);
}
