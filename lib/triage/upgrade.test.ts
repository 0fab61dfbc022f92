import { createHash } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { runUntilIdle } from "@/inngest/embedded/testing";
import { upgradeFingerprints } from "@/inngest/functions/upgrade-fingerprints";
import type { Member } from "@/lib/auth/member";
import { pool, prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { log } from "@/lib/log";
import { type Algorithm, algorithm } from "./algorithm";
import type { Fingerprint } from "./fingerprint/types";
import { foldEarlier } from "./fold-earlier";
import { mostCarried } from "./store-groups";
import {
  checkFolded,
  failed,
  groupRows,
  groupsOf,
  importXml,
  makeProject,
  passed,
  suiteOf,
} from "./testing/import-xml";
import { carrySome } from "./upgrade";

let member: Member;

beforeEach(async () => {
  member = await makeProject();
});

/** The next version: other hashes and other bands of everything, so that nothing is found again by itself. */
function versionOf(version: number, change: (fingerprint: Fingerprint) => unknown = ({ parts }) => parts): Algorithm {
  const again = (made: Fingerprint): Fingerprint => {
    // What was seen around a failure is no part of what it is.
    const { seen: _, ...parts } = made.parts;
    const fingerprint = { ...made, parts };
    const hex = createHash("sha256")
      .update(`${version} ${JSON.stringify(change(fingerprint))}`)
      .digest("hex");
    const hash = hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
    return { ...fingerprint, hash, bands: fingerprint.bands.map((band) => (band ^ (version * 7919)) | 0) };
  };
  return {
    ...algorithm,
    version,
    similarity: (a, b) =>
      a.type === b.type && a.message === b.message && String(a.frames) === String(b.frames) ? 1 : 0,
    fingerprint: (failure) => again(algorithm.fingerprint(failure)),
    refine: (base, keep, failure, place) =>
      again(algorithm.refine({ ...base, bands: algorithm.fingerprint(failure).bands }, keep, failure, place)),
  };
}

const next = versionOf(algorithm.version + 1);
const texts = ["gateway is gone", "no article in stock", "card was declined"];
const report = suiteOf(...texts.flatMap((text) => [failed(`${text} a`, text), failed(`${text} b`, text)]), passed("x"));

async function carryAll(to: Algorithm) {
  while (await carrySome(to));
}

describe("a new version of the algorithm", () => {
  it("[J1] finds every problem again: none is new, and what people thought of it stays", async () => {
    await importXml(member, report);
    const [group] = (await groupRows(member)).groups;
    const standing = { assessment: "muted", severity: "critical", severitySource: "hand" } as const;
    await prisma.failureGroup.update({ where: { id: group?.id ?? "" }, data: standing });
    const issue = await prisma.issue.create({
      data: { workspaceId: member.workspaceId, title: "Gone", state: "open", category: "open" },
    });
    const { workspaceId, projectId } = member;
    await prisma.issueLink.create({
      data: { workspaceId, projectId, issueId: issue.id, groupId: group?.id ?? null, coversGroup: true },
    });
    const before = await groupRows(member);

    await carryAll(next);
    const { run } = await importXml(member, report, {}, next);
    const after = await groupRows(member);
    expect(after.groups.map(({ id }) => id)).toEqual(before.groups.map(({ id }) => id));
    expect(await groupsOf(run.id)).toMatchObject(texts.map(() => ({ isNew: false, failures: 2 })));
    await checkFolded(run.id, next);
    expect(await prisma.failureGroup.findUnique({ where: { id: group?.id ?? "" } })).toMatchObject(standing);
    expect(await prisma.issueLink.findFirst({ where: { issueId: issue.id } })).toMatchObject({ groupId: group?.id });
    expect(after.fingerprints.filter(({ joinedBy }) => joinedBy === "upgrade")).toHaveLength(3);
  });

  it("[J1] finds them again in an import that comes before the job", async () => {
    await importXml(member, report);
    const { run } = await importXml(member, report, {}, next);
    expect(await groupsOf(run.id)).toMatchObject(texts.map(() => ({ isNew: false })));
    expect((await groupRows(member)).groups).toHaveLength(3);
  });

  it("[J1] finds them again however many an import that comes before the job meets", { timeout: 90_000 }, async () => {
    const many = mostCarried + 20;
    const word = (index: number) => [...String(index)].map((digit) => "abcdefghij"[Number(digit)]).join("");
    const all = suiteOf(
      ...Array.from({ length: many }, (_, n) => failed(`t${n}`, `${word(n)} is ${word(n * 7)} gone`)),
    );
    await importXml(member, all);
    const before = (await groupRows(member)).groups.map(({ id }) => id);
    const { run } = await importXml(member, all, {}, next);
    expect((await groupsOf(run.id)).filter(({ isNew }) => isNew)).toEqual([]);
    expect((await groupRows(member)).groups.map(({ id }) => id)).toEqual(before);
  });

  it("[J1] is carried to once, whoever asks again", async () => {
    await importXml(member, report);
    await carryAll(next);
    const before = await groupRows(member);
    expect(await carrySome(next)).toBe(false);
    await prisma.fingerprint.updateMany({ where: { projectId: member.projectId }, data: { carriedTo: 0 } });
    await carryAll(next);
    expect(await groupRows(member)).toEqual(before);
  });

  it("[J1] that tells less apart keeps what it finds where it was, and says so", async () => {
    const told = vi.spyOn(log, "info");
    const coarse = versionOf(algorithm.version + 1, () => "all the same");
    await importXml(member, report);
    await carryAll(coarse);
    const { fingerprints, groups } = await groupRows(member);
    expect(groups).toHaveLength(3);
    expect(fingerprints).toHaveLength(4);
    expect(told.mock.calls.filter(([, sentence]) => String(sentence).includes("another's"))).toHaveLength(2);
    told.mockRestore();
    expect(await carrySome(coarse)).toBe(false);
  });

  it("[J1] that tells more apart finds both halves in the problem that they were", async () => {
    await importXml(member, suiteOf(failed("a", "order 500 is missing"), failed("b", "order 404 is missing")));
    const fine: Algorithm = {
      ...next,
      fingerprint: (failure) => versionOf(next.version, ({ parts }) => [parts, failure.message]).fingerprint(failure),
    };
    await carryAll(fine);
    const xml = suiteOf(failed("a", "order 500 is missing"), failed("c", "order 404 is missing"));
    const { run } = await importXml(member, xml, {}, fine);
    expect(await groupsOf(run.id)).toMatchObject([{ failures: 2, isNew: false }]);
  });

  it("[J1] goes by what failures say now, not by what a result said before another attempt", async () => {
    const of = (text: string) => suiteOf(failed("a", text), failed("z", "something else"));
    await importXml(member, of("gateway is gone"), { run: "ci" });
    const before = (await groupRows(member)).fingerprints;
    await importXml(member, of("card was declined"), { run: "ci", attempt: 2 });
    await carryAll(next);
    const { run } = await importXml(member, suiteOf(failed("a", "card was declined")), {}, next);
    const [group] = await groupsOf(run.id);
    expect(before.map(({ groupId }) => groupId)).not.toContain(group?.id);
  });

  it("[J1] leaves told apart what people have told apart", async () => {
    const missing = (name: string, code: number) => failed(name, `order ${code} is missing`);
    const base = algorithm.fingerprint({ type: "Oops", message: "order 1 is missing", stack: null });
    const { workspaceId, projectId } = member;
    await importXml(member, suiteOf(missing("a", 500), missing("b", 404)));
    await prisma.fingerprintMask.create({
      data: { workspaceId, projectId, hash: base.hash, keep: { kind: "value", index: 0 }, createdById: newId() },
    });
    const xml = suiteOf(missing("a", 500), missing("b", 404));
    const first = await importXml(member, xml);
    const [one, other] = await groupsOf(first.run.id);
    // As a split leaves it: one of the values stays with what was there before. It is what failed last.
    const { fingerprints } = await groupRows(member);
    const stays = fingerprints.find(({ hash }) => hash === base.hash)?.groupId;
    await prisma.fingerprint.updateMany({ where: { groupId: one?.id ?? "" }, data: { groupId: stays ?? "" } });
    await prisma.failureGroup.update({ where: { id: other?.id ?? "" }, data: { lastSeenAt: new Date(0) } });
    const groups = [stays, other?.id].sort();
    const { run } = await importXml(member, xml, {}, next);
    expect((await groupsOf(run.id)).map(({ id }) => id).sort()).toEqual(groups);
    await checkFolded(run.id, next);
  });

  it("[J1] [A4] stays within the project of each fingerprint", async () => {
    const other = await makeProject();
    await importXml(member, report);
    await importXml(other, report);
    await carryAll(next);
    for (const { projectId } of [member, other]) {
      const { fingerprints, groups } = await groupRows({ projectId });
      expect(fingerprints).toHaveLength(6);
      const own = new Set(groups.map(({ id }) => id));
      expect(fingerprints.filter(({ groupId }) => !own.has(groupId))).toEqual([]);
    }
  });
});

/** As if the run had been imported before there were fingerprints. */
async function forget(...runIds: string[]) {
  await pool.query(`update "TestResult" set fingerprint = null where "runId" = any($1)`, [runIds]);
  await pool.query(`delete from "RunFingerprint" where "runId" = any($1)`, [runIds]);
  await pool.query(`delete from "FailureGroup" where "projectId" = $1`, [member.projectId]);
}

async function foldAll(budgetMs?: number) {
  let turns = 0;
  for (let at = await foldEarlier(null, algorithm, budgetMs); at; at = await foldEarlier(at, algorithm, budgetMs))
    turns++;
  return turns;
}

describe("runs from before there were fingerprints", () => {
  it("[J1] are folded, the oldest first, so that a problem is new where it was", async () => {
    const first = await importXml(member, report, { run: "a" });
    const second = await importXml(member, suiteOf(failed("x", texts[0] ?? ""), failed("y", "only here")));
    await forget(first.run.id, second.run.id);
    await foldAll();
    expect(await groupsOf(first.run.id)).toMatchObject(texts.map(() => ({ isNew: true, failures: 2 })));
    expect((await groupsOf(second.run.id)).map(({ isNew }) => isNew).sort()).toEqual([false, true]);
    await checkFolded(first.run.id);
    await checkFolded(second.run.id);
    const before = await groupRows(member);
    await foldAll();
    expect(await groupRows(member)).toEqual(before);
  });

  it("[J1] are folded whole when a later file has begun to", async () => {
    const { run } = await importXml(member, report, { run: "a" });
    await forget(run.id);
    await importXml(member, suiteOf(failed("late", "late shard")), { run: "a" });
    expect((await groupsOf(run.id)).map(({ failures }) => failures)).toEqual([1]);
    await foldAll();
    expect((await groupsOf(run.id)).map(({ failures }) => failures)).toEqual([2, 2, 2, 1]);
    await checkFolded(run.id);
  });

  it("[J1] make a problem of a newer run known that was new there meanwhile", async () => {
    const { run } = await importXml(member, report);
    await forget(run.id);
    const later = await importXml(member, report);
    expect(await groupsOf(later.run.id)).toMatchObject(texts.map(() => ({ isNew: true })));
    await foldAll();
    expect(await groupsOf(later.run.id)).toMatchObject(texts.map(() => ({ isNew: false })));
    expect(await groupsOf(run.id)).toMatchObject(texts.map(() => ({ isNew: true })));
    const { createdAt } = await prisma.testRun.findUniqueOrThrow({ where: { id: run.id } });
    for (const group of (await groupRows(member)).groups) expect(group.firstSeenAt).toEqual(createdAt);
  });

  it("[J1] are folded by pieces, however little time there is", async () => {
    const runs = [];
    const large = suiteOf(...Array.from({ length: 700 }, (_, index) => failed(`t${index}`, `order ${index} is lost`)));
    for (const xml of [large, report, report]) runs.push((await importXml(member, xml)).run.id);
    await forget(...runs);
    expect(await foldAll(0)).toBeGreaterThanOrEqual(4);
    for (const id of runs) await checkFolded(id);
  });

  it("[J1] [K8] are found by the job, which has nothing to do the next time", async () => {
    const { run } = await importXml(member, report);
    await forget(run.id);
    await pool.query(
      `insert into executor.window (function_id, kind, key, opens_at, due_at)
       values ($1, 'cron', '*/10 * * * *', now() - interval '1 minute', now() - interval '1 minute')`,
      [upgradeFingerprints.id("faultline")],
    );
    const runs = await runUntilIdle([upgradeFingerprints]);
    expect(runs).toMatchObject([{ state: "completed" }]);
    await checkFolded(run.id);
    expect(await groupsOf(run.id)).toMatchObject(texts.map(() => ({ isNew: true })));
  });
});
