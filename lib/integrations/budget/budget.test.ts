import { describe, expect, it } from "vitest";
import { storeShared } from "@/lib/connections/store-shared";
import { prisma, transaction } from "@/lib/db/client";
import { OutboundError } from "@/lib/http/outcome";
import type { Budget } from "@/lib/http/transport";
import { makeAdmin } from "@/lib/workspaces/test-people";
import { showBudget } from "./show-budget";
import { makeCredential, openBudget, type TestCredential } from "./test-scene";

const read = { method: "GET", path: "/issues", isWrite: false, deadlineMs: 10_000 };
const write = { ...read, method: "POST", isWrite: true };
const in1h = () => Math.floor(Date.now() / 1000) + 3_600;

const answer = (headers: Record<string, string>, status = 200, body = "") => ({
  status,
  headers: new Headers(headers),
  text: () => body,
});
const announcing = (remaining: number, reset = in1h(), more: Record<string, string> = {}) =>
  answer({ "x-limit": "100", "x-remaining": String(remaining), "x-reset": String(reset), ...more });

async function call(budget: Budget, end: Parameters<Awaited<ReturnType<Budget["acquire"]>>["settle"]>[0], what = read) {
  await (await budget.acquire(what)).settle(end);
}
const refusalOf = async (budget: Budget, what = read): Promise<OutboundError> => {
  const error = await budget.acquire(what).then(
    () => expect.fail("it got leave"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof OutboundError)) throw error;
  return error;
};
const windowOf = ({ connectionId }: TestCredential, bucket = "core") =>
  prisma.rateWindow.findUnique({ where: { connectionId_bucket: { connectionId, bucket } } });
const waitOf = ({ retryAt }: OutboundError) => (retryAt?.getTime() ?? Number.NaN) - Date.now();

