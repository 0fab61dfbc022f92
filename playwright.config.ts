import path from "node:path";
import { defineConfig } from "@playwright/test";

const port = process.env.PORT ?? "3217";
const dataDir = path.join(import.meta.dirname, ".data/e2e");

// These turn the tracker's dials or look at what it holds: one after the other.
const atTheTracker = /\/(bulk|exactly-one|file-an-issue|jobs|never-a-dead-end|rich-text|two-issues|api)\.spec\.ts$/;

/** Journeys run in two lines beside each other, most of the time of the first being a wait, against the demo as `npm run demo` starts it; `.data/e2e/demo.json` says who may sign in. */
export default defineConfig({
  testDir: "e2e/journeys",
  outputDir: "test-results",
  // Of two lines beside each other one may keep both processors busy.
  timeout: 120_000,
  expect: { timeout: 10_000 },
  workers: 2,
  projects: [
    { name: "tracker", testMatch: atTheTracker, workers: 1 },
    { name: "pages", testIgnore: atTheTracker, workers: 1 },
  ],
  forbidOnly: Boolean(process.env.CI),
  use: {
    baseURL: `http://localhost:${port}`,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    launchOptions: {
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      // For machines without a display, a sandbox or a way out to the internet.
      args: [
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  webServer: {
    command: "node scripts/demo.mjs",
    env: { PORT: port, FAULTLINE_DATA_DIR: dataDir },
    // Said last, when demo.json is written.
    wait: { stdout: /Faultline is ready/ },
    timeout: 300_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 12_000 },
  },
});
