import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { isAlive } from "../../scripts/lib/processes.mjs";

const dirOf = (home) => path.join(home, "users");

/** Counts a test run, by its pid, among those that use the shared server. */
export function addUser(home, pid) {
  mkdirSync(dirOf(home), { recursive: true });
  writeFileSync(path.join(dirOf(home), String(pid)), "");
}

/**
 * The test runs that use the shared server; those that were killed are forgotten.
 * @param {string} home
 */
export function activeUsers(home) {
  if (!existsSync(dirOf(home))) return [];
  const pids = readdirSync(dirOf(home)).map(Number);
  for (const pid of pids) if (!isAlive(pid)) rmSync(path.join(dirOf(home), String(pid)), { force: true });
  return pids.filter((pid) => isAlive(pid));
}
