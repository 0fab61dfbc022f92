import { randomInt } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { chromium } from "./chromium.mjs";
import { freeLocalPort } from "./ports.mjs";
import { inRepo } from "./repo.mjs";

const reports = inRepo(".data/test");

/** The unit tests; `filters` are Vitest's. */
export const unit = (session, filters) => vitest(session, { name: "unit", config: "vitest.config.ts", filters });

/** Each tracker's adapter against its sandbox, and each sandbox against the official descriptions. */
export const contract = (session, filters) =>
  vitest(session, { name: "contract", config: "vitest.contract.config.ts", filters });

/** What the product survives: some of each kind of fault, or with `isFull` as many as the figures are stated for. */
export const faults = (session, filters, { isFull = false } = {}) =>
  vitest(session, {
    name: "faults.vitest",
    config: "vitest.faults.config.ts",
    reporters: ["./e2e/faults/reporter.ts"],
    env: { FAULTLINE_FAULTS: isFull ? "full" : "short" },
    filters,
  });

/**
 * What holds for any document, tried on many; with `isFull` on ten times as many, drawn anew. It fails when fewer
 * documents were tried than that, so that no property is left out unnoticed.
 */
export async function fuzz(session, filters, { isFull = false } = {}) {
  const file = reportFile("fuzz.count");
  const seed = process.env.FAULTLINE_FUZZ_SEED || (isFull ? String(randomInt(2 ** 31)) : undefined);
  const env = {
    FAULTLINE_FUZZ_COUNT: file,
    ...(seed && { FAULTLINE_FUZZ_SEED: seed }),
    ...(isFull && { FAULTLINE_FUZZ_RUNS: "7000" }),
  };
  if (seed) console.log(`FAULTLINE_FUZZ_SEED=${seed}`);
  const counts = await vitest(session, { name: "fuzz.vitest", config: "vitest.fuzz.config.ts", env, filters });
  const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  const tried = lines.reduce((sum, line) => sum + Number(line), 0);
  const least = isFull ? 100_000 : 10_000;
  console.log(`${tried} documents tried`);
  if (filters.length > 0 || tried >= least) return counts;
  console.log(`✗ at least ${least} were to be tried`);
  return { ...counts, failed: counts.failed + 1 };
}

async function vitest(session, { name, config, reporters = [], env = {}, filters }) {
  const report = reportFile(`${name}.json`);
  const args = ["default", "./e2e/vitest/reporter.ts", ...reporters, "json"].map((one) => `--reporter=${one}`);
  const command = [inRepo("node_modules/vitest/vitest.mjs"), "run", "-c", config, ...args];
  const code = await show(session, [...command, `--outputFile.json=${report}`, ...filters], env);
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = read(report);
  return counted({ passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }, code);
}

/** The journeys, in Chromium, against the built product. */
export async function e2e(session, filters) {
  const report = reportFile("e2e.json");
  const env = {
    CHROMIUM_PATH: await chromium(session),
    PORT: process.env.PORT || String(await freeLocalPort(0)),
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  };
  const code = await show(
    session,
    [inRepo("node_modules/@playwright/test/cli.js"), "test", "--reporter=list,json", ...filters],
    env,
  );
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = read(report).stats ?? {};
  return counted({ passed: expected, failed: unexpected + flaky, skipped }, code);
}

/** A suite that ends badly has failed, also when no single test of it did. */
const counted = (counts, code) => (code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts);

function show(session, args, env) {
  const child = session.spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? 1));
  });
}

function reportFile(name) {
  mkdirSync(reports, { recursive: true });
  const file = `${reports}/${name}`;
  rmSync(file, { force: true });
  return file;
}

const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {});
