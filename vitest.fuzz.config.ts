import { configDefaults, defineConfig } from "vitest/config";
import { common } from "./e2e/vitest/config.mjs";

const isFull = process.env.FAULTLINE_FUZZ_RUNS !== undefined;

/** What holds for any document, tried on many, and on what is written to hurt. FAULTLINE_FUZZ_RUNS says on how many each property is tried. */
export default defineConfig({
  resolve: common.resolve,
  test: {
    include: ["**/*.{property,hostile}.test.{ts,tsx}"],
    exclude: [...configDefaults.exclude, "**/.next*/**", "**/.data*/**"],
    maxWorkers: 2,
    testTimeout: isFull ? 30 * 60_000 : 120_000,
    reporters: ["default", "./e2e/vitest/reporter.ts"],
  },
});