describe("what answers say", () => {
  it("[K4] counts calls that have left, and an older answer that comes late gives none of them back", async () => {
    const credential = await makeCredential();
    const budget = openBudget({ credential });
    const reset = in1h();
    await call(budget, announcing(50, reset));
    const [early, late] = [await budget.acquire(read), await budget.acquire(read)];
    expect((await windowOf(credential))?.remaining).toBe(48);
    await late.settle(announcing(40, reset));
    await early.settle(announcing(49, reset));
    expect((await windowOf(credential))?.remaining).toBe(40);
    await call(budget, announcing(70, reset - 1)); // the same window, named with a second's play
    expect((await windowOf(credential))?.remaining).toBe(39);
    await call(budget, announcing(5, reset - 600)); // an earlier window
    expect((await windowOf(credential))?.remaining).toBe(38);
    await call(budget, announcing(99, reset + 600)); // the next one
    expect((await windowOf(credential))?.remaining).toBe(99);
  });

  it("[K4] gives back what a call took that never left", async () => {
    const credential = await makeCredential();
    const budget = openBudget({ credential });
    await call(budget, announcing(50));
    await call(budget, "not_sent");
    expect((await windowOf(credential))?.remaining).toBe(50);
    await call(budget, "lost");
    expect((await windowOf(credential))?.remaining).toBe(49);
  });

  it("[K4] reads the end of a window by the tracker's own clock", async () => {
    const credential = await makeCredential();
    const date = new Date(Date.now() + 86_400_000);
    const reset = Math.floor(date.getTime() / 1000) + 600;
    await call(openBudget({ credential }), announcing(0, reset, { date: date.toUTCString() }));
    const waitMs = waitOf(await refusalOf(openBudget({ credential })));
    expect(waitMs).toBeGreaterThan(599_000);
    expect(waitMs).toBeLessThan(604_000);
  });

  it("[K4] follows a tracker whose clock was put back, when the limit that it had named is over", async () => {
    const credential = await makeCredential();
    const budget = openBudget({ credential });
    const date = new Date(Date.now() + 365 * 86_400_000);
    await call(budget, announcing(9, Math.floor(date.getTime() / 1000) + 600, { date: date.toUTCString() }));
    const { connectionId } = credential;
    const over = new Date(Date.now() - 120_000);
    await prisma.rateWindow.updateMany({ where: { connectionId }, data: { resetAt: over, seenAt: over } });
    await call(budget, announcing(0));
    expect(await refusalOf(budget)).toMatchObject({ kind: "tracker_rate_limited" });
    expect(await windowOf(credential)).toMatchObject({ remaining: 0, limit: 100 });
  });

  it("[K4] keeps a handful of limits, however many a tracker names", async () => {
    const credential = await makeCredential();
    const budget = openBudget({ credential });
    for (let n = 0; n < 60; n++) await call(budget, announcing(50, in1h(), { "x-bucket": `b${n}` }));
    expect(await prisma.rateWindow.count({ where: { connectionId: credential.connectionId } })).toBeLessThan(25);
    await call(budget, announcing(40));
    expect((await windowOf(credential))?.remaining).toBe(40);
  });

  it("[K4] counts each of several limits for itself", async () => {
    const credential = await makeCredential();
    const budget = openBudget({ credential });
    const search = { ...read, path: "/search/issues" };
    await call(budget, announcing(0, in1h(), { "x-bucket": "search" }), search);
    expect(await refusalOf(budget, search)).toMatchObject({ kind: "tracker_rate_limited", outcome: "refused" });
    await call(budget, announcing(70));
    expect([(await windowOf(credential))?.remaining, (await windowOf(credential, "search"))?.remaining]).toEqual([
      70, 0,
    ]);
  });

  it.each([
    ["nothing", {}],
    ["no reset", { "x-limit": "100", "x-remaining": "0" }],
    ["a negative rest", { "x-limit": "100", "x-remaining": "-1", "x-reset": String(in1h()) }],
    ["more than all", { "x-limit": "100", "x-remaining": "101", "x-reset": String(in1h()) }],
    ["words", { "x-limit": "many", "x-remaining": "few", "x-reset": "soon" }],
    ["a reset in the past", { "x-limit": "100", "x-remaining": "0", "x-reset": "1" }],
    ["a reset in the far future", { "x-limit": "100", "x-remaining": "0", "x-reset": "99999999999" }],
  ])("[K4] lets calls pass when an answer announces %s", async (_, headers) => {
    const credential = await makeCredential();
    const budget = openBudget({ credential });
    await call(budget, answer(headers));
    expect(await windowOf(credential)).toBeNull();
    await call(budget, answer(headers));
  });

  it.each([
    ["an absurd Retry-After", { "retry-after": "999999999999" }, 24 * 3_600_000],
    ["a Retry-After of the year 9999", { "retry-after": "Fri, 31 Dec 9999 23:59:59 GMT" }, 24 * 3_600_000],
    ["a spent limit without an end", { "x-limit": "9", "x-remaining": "0", "x-reset": "99999999999" }, 24 * 3_600_000],
    ["a negative Retry-After", { "retry-after": "-5" }, 60_000],
    ["an empty Retry-After", { "retry-after": "" }, 60_000],
    ["a Retry-After in the past", { "retry-after": "Sun, 06 Nov 1994 08:49:37 GMT" }, 60_000],
    ["no Retry-After", {}, 60_000],
  ])("[K4] after a 429 with %s it waits a while, but no longer than a day", async (_, headers, expectedMs) => {
    const credential = await makeCredential();
    await call(openBudget({ credential }), answer(headers, 429));
    const waitMs = waitOf(await refusalOf(openBudget({ credential })));
    expect(waitMs).toBeGreaterThan(expectedMs - 1_000);
    expect(waitMs).toBeLessThan(expectedMs + 3_000);
  });

  it("[K4] waits twice as long after each refusal that does not say how long", async () => {
    const credential = await makeCredential();
    const budget = openBudget({ credential });
    const waits: number[] = [];
    for (let i = 0; i < 3; i++) {
      await call(budget, answer({}, 403, "secondary"));
      waits.push(Math.round(waitOf(await refusalOf(budget)) / 60_000));
      await prisma.rateBudget.updateMany({
        where: { connectionId: credential.connectionId },
        data: { blockedUntil: null },
      });
    }
    expect(waits).toEqual([1, 2, 4]);
    await call(budget, announcing(50));
    await call(budget, answer({}, 429));
    expect(Math.round(waitOf(await refusalOf(budget)) / 60_000)).toBe(1);
  });

  it("[K4] honours a Retry-After on a success, and not one on a redirect", async () => {
    const [asked, redirected] = [await makeCredential(), await makeCredential()];
    await call(openBudget({ credential: asked }), answer({ "retry-after": "30" }));
    await refusalOf(openBudget({ credential: asked }));
    await call(openBudget({ credential: redirected }), answer({ "retry-after": "30" }, 301));
    await call(openBudget({ credential: redirected }), "lost");
  });

  it("[K4] another credential is not held up, nor is the one that takes its place", async () => {
    const [spent, other] = [await makeCredential(), await makeCredential()];
    await call(openBudget({ credential: spent }), answer({ "retry-after": "3600" }, 429));
    await call(openBudget({ credential: other }), announcing(5));
    await refusalOf(openBudget({ credential: spent }));

    const account = { remoteId: "1", name: "new", displayName: "New", url: "https://example.com/new" };
    const probe = { account, scopesFound: [], scopesMissing: [], rateLimit: null, apiVersion: null, clockSkewMs: null };
    const { workspaceId, integrationId } = spent;
    await transaction((tx) =>
      storeShared(tx, { workspaceId, integrationId }, { type: "pat", values: { token: "another" } }, probe),
    );
    await call(openBudget({ credential: spent }), announcing(5));
  });
});

