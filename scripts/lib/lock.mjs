import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { birthOf, isAlive, pause } from "./processes.mjs";

/**
 * Takes a lock file for this process.
 * @returns {{ release: () => void } | { heldBy: number }} A holder that has died does not count, a later process with its pid neither.
 */
export function takeLock(file) {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const own = JSON.stringify({ pid: process.pid, birth: birthOf(process.pid) });
  for (let attempt = 0; attempt < 20; attempt++) {
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, own, { mode: 0o600 });
    try {
      // A link appears whole or not at all, so nobody reads half a lock.
      linkSync(draft, file);
      return { release: () => releaseLock(file, own) };
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    const found = read(file);
    const holder = holderOf(found);
    if (holder) return { heldBy: holder };
    if (found !== undefined) removeStale(file, found);
  }
  throw new Error(`${file} changes hands too fast.`);
}

/**
 * Runs `use` while holding a lock file, after waiting for whoever holds it.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} use
 * @param {(pid: number) => void} [onWait]
 * @returns {Promise<T>}
 */
export async function withLock(file, use, onWait = () => {}) {
  let lock = takeLock(file);
  if ("heldBy" in lock) onWait(lock.heldBy);
  while ("heldBy" in lock) {
    await pause(100);
    lock = takeLock(file);
  }
  try {
    return await use();
  } finally {
    lock.release();
  }
}

function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

function holderOf(text) {
  try {
    const { pid, birth } = JSON.parse(text);
    return isAlive(pid) && birthOf(pid) === birth ? pid : 0;
  } catch {
    return 0;
  }
}

/** Two may find the same stale lock; the one that comes late must not remove the other's fresh one. */
function removeStale(file, seen) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
    if (read(aside) !== seen) linkSync(aside, file);
  } catch {
    // Somebody else was faster; the next look tells.
  } finally {
    rmSync(aside, { force: true });
  }
}

function releaseLock(file, own) {
  if (read(file) === own) rmSync(file, { force: true });
}
