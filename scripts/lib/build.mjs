import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Failure } from "./failure.mjs";
import { birthOf, isAlive } from "./processes.mjs";
import { inRepo } from "./repo.mjs";
import { hashOf, isFresh, writeStamp } from "./stamp.mjs";

const sources = ["app", "components", "lib", "inngest", "public", "prisma/schema", "package-lock.json"];
const entries = ["next.config.mjs", "postcss.config.mjs", "proxy.ts", "instrumentation.ts", "instrumentation.node.ts"];
const stamp = inRepo(".next/faultline.stamp");
const serving = inRepo(".data/serving");

/** Next's command line. */
export const nextBin = inRepo("node_modules/next/dist/bin/next");

const isSource = (name) => !/\.test\.tsx?$|\/generated\/|\/fixtures\//.test(name);
const wanted = () => `${hashOf([...sources, ...entries], isSource)} ${process.versions.modules}`;

/** Whether there is a build of the present sources. */
export const isBuilt = () => existsSync(inRepo(".next/BUILD_ID")) && isFresh(stamp, wanted());

/** Builds the product, unless that would pull the old build from under a running server. */
export async function build(session) {
  const server = servers()[0];
  if (server) {
    throw new Failure(
      `The sources have changed since the build that process ${server} serves. Stop it first, then run this again.`,
    );
  }
  const value = wanted();
  rmSync(stamp, { force: true });
  await session.run(process.execPath, [nextBin, "build"], {
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  writeStamp(stamp, value);
}

/** Says that this process serves the build, until the answer is called. */
export function markServing() {
  mkdirSync(serving, { recursive: true });
  const file = `${serving}/${process.pid}`;
  writeFileSync(file, birthOf(process.pid));
  return () => rmSync(file, { force: true });
}

function servers() {
  if (!existsSync(serving)) return [];
  return readdirSync(serving)
    .map(Number)
    .filter((pid) => isAlive(pid) && readFileSync(`${serving}/${pid}`, "utf8") === birthOf(pid));
}
