import { npm } from "./install.mjs";
import { inRepo } from "./repo.mjs";
import { say, seconds } from "./say.mjs";

const tool = (file, ...args) => [process.execPath, [inRepo("node_modules", file), ...args]];

const checks = {
  // The bare names of generated files are Next's to make; without them a fresh checkout has no types for its CSS.
  types: [tool("next/dist/bin/next", "typegen"), tool("typescript/bin/tsc", "--noEmit", "-p", ".")],
  style: [tool("@biomejs/biome/bin/biome", "check", "--error-on-warnings")],
  unused: [tool("knip/bin/knip.js")],
  direction: [[process.execPath, [inRepo("scripts/direction.mjs")]]],
};

/** The registry lacks platform packages of some releases; `npm install` drops them silently and `npm ci` then refuses. */
export const lockFile = {
  lockfile: [npm("ci", "--dry-run", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error")],
};

/** Runs checks one after the other and prints what those say that fail; answers how many passed and failed. */
export async function runChecks(session, chosen = checks) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, commands] of Object.entries(chosen)) {
    const startedAt = performance.now();
    const failure = await firstFailure(session, commands);
    counts[failure ? "failed" : "passed"]++;
    say(`${failure ? "✗" : "✓"} ${name.padEnd(12)} ${seconds(performance.now() - startedAt)}`);
    if (failure) console.log(failure);
  }
  return counts;
}

async function firstFailure(session, commands) {
  for (const [command, args] of commands) {
    try {
      await session.run(command, args, { env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" } });
    } catch (error) {
      return error.message;
    }
  }
  return undefined;
}
