import path from "node:path";
import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: {
      "@": import.meta.dirname,
      // Works only inside of Next's own server; ours gives the headers that a test asks with.
      "next/headers": path.join(import.meta.dirname, "e2e/vitest/next-headers.ts"),
      // Next's marker throws wherever it is not the bundler that reads it.
      "server-only": path.join(import.meta.dirname, "e2e/vitest/empty.ts"),
    },
  },
  test: {
    include: ["**/*.test.{ts,tsx}"],
    exclude: [...configDefaults.exclude, "**/.next*/**", "**/.data*/**", "e2e/journeys/**"],
    pool: "forks",
    globalSetup: ["e2e/vitest/global.ts"],
    setupFiles: ["e2e/vitest/setup.ts"],
    testTimeout: 15_000,
    hookTimeout: 30_000,
    reporters: ["default", "./e2e/vitest/reporter.ts"],
  },
});
