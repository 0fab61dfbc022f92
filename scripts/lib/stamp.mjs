import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inRepo } from "./repo.mjs";

/** One hash over files and folders of the checkout, names included; `accepts` leaves files out. */
export function hashOf(names, accepts = () => true) {
  const hash = createHash("sha256");
  for (const name of names) add(name);
  return hash.digest("hex");

  function add(name) {
    const file = inRepo(name);
    if (!existsSync(file)) return;
    const entries = listFolder(file);
    if (entries) for (const entry of entries) add(path.posix.join(name, entry));
    else if (accepts(name)) hash.update(name).update("\0").update(readFileSync(file));
  }
}

function listFolder(dir) {
  try {
    return readdirSync(dir).sort();
  } catch (error) {
    if (error.code === "ENOTDIR") return undefined;
    throw error;
  }
}

/** Whether a stamp says that `value` was the last input. */
export function isFresh(stamp, value) {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === value;
}

/** Remembers the input of what has just been made. */
export const writeStamp = (stamp, value) => writeFileSync(stamp, value);
