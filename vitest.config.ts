import { configDefaults, defineConfig } from "vitest/config";
import { common } from "./e2e/vitest/config.mjs";
import { contract } from "./e2e/vitest/contract.mjs";

export default defineConfig({
  ...common,
  test: {
    ...common.test,
    include: ["**/*.test.{ts,tsx}"],
    exclude: [
      ...configDefaults.exclude,
      "**/.next*/**",
      "**/.data*/**",
      "e2e/journeys/**",
      "e2e/faults/**",
      ...contract,
      "**/*.{property,hostile}.test.*",
    ],
    // Vitest leaves one core of two idle, and most of these tests wait for something.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ["default", "./e2e/vitest/reporter.ts"],
  },
});
