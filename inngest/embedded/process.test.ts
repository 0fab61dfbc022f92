import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import path from "node:path";
import { json } from "node:stream/consumers";
import { afterEach, expect, it } from "vitest";
import { send } from "@/inngest/outbox";
import { pool, transaction } from "@/lib/db/client";

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

function run(settings: Record<string, string | undefined>, ...args: string[]) {
  const file = path.join(import.meta.dirname, "process.child.ts");
  const child = spawn(process.execPath, ["--import", "tsx", file, ...args], {
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

it("[K8] tells an Inngest server that is configured of the functions, and sends the events to it", async () => {
  const received: { path: string; body: unknown }[] = [];
  const registered: unknown[] = [];
  const inngestServer = createServer(async (request, response) => {
    if (request.url === "/fn/register") {
      registered.push(await json(request));
      return response.setHeader("content-type", "application/json").end('{"ok":true,"modified":true}');
    }
    received.push({ path: request.url ?? "", body: await json(request) });
    response.setHeader("content-type", "application/json").end('{"ids":["x"],"status":200}');
  });
  inngestServer.listen(0, "127.0.0.1");
  await once(inngestServer, "listening");
  const address = inngestServer.address();
  const port = typeof address === "object" ? address?.port : undefined;

  const server = run({ FAULTLINE_INNGEST: undefined, INNGEST_BASE_URL: `http://127.0.0.1:${port}` });
  await until(() => server.text().includes("started"));
  expect(server.text()).toContain("an Inngest server runs the jobs; the embedded executor does not start");
  expect(server.text()).not.toContain("the embedded executor runs the jobs");
  await until(() => server.text().includes("the Inngest server knows the functions"));
  expect(registered).toMatchObject([{ url: "http://localhost:3000/api/inngest", appName: "faultline" }]);

  await transaction((tx) => send(tx, { name: "t/far", data: { n: 1 }, id: "far-1" }));
  await until(() => received.length > 0);
  expect(received).toEqual([
    { path: "/e/test-event-key", body: [{ id: "far-1", name: "t/far", data: { n: 1 }, ts: expect.any(Number) }] },
  ]);
  await until(async () => (await pool.query('SELECT FROM "Outbox"')).rowCount === 0);

  server.child.kill("SIGTERM");
  expect(await server.exit).toBe(0);
  inngestServer.close();
});

it("[K8] lets the requests under way end at SIGTERM, and takes no new ones", async () => {
  const server = run({}, "serve");
  await until(() => server.text().includes("started"));
  const origin = `http://127.0.0.1:${/listening on (\d+)\./.exec(server.text())?.[1]}`;
  const answers = ["/1500", "/2500"].map(async (path) => (await fetch(origin + path)).text());
  // They are surely under way when a third one is answered.
  await fetch(`${origin}/200`);
  server.child.kill("SIGTERM");
  await new Promise((done) => setTimeout(done, 500));
  await expect(fetch(`${origin}/0`)).rejects.toThrow();
  expect(await Promise.all(answers)).toEqual(["answered /1500", "answered /2500"]);
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
