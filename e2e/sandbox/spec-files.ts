import { existsSync } from "node:fs";
import path from "node:path";

/**
 * An official description, where FAULTLINE_SPECS says they are; null where it is not set. Set and missing is an error: a
 * check that silently does nothing proves nothing.
 */
export function specFileOf(name: string): string | null {
  const folder = process.env.FAULTLINE_SPECS;
  if (!folder) return null;
  const file = path.resolve(folder, name);
  if (!existsSync(file)) throw new Error(`FAULTLINE_SPECS is set, but ${file} is missing.`);
  return file;
}
