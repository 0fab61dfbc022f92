import path from "node:path";
import { runApp } from "./app.mjs";
import { ensureDatabase, requireServer } from "./database.mjs";
import { productEnv, readDotEnv } from "./environment.mjs";
import { Failure } from "./failure.mjs";
import { deployMigrations } from "./migrations.mjs";
import { tsArgs } from "./module.mjs";
import { choosePort } from "./ports.mjs";
import { prepare } from "./prepare.mjs";
import { inRepo } from "./repo.mjs";
import { seconds, step } from "./say.mjs";
import { inSession } from "./session.mjs";
import { supervisePostgres } from "./supervise.mjs";

/** The product on its own data: the operator's PostgreSQL, or the embedded one of the data folder. */
export function start() {
  const startedAt = performance.now();
  readDotEnv();
  const dataDir = path.resolve(process.env.FAULTLINE_DATA_DIR || inRepo(".data"));

  return inSession({ dataDir }, async (session) => {
    const port = await choosePort(process.env.PORT);
    await prepare(session);
    const given = process.env.DATABASE_URL;
    const keepsOwnKeys = Boolean(given);
    // Its own database may be empty and its keys lost with this machine: they are the operator's to give.
    if (given) await refuseWrongSettings(session, productEnv({ dataDir, databaseUrl: given, port, keepsOwnKeys }));
    await prepare(session, { withBuild: true });

    const databaseUrl = await step("database", async () => {
      if (given) await requireServer(given);
      const url = given || (await ensureDatabase((await supervisePostgres(session, { dataDir })).url, "faultline"));
      await deployMigrations(session, url);
      return url;
    });
    const env = productEnv({ dataDir, databaseUrl, port, keepsOwnKeys });
    await step("server", () => runApp(session, { env }));
    console.log(
      `\n  Faultline is ready after ${seconds(performance.now() - startedAt)}:  ${env.FAULTLINE_URL}\n  Ctrl-C stops it.`,
    );
    return session.stopped;
  });
}

/** Asks lib/env.ts, the only place that knows every setting, before anything long begins. */
async function refuseWrongSettings(session, env) {
  const check = session.run(process.execPath, tsArgs("scripts/check-env.ts"), {
    env: { ...env, NODE_ENV: "production" },
  });
  await check.catch((error) => {
    throw new Failure(error.printed || error.message);
  });
}
