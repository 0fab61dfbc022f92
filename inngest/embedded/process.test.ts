import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { afterEach, expect, it } from "vitest";
import { pool } from "@/lib/db/client";

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

function run(settings: Record<string, string | undefined>) {
  const child = spawn(process.execPath, ["--import", "tsx", path.join(import.meta.dirname, "process.child.ts")], {
    env: { ...process.env, FAULTLINE_LOG_LEVEL: "info", ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.push(child);
  let text = "";
  child.stdout.on("data", (chunk) => {
    text += chunk;
  });
  child.stderr.on("data", (chunk) => {
    text += chunk;
  });
  const exit = once(child, "exit").then(([code]) => code as number | null); // the documented first argument
  return { child, exit, text: () => text };
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const endMs = Date.now() + 12_000; !(await condition()); await new Promise((done) => setTimeout(done, 20))) {
    if (Date.now() > endMs) throw new Error(`Not true in time: ${condition}`);
  }
}

const listeners = async () => {
  const { rows } = await pool.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND query = 'listen \"executor\"'",
  );
  return rows[0]?.n ?? 0;
};

it.each(["SIGTERM", "SIGINT"] as const)(
  "[K8] runs the jobs from the start of the server, and ends in order at %s",
  async (signal) => {
    const server = run({});
    await until(() => server.text().includes("started"));
    expect(server.text()).toContain("the embedded executor runs the jobs");
    expect(server.text()).toContain("faultline-create-issue");
    server.child.kill(signal);
    expect(await server.exit).toBe(0);
    expect(await listeners()).toBe(0);
  },
);

it("[K8] leaves the jobs to an Inngest server that is configured, and says so", async () => {
  const server = run({ FAULTLINE_INNGEST: undefined, INNGEST_BASE_URL: "http://127.0.0.1:9" });
  await until(() => server.text().includes("started"));
  expect(server.text()).toContain("an Inngest server runs the jobs; the embedded executor does not start");
  expect(server.text()).not.toContain("the embedded executor runs the jobs");
  server.child.kill("SIGTERM");
  expect(await server.exit).toBe(0);
});

it("[K8] does nothing while the application is built", async () => {
  const server = run({ NEXT_PHASE: "phase-production-build" });
  await until(() => server.text().includes("started"));
  expect(server.text()).toBe("started\n");
});

it.each([
  [{ DATABASE_URL: "" }, /DATABASE_URL is missing/],
  [{ PORT: "ninety" }, /PORT .*\n.*Port to listen on/],
  [{ INNGEST_SIGNING_KEY: "" }, /INNGEST_SIGNING_KEY is missing/],
])("[K8] refuses to start with %j, in a sentence", async (settings, sentence) => {
  const server = run(settings);
  expect(await server.exit).toBe(78);
  expect(server.text()).toMatch(sentence);
  expect(server.text()).not.toMatch(/^\s+at /m);
});
