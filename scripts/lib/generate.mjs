import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { validatorSource } from "./adf-validator.mjs";
import { inRepo } from "./repo.mjs";
import { hashOf, isFresh, writeStamp } from "./stamp.mjs";

const adfSchema = "node_modules/@atlaskit/adf-schema/json-schema/v1/full.json";

/** What is made from what, each with a stamp of its own beside what it makes. */
const products = [
  {
    stamp: inRepo("lib/db/generated/.stamp"),
    wanted: () => hashOf(["prisma/schema", "node_modules/prisma/package.json"]),
    make: generateClient,
  },
  {
    stamp: inRepo("lib/richtext/adf/generated/.stamp"),
    wanted: () => hashOf([adfSchema, "scripts/lib/adf-validator.mjs"]),
    make: generateAdfValidator,
  },
];

/** Whether all that is generated is that of its source. */
export const isGenerated = () => products.every(({ stamp, wanted }) => isFresh(stamp, wanted()));

/** Generates what is missing or stale: the Prisma client, and the validator of Atlassian's documents. */
export async function generate(session) {
  for (const { stamp, wanted, make } of products) {
    const value = wanted();
    if (isFresh(stamp, value)) continue;
    await make(session);
    mkdirSync(path.dirname(stamp), { recursive: true });
    writeStamp(stamp, value);
  }
}

async function generateClient(session) {
  await session.run(process.execPath, [inRepo("node_modules/prisma/build/index.js"), "generate"], {
    env: {
      ...process.env,
      // It never runs the engine that it would download here; any program that exists keeps it from trying.
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: "1",
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
    },
  });
}

function generateAdfValidator() {
  mkdirSync(inRepo("lib/richtext/adf/generated"), { recursive: true });
  const source = validatorSource(JSON.parse(readFileSync(inRepo(adfSchema), "utf8")));
  writeFileSync(inRepo("lib/richtext/adf/generated/validator.ts"), source);
}
