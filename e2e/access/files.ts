import { readdirSync } from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");

/** The files of that name below app/, relative to the root. */
export const appFiles = (below: string, name: string): string[] =>
  readdirSync(path.join(root, below), { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === name)
    .map((file) => path.posix.join(below, file))
    .sort();
