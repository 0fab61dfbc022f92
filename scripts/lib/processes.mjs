import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Whether a process runs; one that has ended and was not yet collected by its parent does not. */
export const isAlive = (pid) => pidIsTaken(pid) && statOf(pid)?.state !== "Z";

/** Whether the kernel knows a process of this pid, ended ones that nobody collected included. */
export function pidIsTaken(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** A text that tells a process from a later one with the same pid, or "" when there is none. */
export function birthOf(pid) {
  if (process.platform === "linux") return statOf(pid)?.started ?? "";
  try {
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}

/** The parent of a process, or undefined where that is not known. */
export const parentOf = (pid) => statOf(pid)?.parent;

/** The command line of a process, or "" where it cannot be read. */
export function commandOf(pid) {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return execFileSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return "";
  }
}

/** Signals a process group, or the process where there are no groups. */
export function signalGroup(pid, signal) {
  try {
    process.kill(process.platform === "win32" ? pid : -pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Ends process groups: asks, waits, then insists. A group counts until its last member has gone. */
export async function endGroups(pids, graceMs) {
  const isOn = (pid) => signalGroup(pid, 0) && !onlyZombies(pid);
  for (const pid of pids) signalGroup(pid, "SIGTERM");
  const deadline = Date.now() + graceMs;
  while (Date.now() < deadline && pids.some(isOn)) await pause(25);
  for (const pid of pids) signalGroup(pid, "SIGKILL");
}

/** Waits. */
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// In a container whose first process collects nobody, an ended leader stays behind as the group's only member.
function onlyZombies(pid) {
  return process.platform === "linux" && statOf(pid)?.state === "Z" && !groupHasOthers(pid);
}

function groupHasOthers(pid) {
  try {
    const listed = execFileSync("ps", ["-o", "stat=", "-g", String(pid)], { encoding: "utf8" });
    return listed.split("\n").some((state) => state.trim() && !state.trim().startsWith("Z"));
  } catch {
    return false;
  }
}

function statOf(pid) {
  if (process.platform !== "linux") return undefined;
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold spaces and parentheses of its own.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0], parent: Number(fields[1]), started: fields[19] };
  } catch {
    return undefined;
  }
}
