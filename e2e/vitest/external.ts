import { existsSync } from "node:fs";
import path from "node:path";
import { TestRunner } from "vitest";

/**
 * A path among the fixtures (real result files of many tools). Inside a test, an unset FAULTLINE_FIXTURES skips the test,
 * and the summary lists it; outside, it answers "" for `describe.skipIf(!fixturesDir())`. Set and missing fails.
 */
export const fixturesDir = (...parts: string[]) => external("FAULTLINE_FIXTURES", parts);

/** The same for the official API descriptions: FAULTLINE_SPECS. */
export const specsDir = (...parts: string[]) => external("FAULTLINE_SPECS", parts);

function external(variable: string, parts: string[]): string {
  const dir = process.env[variable];
  if (!dir) {
    TestRunner.getCurrentTest()?.context.skip(`${variable} is not set`);
    return "";
  }
  const file = path.resolve(dir, ...parts);
  if (!existsSync(file)) throw new Error(`${variable} is set, but ${file} is missing.`);
  return file;
}
