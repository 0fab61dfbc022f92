import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");

/**
 * What the suites in Vitest have in common: a database of its own for each test file, and Next's modules outside of Next.
 * @satisfies {import("vitest/config").ViteUserConfig}
 */
export const common = {
  resolve: {
    alias: {
      "@": root,
      // Works only inside of Next's own server; ours gives the headers that a test asks with.
      "next/headers": path.join(root, "e2e/vitest/next-headers.ts"),
      // Next's marker throws wherever it is not the bundler that reads it.
      "server-only": path.join(root, "e2e/vitest/empty.ts"),
    },
  },
  test: {
    /** @type {"forks"} */
    pool: "forks",
    globalSetup: ["e2e/vitest/global.ts"],
    setupFiles: ["e2e/vitest/setup.ts"],
  },
};
