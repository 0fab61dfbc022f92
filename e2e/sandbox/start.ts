import { startAll } from "./all";

/**
 * The sandbox as a process of its own, for the demo: says in one line of JSON where everything is, and lives until its
 * parent closes the pipe or asks it to end.
 */
const { sandbox, trackers, allow, close } = await startAll();
process.stdout.write(`${JSON.stringify({ github: sandbox.github, trackers, allow })}\n`);

let isEnding = false;
const end = () => {
  if (isEnding) return;
  isEnding = true;
  // An answer that hangs on purpose must not keep the process.
  setTimeout(() => process.exit(0), 2_000).unref();
  close().finally(() => process.exit(0));
};
process.on("SIGTERM", end);
process.on("SIGINT", end);
process.stdin.on("end", end).on("error", end).resume();
