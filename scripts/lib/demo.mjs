import { rmSync } from "node:fs";
import path from "node:path";
import { runApp } from "./app.mjs";
import { recreateDatabase } from "./database.mjs";
import { productEnv } from "./environment.mjs";
import { deployMigrations } from "./migrations.mjs";
import { choosePort } from "./ports.mjs";
import { prepare } from "./prepare.mjs";
import { inRepo } from "./repo.mjs";
import { startSandbox } from "./sandbox.mjs";
import { say, seconds, step } from "./say.mjs";
import { writePrivate } from "./secrets.mjs";
import { seed } from "./seed.mjs";
import { inSession } from "./session.mjs";
import { supervisePostgres } from "./supervise.mjs";

/**
 * The whole product on made-up data, with trackers of its own. Its database is always the embedded one: it is thrown away
 * at each start, which an operator's must never be.
 */
export function demo({ isDev = false } = {}) {
  const startedAt = performance.now();
  const dataDir = path.resolve(process.env.FAULTLINE_DATA_DIR || inRepo(".data", isDev ? "dev" : "demo"));
  const summary = path.join(dataDir, "demo.json");

  return inSession({ dataDir }, async (session) => {
    rmSync(summary, { force: true });
    const port = await choosePort(process.env.PORT);
    await prepare(session, { withBuild: !isDev });

    const [databaseUrl, sandbox] = await Promise.all([
      step("database", () => emptyDatabase(session, dataDir)),
      step("trackers", () => startSandbox(session)),
    ]);
    const env = productEnv({ dataDir, databaseUrl, port, keepsOwnKeys: false });
    // Nothing private may be reached but the trackers themselves.
    env.FAULTLINE_ALLOW_PRIVATE_NETWORKS = [sandbox?.allow ?? []].flat().join(",");
    const seeded = await step("seed", () => seed(session, env, sandbox));
    const logFile = isDev ? undefined : path.join(dataDir, "server.log");
    // The passwords of the demo are known to everybody: it answers this machine alone.
    await step("server", () => runApp(session, { env, isDev, host: "localhost", logFile }));
    writePrivate(summary, summaryOf(env.FAULTLINE_URL, seeded, sandbox));
    greet({
      url: env.FAULTLINE_URL,
      users: seeded?.users ?? [],
      logFile,
      took: seconds(performance.now() - startedAt),
    });
    return session.stopped;
  });
}

async function emptyDatabase(session, dataDir) {
  // The files of the last time go with their rows.
  rmSync(path.join(dataDir, "attachments"), { recursive: true, force: true });
  const server = await supervisePostgres(session, { dataDir });
  const url = await recreateDatabase(server.url, "faultline");
  await deployMigrations(session, url);
  return url;
}

function summaryOf(url, seeded, sandbox) {
  const { allow: _allow, ...trackers } = sandbox ?? {};
  return { url, sandbox: trackers, ...seeded };
}

function greet({ url, users, logFile, took }) {
  console.log(`\n  Faultline is ready after ${took}:  ${url}/sign-in\n`);
  for (const user of users) {
    const role =
      user.workspaceRole === "ADMIN" ? "workspace admin" : `project ${user.projectRole?.toLowerCase() ?? "none"}`;
    say(`${user.email.padEnd(28)} ${user.password.padEnd(20)} ${role}`);
  }
  if (logFile) say(`\n  Log: ${path.relative(process.cwd(), logFile)}`);
  say("Ctrl-C stops it.");
}
