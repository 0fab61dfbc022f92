import path from "node:path";
import { ensureDatabase } from "./database.mjs";
import { readDotEnv } from "./environment.mjs";
import { Failure } from "./failure.mjs";
import { serverArgs } from "./module.mjs";
import { startPostgres, stopPostgres } from "./postgres.mjs";
import { prepare } from "./prepare.mjs";
import { inRepo } from "./repo.mjs";
import { inSession } from "./session.mjs";

// It opens nothing that is sealed and signs nobody in: an operator may have no more than the database at hand.
const unused = {
  FAULTLINE_KEYS: `unused:${"A".repeat(43)}=`,
  NEXTAUTH_SECRET: "no-command-of-an-operator-uses-this-one",
};

/**
 * `npm run jobs -- list [--state failed] [--function create-issue] [--limit 20] | pause <function> | resume <function>`,
 * on DATABASE_URL or the embedded database of the data folder. Shows every workspace's jobs and the installation's own.
 */
export function jobsCommand(args) {
  readDotEnv();
  return inSession({}, async (session) => {
    await prepare(session);
    const url = process.env.DATABASE_URL || (await embedded(session));
    const printed = await session
      .run(process.execPath, serverArgs("lib/jobs/operate.ts", ...args), {
        env: { ...unused, ...process.env, DATABASE_URL: url },
      })
      .catch((error) => {
        throw error.printed ? new Failure(error.printed) : error;
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
