import { randomInt } from "node:crypto";
import { defineConfig } from "vitest/config";
import { common } from "./e2e/vitest/config.mjs";

const isFull = process.env.FAULTLINE_FAULTS === "full";
// One for the whole run, so that giving it again repeats every random choice.
const FAULTLINE_SEED = process.env.FAULTLINE_SEED ?? String(randomInt(2 ** 31));

/** What the product survives. Short by default; FAULTLINE_FAULTS=full runs the full figures. */
export default defineConfig({
  ...common,
  test: {
    ...common.test,
    include: ["e2e/faults/**/*.test.ts"],
    // Needs the built product.
    exclude: isFull ? [] : ["e2e/faults/**/*server.test.ts"],
    env: { FAULTLINE_SEED },
    maxWorkers: 2,
    testTimeout: isFull ? 30 * 60_000 : 120_000,
    hookTimeout: 60_000,
    reporters: ["default", "./e2e/vitest/reporter.ts", "./e2e/faults/reporter.ts"],
  },
});
