import { inRepo } from "./repo.mjs";
import { hashOf, isFresh, writeStamp } from "./stamp.mjs";

const stamp = inRepo("lib/db/generated/.stamp");

const wanted = () => hashOf(["prisma/schema", "node_modules/prisma/package.json"]);

/** Whether the Prisma client is that of the schema. */
export const isGenerated = () => isFresh(stamp, wanted());

/** Generates the Prisma client. */
export async function generate(session) {
  const value = wanted();
  await session.run(process.execPath, [inRepo("node_modules/prisma/build/index.js"), "generate"], {
    env: {
      ...process.env,
      // It never runs the engine that it would download here; any program that exists keeps it from trying.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: "1",
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
    },
  });
  writeStamp(stamp, value);
}
