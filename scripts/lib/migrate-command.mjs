import path from "node:path";
import { ensureDatabase } from "./database.mjs";
import { readDotEnv } from "./environment.mjs";
import { tsArgs } from "./module.mjs";
import { startPostgres, stopPostgres } from "./postgres.mjs";
import { prepare } from "./prepare.mjs";
import { inRepo } from "./repo.mjs";
import { inSession } from "./session.mjs";

/** `npm run migrate -- deploy | create <name> | status`, on DATABASE_URL or the embedded database of the data folder. */
export function migrateCommand(args) {
  readDotEnv();
  return inSession({}, async (session) => {
    await prepare(session);
    const url = process.env.DATABASE_URL || (await embedded(session));
    const printed = await session.run(process.execPath, tsArgs("prisma/migrate.ts", ...args), {
      env: { ...process.env, DATABASE_URL: url },
    });
    process.stdout.write(printed);
  });
}

async function embedded(session) {
  const server = await startPostgres({ dataDir: path.resolve(process.env.FAULTLINE_DATA_DIR || inRepo(".data")) });
  // One that was running already belongs to a launcher, which goes on using it.
  if (!server.isAdopted) session.onClose(() => stopPostgres(server));
  return ensureDatabase(server.url, "faultline");
}
