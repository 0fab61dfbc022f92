import { existsSync, readdirSync } from "node:fs";
import { ensureDatabase } from "./database.mjs";
import { productEnv } from "./environment.mjs";
import { Failure } from "./failure.mjs";
import { deployMigrations } from "./migrations.mjs";
import { serverArgs } from "./module.mjs";
import { freeLocalPort } from "./ports.mjs";
import { prepare } from "./prepare.mjs";
import { inRepo } from "./repo.mjs";
import { startSandbox } from "./sandbox.mjs";
import { inSession } from "./session.mjs";
import { supervisePostgres } from "./supervise.mjs";

/** Benchmarks that start the built product. */
const servesBuild = ["http", "pages"];
/** Those that have the local trackers beside them. */
const filesIssues = [...servesBuild, "bulk"];
/** @type {Record<string, Record<string, string>>} What a benchmark's own process is set to, which it reads but once. */
const settings = {
  // A pause that is short enough to show what we add to each issue; GitHub asks for a second.
  bulk: { FAULTLINE_WRITE_PAUSE_MS: "100", FAULTLINE_LIMIT_CREATE: "100000" },
};

/** `npm run bench -- <name>` prints the figures of e2e/bench/<name>.ts, on a PostgreSQL of its own with real settings. */
export function benchCommand([name, ...args]) {
  const dataDir = inRepo(".data/bench");
  return inSession({ dataDir }, async (session) => {
    const entry = `e2e/bench/${name}.ts`;
    if (!name || !existsSync(inRepo(entry)))
      throw new Failure(`Usage: npm run bench -- <name>\nThere are: ${names().join(", ") || "none yet"}.`);
    await prepare(session, { withBuild: servesBuild.includes(name) });
    const server = await supervisePostgres(session, { dataDir, port: 54400 });
    const databaseUrl = await ensureDatabase(server.url, "faultline");
    await deployMigrations(session, databaseUrl);
    const env = productEnv({ dataDir, databaseUrl, port: await freeLocalPort(0), keepsOwnKeys: false });
    const sandbox = filesIssues.includes(name) ? await startSandbox(session) : undefined;
    const trackers = sandbox && {
      FAULTLINE_ALLOW_PRIVATE_NETWORKS: sandbox.allow.join(","),
      FAULTLINE_BENCH_SANDBOX: JSON.stringify(sandbox),
    };
    const child = session.spawn(process.execPath, serverArgs(entry, ...args), {
      env: { ...env, ...trackers, ...settings[name], FAULTLINE_LOG_LEVEL: "silent", NODE_ENV: "production" },
      stdio: ["ignore", "inherit", "inherit"],
    });
    return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
  });
}

function names() {
  const dir = inRepo("e2e/bench");
  if (!existsSync(dir)) return [];
  return readdirSync(dir).flatMap((file) => (file.endsWith(".ts") ? [file.slice(0, -3)] : []));
}
