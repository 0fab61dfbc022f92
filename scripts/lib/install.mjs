import { existsSync, readFileSync } from "node:fs";
import { inRepo } from "./repo.mjs";
import { hashOf, isFresh, writeStamp } from "./stamp.mjs";

const stamp = inRepo("node_modules/.faultline-installed");

const wanted = () =>
  [hashOf(["package-lock.json"]), process.versions.modules, process.platform, process.arch].join(" ");

/** Whether the installed packages are those of the lock file, built for this Node and machine. */
export function isInstalled() {
  if (isFresh(stamp, wanted())) return true;
  // Installed by hand and not by us: npm's own record tells. Packages for other machines are missing rightly.
  if (existsSync(stamp) || !matchesLockFile()) return false;
  writeStamp(stamp, wanted());
  return true;
}

/** The command line of npm: the one that runs us, else the one on the path. */
export function npm(...args) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith(".js") ? [process.execPath, [cli, ...args]] : ["npm", args];
}

/** Installs the packages of the lock file. */
export async function install(session) {
  // NODE_ENV may be set to production outside; building needs the development packages too.
  await session.run(...npm("ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"));
  writeStamp(stamp, wanted());
}

function matchesLockFile() {
  const record = inRepo("node_modules/.package-lock.json");
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, "utf8")).packages;
  const { "": _root, ...locked } = JSON.parse(readFileSync(inRepo("package-lock.json"), "utf8")).packages;
  const isThere = ([name, entry]) => installed[name]?.version === entry.version || (entry.optional && !installed[name]);
  return Object.entries(locked).every(isThere) && Object.keys(installed).every((name) => name in locked);
}
