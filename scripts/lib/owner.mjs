import { spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

const NOBODY = 65534;

function postgresUser() {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((entry) => entry.startsWith("postgres:"));
  const [, , uid, gid] = line?.split(":") ?? [];
  return uid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

/**
 * Who runs PostgreSQL: it refuses root, so root hands it to `postgres`, or to nobody; everybody else runs it himself.
 * @returns {{ uid?: number, gid?: number }}
 */
export function postgresOwner() {
  if (process.getuid?.() !== 0) return {};
  const found = postgresUser();
  if (found) return found;
  spawnSync("groupadd", ["-f", "postgres"]);
  spawnSync("useradd", ["-g", "postgres", "-M", "-s", "/bin/false", "postgres"]);
  return postgresUser() ?? { uid: NOBODY, gid: NOBODY };
}

/** Makes a data folder that only its owner reads; run by root, PostgreSQL's user may pass through it and no more. */
export function ensureDataDir(dir, owner = postgresOwner()) {
  const firstMade = mkdirSync(dir, { recursive: true, mode: 0o700 });
  protect(dir, owner);
  if (!firstMade) return;
  for (let made = path.dirname(dir); made.length >= firstMade.length; made = path.dirname(made)) protect(made, owner);
}

function protect(dir, owner) {
  if (owner.uid === undefined) return chmodSync(dir, 0o700);
  chownSync(dir, 0, owner.gid);
  chmodSync(dir, 0o710);
}

/** Whether PostgreSQL's user can pass through every folder on the way to `target`. */
export function canReach(target, owner) {
  if (owner.uid === undefined) return true;
  for (let dir = path.resolve(target); ; dir = path.dirname(dir)) {
    if (existsSync(dir) && !mayPass(statSync(dir), owner)) return false;
    if (dir === path.dirname(dir)) return true;
  }
}

function mayPass({ mode, uid, gid }, owner) {
  if (uid === owner.uid) return (mode & 0o100) !== 0;
  if (gid === owner.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
