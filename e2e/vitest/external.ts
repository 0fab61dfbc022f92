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

/**
 * The Inngest server that runs the conformance cases beside the embedded executor, with its keys; a development server
 * has none. Null, and inside a test skipped, when INNGEST_CONFORMANCE_URL is not set.
 */
export function conformanceServer() {
  const url = process.env.INNGEST_CONFORMANCE_URL;
  if (!url) TestRunner.getCurrentTest()?.context.skip("INNGEST_CONFORMANCE_URL is not set");
  const eventKey = process.env.INNGEST_CONFORMANCE_EVENT_KEY;
  const signingKey = process.env.INNGEST_CONFORMANCE_SIGNING_KEY;
  return url ? { url, eventKey, signingKey } : null;
}

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