describe("who goes first", () => {
  it("[K4] keeps the last tenth of a limit for people", async () => {
    const credential = await makeCredential();
    await call(openBudget({ credential }), announcing(11));
    await call(openBudget({ credential, priority: "bulk" }), "lost");
    const kept = await refusalOf(openBudget({ credential, priority: "bulk" }));
    expect(kept).toMatchObject({ kind: "tracker_rate_limited", message: expect.stringContaining("kept for people") });
    expect(waitOf(kept)).toBeGreaterThan(3_590_000);
    await call(openBudget({ credential }), announcing(9));
  });

  it("[K4] after a reset no more leave than the limit has, until an answer says how it is", async () => {
    const credential = await makeCredential();
    await call(openBudget({ credential }), answer({ "x-limit": "3", "x-remaining": "0", "x-reset": String(in1h()) }));
    const past = new Date(Date.now() - 1_000);
    await prisma.rateWindow.updateMany({
      where: credentialOf(credential),
      data: { resetAt: past, seenAt: new Date(0) },
    });
    const permits = await Promise.all([1, 2, 3].map(() => openBudget({ credential }).acquire(read)));
    const short = { ...read, deadlineMs: 200 };
    expect(await refusalOf(openBudget({ credential }), short)).toMatchObject({ kind: "tracker_rate_limited" });
    await permits[0]?.settle(answer({ "x-limit": "3", "x-remaining": "2", "x-reset": String(in1h() + 3_600) }));
    // Two of the three have not been counted by the tracker yet; they are spent all the same.
    expect((await windowOf(credential))?.remaining).toBe(0);
  });

  it("[K4] [G3] spreads those who were held back, one behind the other", async () => {
    const credential = await makeCredential();
    const pauseMs = 1_000;
    await call(openBudget({ credential, pauseMs }), answer({ "retry-after": "60" }, 429), write);
    const waits: number[] = [];
    for (let i = 0; i < 5; i++) waits.push(waitOf(await refusalOf(openBudget({ credential, pauseMs }), write)));
    const gaps = waits.slice(1).map((waitMs, index) => waitMs - (waits[index] ?? 0));
    expect(Math.min(...waits)).toBeGreaterThan(59_000);
    expect(Math.min(...gaps)).toBeGreaterThan(pauseMs - 200);
  });

  it("[K4] a short wait is waited where one stands, reads do not stand in the line of writes", async () => {
    const credential = await makeCredential();
    const pauseMs = 300;
    const budget = openBudget({ credential, pauseMs });
    await call(budget, announcing(50), write);
    const startedAt = performance.now();
    await call(budget, announcing(49), read);
    expect(performance.now() - startedAt).toBeLessThan(250);
    await call(budget, announcing(48), write);
    expect(performance.now() - startedAt).toBeGreaterThan(150);
  });

  it("[K4] a credential that was deleted meanwhile is nobody's budget", async () => {
    const credential = await makeCredential();
    await prisma.connection.delete({ where: { id: credential.connectionId } });
    await call(openBudget({ credential }), announcing(5));
    expect(await prisma.rateBudget.count({ where: credentialOf(credential) })).toBe(0);
  });
});

describe("what the page shows", () => {
  it("[K4] is what is left, until when silence is kept, and nothing of another workspace", async () => {
    const [admin, stranger] = [await makeAdmin(), await makeAdmin()];
    const credential = await makeCredential(admin);
    await call(openBudget({ credential }), announcing(40));
    await call(openBudget({ credential }), answer({ "retry-after": "600" }, 429));
    const shown = await showBudget(admin, credential.integrationId);
    expect(shown).toMatchObject({
      waiting: { creations: 0, until: null },
      credentials: [{ bulkUntil: null, windows: [{ bucket: "core", limit: 100, remaining: 39 }] }],
    });
    expect(Date.parse(shown.credentials[0]?.blockedUntil ?? "") - Date.now()).toBeGreaterThan(590_000);

    const later = await showBudget(admin, credential.integrationId, new Date(Date.now() + 2 * 3_600_000));
    expect(later.credentials[0]).toMatchObject({ blockedUntil: null, windows: [{ remaining: 100, resetAt: null }] });
    await expect(showBudget(stranger, credential.integrationId)).rejects.toMatchObject({ kind: "not_found" });
  });
});

const credentialOf = ({ connectionId }: TestCredential) => ({ connectionId });
