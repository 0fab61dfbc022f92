import { describe, expect, it } from "vitest";
import { pool, prisma } from "@/lib/db/client";
import { lowestIdAt, newId } from "@/lib/db/ids";
import { env } from "@/lib/env";
import { createTransport } from "@/lib/http/transport";
import { makeAdmin } from "@/lib/workspaces/test-people";
import { serveTracker } from "./budget/test-scene";
import { type CallsFilter, readCallsFilter } from "./calls-filter";
import { listCalls } from "./list-calls";
import { pruneCalls } from "./prune-calls";
import { recordCalls } from "./record-call";

const day = 24 * 3_600_000;

async function makeIntegration() {
  const admin = await makeAdmin();
  const base = { workspaceId: admin.workspaceId, provider: "github", baseUrl: "https://example.com", authType: "pat" };
  const { id } = await prisma.integration.create({
    data: { ...base, id: newId(), name: "T", createdById: admin.userId },
  });
  return { admin, id, owner: { workspaceId: admin.workspaceId, integrationId: id, connectionId: null } };
}
type Made = Awaited<ReturnType<typeof makeIntegration>>;

/** A row as a call of so long ago would have left it: its id carries its time. */
const add = ({ owner }: Made, agoMs: number, more: { status?: number | null; outcome?: string } = {}) => {
  const createdAt = new Date(Date.now() - agoMs);
  const id = lowestIdAt(createdAt).slice(0, 15) + newId().slice(15);
  const call = { method: "GET", host: "h", pathTemplate: "/", outcome: "accepted", status: 200, durationMs: 1 };
  return prisma.outboundCall.create({ data: { ...call, ...owner, id, createdAt, ...more }, select: { id: true } });
};

describe("the integration log", () => {
  it("[K2] is narrowed by outcome, status and period", async () => {
    const made = await makeIntegration();
    await add(made, 8 * day);
    await add(made, 2 * day, { status: 503, outcome: "unknown" });
    await add(made, day / 2, { status: 404, outcome: "refused" });
    await add(made, 1_000, { status: null, outcome: "unknown" });
    const count = async (filter: CallsFilter) => (await listCalls(made.admin, made.id, filter)).calls.length;

    expect(await count({})).toBe(4);
    expect(await count({ outcome: "unknown" })).toBe(2);
    expect([await count({ status: "2xx" }), await count({ status: "4xx" }), await count({ status: "5xx" })]).toEqual([
      1, 1, 1,
    ]);
    expect((await listCalls(made.admin, made.id, { status: "none" })).calls).toMatchObject([{ status: null }]);
    expect([await count({ period: "hour" }), await count({ period: "day" }), await count({ period: "week" })]).toEqual([
      1, 2, 3,
    ]);
    expect(await count({ outcome: "unknown", status: "5xx", period: "day" })).toBe(0);
  });

  it("[K2] takes a mistyped address as no filter", () => {
    expect(readCallsFilter({ outcome: "x", status: ["2xx"], period: "century", cursor: "'--" })).toEqual({});
    expect(readCallsFilter({ outcome: "refused", status: "4xx" })).toEqual({ outcome: "refused", status: "4xx" });
  });

  it("[K2] keeps no secret of a host, a path, a query, a header or a body", async () => {
    const made = await makeIntegration();
    const secrets = ["ghp_canaryCanaryCanary0123456789", "glpat-canaryCanary0123456789", "canary-of-no-known-shape"];
    const tracker = await serveTracker(() => ({
      status: 200,
      body: secrets.join(),
      headers: { "x-echo": secrets[2] ?? "" },
    }));
    const { fetch } = createTransport({
      policy: { allowPrivate: ["127.0.0.1"] },
      runId: "run",
      deadlineMs: 2_000,
      record: recordCalls(made.owner).record,
    });
    for (const secret of secrets) {
      const init = { method: "POST", body: secret, headers: { authorization: `Bearer ${secret}` } };
      await fetch(`${tracker.url}/${secret}/x?token=${secret}#${secret}`, init);
      await fetch(`${tracker.url}/issues/${encodeURIComponent(`/${secret}`)}`);
      await fetch(`http://${secret}.invalid/x`).catch(() => undefined);
      await fetch(tracker.url.replace("//", `//user:${secret}@`)).catch(() => undefined);
      await fetch(`http://127.0.0.1:1/`, { template: `/repos/${secret}` }).catch(() => undefined);
    }
    tracker.close();

    const { rows } = await pool.query<{ text: string }>(
      `select c::text as text from "OutboundCall" c where "integrationId" = $1`,
      [made.id],
    );
    expect(rows.length).toBeGreaterThan(10);
    // What has the shape of a credential goes from everywhere; the rest never gets in from where only contents stand.
    const log = rows.map(({ text }) => text).join("\n");
    for (const secret of secrets.slice(0, 2)) expect(log.toLowerCase()).not.toContain(secret.slice(-16).toLowerCase());
    expect(log).not.toMatch(/token=|Bearer|x-echo|user:/);
  });

  it("[K2] keeps no token that a server puts where it names the request", async () => {
    const made = await makeIntegration();
    // A classic token of 40 hexadecimal digits has no shape by which it could be recognised.
    const token = "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00";
    const tracker = await serveTracker(() => ({ status: 401, headers: { "x-github-request-id": `id-${token}` } }));
    const { record } = recordCalls(made.owner, [token]);
    await createTransport({ policy: { allowPrivate: ["127.0.0.1"] }, record }).fetch(tracker.url);
    tracker.close();
    const { calls } = await listCalls(made.admin, made.id);
    expect(calls).toMatchObject([{ status: 401, requestId: "id-[redacted]" }]);
  });

  it("[K2] loses what is older than the setting, in batches, and nothing else", async () => {
    const made = await makeIntegration();
    const keptMs = env().FAULTLINE_KEEP_CALLS_DAYS * day;
    const young = [await add(made, keptMs - 60_000), await add(made, 0)];
    await add(made, keptMs + 60_000);
    // More than one batch.
    await pool.query(
      `insert into "OutboundCall" ("id", "workspaceId", "integrationId", "method", "host", "pathTemplate", "outcome", "durationMs")
       select ($3 || lpad(to_hex(n), 12, '0'))::uuid, $1, $2, 'GET', 'h', '/', 'accepted', 1 from generate_series(1, 6000) n`,
      [made.owner.workspaceId, made.id, lowestIdAt(new Date(Date.now() - 2 * keptMs)).slice(0, 24)],
    );
    expect((await pruneCalls()).deleted).toBe(6_001);
    expect((await listCalls(made.admin, made.id)).calls.map(({ id }) => id).sort()).toEqual(
      young.map(({ id }) => id).sort(),
    );
    expect(await pruneCalls()).toEqual({ deleted: 0 });
  });
});
