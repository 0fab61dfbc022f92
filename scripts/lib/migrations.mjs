import { isMigrated } from "./database.mjs";
import { tsArgs } from "./module.mjs";

/** Applies the migrations that a database lacks; a start without news does not load the engine. */
export async function deployMigrations(session, url) {
  if (await isMigrated(url)) return;
  await session.run(process.execPath, tsArgs("prisma/migrate.ts", "deploy"), {
    env: { ...process.env, DATABASE_URL: url },
  });
}
