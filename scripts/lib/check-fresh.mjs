import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Failure } from "./failure.mjs";
import { freeLocalPort } from "./ports.mjs";
import { pause } from "./processes.mjs";
import { inRepo } from "./repo.mjs";
import { say, seconds } from "./say.mjs";
import { inSession } from "./session.mjs";

const READY = "Faultline is ready";

/** What somebody with an empty clone of the last commit meets: the demo twice, then every test. */
export function checkFresh() {
  return inSession({}, async (session) => {
    const clone = mkdtempSync(path.join(tmpdir(), "faultline-fresh-"));
    session.onClose(async () => rmSync(clone, { recursive: true, force: true }));
    await session.run("git", ["clone", "--quiet", "--no-local", inRepo(), clone]);
    const { FAULTLINE_DATA_DIR: _data, DATABASE_URL: _database, ...env } = process.env;
    const options = { cwd: clone, env: { ...env, PORT: String(await freeLocalPort(0)) } };

    say(`demo, first start    ${seconds(await timeDemo(session, options))}`);
    say(`demo, second start   ${seconds(await timeDemo(session, options))}`);
    const startedAt = performance.now();
    const tests = session.spawn("npm", ["test"], { ...options, stdio: ["ignore", "inherit", "inherit"] });
    const code = await new Promise((resolve) => tests.once("exit", resolve));
    say(`npm test             ${seconds(performance.now() - startedAt)}`);
    return code ?? 1;
  });
}

/** From the command to the sign-in page; then Ctrl-C. */
async function timeDemo(session, options) {
  const startedAt = performance.now();
  const demo = session.spawn("npm", ["run", "demo"], options);
  let hasEnded = false;
  demo.once("exit", () => {
    hasEnded = true;
  });
  while (!demo.tail.includes(READY) && !hasEnded) await pause(20);
  const took = performance.now() - startedAt;
  if (hasEnded) throw new Failure(`npm run demo ended:\n${demo.tail}`);
  process.kill(-demo.pid, "SIGINT");
  while (!hasEnded) await pause(20);
  return took;
}
