import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { withClient } from "@/e2e/vitest/client";
import { deploy, difference, status } from "./migrate";

const { serverUrl, runner } = inject("postgres");
const names = [`t_${runner}_migrate_a`, `t_${runner}_migrate_b`];
const [first = "", second = ""] = names.map((name) => serverUrl + name);
const given = process.env.DATABASE_URL ?? "";

beforeAll(async () => {
  await withClient(`${serverUrl}postgres`, async (client) => {
    for (const name of names) await client.query(`CREATE DATABASE "${name}"`);
  });
});

afterAll(async () => {
  await withClient(`${serverUrl}postgres`, async (client) => {
    for (const name of names) await client.query(`DROP DATABASE "${name}" WITH (FORCE)`);
  });
});

/** Runs the command in a process of its own, as `npm run migrate` does. */
const run = (url: string) =>
  new Promise<{ code: number | null; output: string }>((resolve) => {
    const args = ["--import", "tsx", path.resolve(import.meta.dirname, "migrate.ts"), "deploy"];
    const child = spawn(process.execPath, args, { env: { ...process.env, DATABASE_URL: url } });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.once("close", (code) => resolve({ code, output }));
  });

describe("migrations", () => {
  it("[K10] say the same as the schema: nothing is left to create", async () => {
    expect(await difference(given)).toBe("");
  });

  it("[K10] are applied once and then found", async () => {
    const { pending } = await status(first);
    expect(pending.length).toBeGreaterThan(0);
    expect(await deploy(first)).toEqual(pending);
    expect(await deploy(first)).toEqual([]);
    expect(await status(first)).toEqual({ pending: [], unknown: [], failed: [], edited: [] });
  });

  it("[K10] may be deployed by several processes at once: one applies, the others find it done", async () => {
    const results = await Promise.all([run(second), run(second), run(second)]);
    expect(results.map((result) => result.code)).toEqual([0, 0, 0]);
    expect(results.filter((result) => result.output.includes("applied"))).toHaveLength(1);
  });

  it("[K10] wait for another process that migrates, however long it takes", async () => {
    await withClient(first, async (client) => {
      await client.query("SELECT pg_advisory_lock(815001)");
      let isDone = false;
      const deploying = deploy(first).then(() => {
        isDone = true;
      });
      await new Promise((resolve) => setTimeout(resolve, 1500));
      expect(isDone).toBe(false);
      await client.query("SELECT pg_advisory_unlock(815001)");
      await deploying;
    });
  });

  it("[K10] leave no shadow database and no lock behind", async () => {
    await withClient(given, async (client) => {
      const held = await client.query(
        "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
      );
      expect(held.rowCount).toBe(0);
    });
  });
});

describe("guards", () => {
  const ids = { workspaceId: randomUUID(), subjectId: randomUUID() };

  it.each(["UPDATE \"AuditEntry\" SET action = 'x'", 'DELETE FROM "AuditEntry"', 'TRUNCATE "AuditEntry"'])(
    "[K1] refuse %s",
    async (sql) => {
      await withClient(given, async (client) => {
        await client.query(
          `INSERT INTO "AuditEntry" (id, "workspaceId", "actorName", via, action, "subjectType", "subjectId")
           VALUES ($1, $2, 'Ada', 'session', 'project.created', 'project', $3)`,
          [randomUUID(), ids.workspaceId, ids.subjectId],
        );
        await expect(client.query(sql)).rejects.toThrow("append-only");
      });
    },
  );

  it("[K10] wake the executor when an event is written", async () => {
    await withClient(given, async (client) => {
      const heard = new Promise((resolve) => client.once("notification", resolve));
      await client.query("LISTEN executor");
      await client.query(`INSERT INTO "Outbox" (id, name, data) VALUES ($1, 'a/happened', '{}')`, [randomUUID()]);
      expect(await heard).toMatchObject({ channel: "executor", payload: "outbox" });
    });
  });
});
