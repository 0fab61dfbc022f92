import { randomBytes } from "node:crypto";
import { rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, inject } from "vitest";
import { withClient } from "./client";

// Before a test file imports anything: a database of its own, a clone of the template, a data folder, and the settings
// of a server.
const { serverUrl, template, runner } = inject("postgres");
const database = `t_${runner}_${process.env.VITEST_POOL_ID ?? "0"}_${randomBytes(4).toString("hex")}`;

await withClient(`${serverUrl}postgres`, (client) =>
  client.query(`CREATE DATABASE "${database}" TEMPLATE "${template}" STRATEGY FILE_COPY`),
);

const dataDir = path.join(os.tmpdir(), `faultline-data-${database}`);
afterAll(() => rm(dataDir, { recursive: true, force: true }));

Object.assign(process.env, {
  FAULTLINE_DATA_DIR: dataDir,
  DATABASE_URL: `${serverUrl}${database}`,
  FAULTLINE_URL: "http://localhost:3000",
  NEXTAUTH_URL: "http://localhost:3000",
  FAULTLINE_KEYS: `test:${Buffer.alloc(32, "test").toString("base64")}`,
  NEXTAUTH_SECRET: "a-secret-that-only-the-tests-ever-use",
  INNGEST_SIGNING_KEY: `signkey-prod-${"0123456789abcdef".repeat(4)}`,
  INNGEST_EVENT_KEY: "test-event-key",
  INNGEST_DEV: "0",
  FAULTLINE_INNGEST: "embedded",
  FAULTLINE_LOG_LEVEL: "silent",
});
