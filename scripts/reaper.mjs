// Lives as long as the launcher does: its standard input is a pipe from it, whose end means that the launcher died,
// also by SIGKILL. Then it stops what the launcher last said that it runs.
import { createInterface } from "node:readline";
import { stopPostgres } from "./lib/postgres.mjs";
import { endGroups } from "./lib/processes.mjs";

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => {});

let state = { groups: [], postgres: undefined };
let isCalm = false;

const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => {
  if (line === "bye") isCalm = true;
  else state = JSON.parse(line);
});
lines.on("close", async () => {
  if (isCalm) return;
  await endGroups(state.groups, 6500);
  if (state.postgres) await stopPostgres(state.postgres, "fast");
});
