import { configDefaults, defineConfig } from "vitest/config";
import { common } from "./e2e/vitest/config.mjs";
import { contract } from "./e2e/vitest/contract.mjs";

/** Each tracker's adapter against its sandbox, and the sandboxes against the official descriptions. */
export default defineConfig({
  ...common,
  test: {
    ...common.test,
    include: contract,
    exclude: [...configDefaults.exclude, "**/.next*/**", "**/.data*/**"],
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: ["default", "./e2e/vitest/reporter.ts"],
  },
});
