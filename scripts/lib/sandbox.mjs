import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { Failure } from "./failure.mjs";
import { tsArgs } from "./module.mjs";
import { inRepo } from "./repo.mjs";
import { superviseApp } from "./supervise.mjs";

const entry = "e2e/sandbox/start.ts";

/**
 * Starts the local trackers and answers what they print when they are ready: `{ github: { url, token, … }, allow }`.
 * They end with the session, at the latest when their standard input closes.
 */
export async function startSandbox(session, env = process.env) {
  if (!existsSync(inRepo(entry))) return undefined;
  const child = session.spawn(process.execPath, tsArgs(entry), {
    env,
    stdio: ["pipe", "pipe", "pipe"],
    keepOutput: false,
  });
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([
    new Promise((resolve) => lines.once("line", resolve)),
    new Promise((resolve) => child.once("exit", () => resolve(""))),
  ]);
  if (!first) throw new Failure(`The local trackers did not start:\n${child.tail}`);
  lines.on("line", () => {});
  superviseApp(session, child);
  return JSON.parse(first);
}
