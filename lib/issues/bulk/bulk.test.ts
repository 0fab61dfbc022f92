import { beforeEach, describe, expect, it, vi } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { mergeGroups } from "@/lib/triage/merge";
import { requestCreation } from "../request-creation";
import { askBulk } from "./ask";
import { cancelBulk } from "./cancel";
import { listBulks } from "./list";
import { retryBulk } from "./retry";
import { startBulk } from "./start";
import { makeNight, workOff } from "./test-night";

vi.hoisted(() => {
  process.env.FAULTLINE_WRITE_PAUSE_MS = "0";
});

type Night = Awaited<ReturnType<typeof makeNight>>;
let night: Night;
beforeEach(async () => {
  night = await makeNight(sandbox, [
    { error: "gateway", count: 3 },
    { error: "ledger", count: 2 },
  ]);
});

const titles = async () =>
  (await sandbox.issues("acme/checkout"))
    .map(({ title }) => title)
    .filter((title) => /gateway|ledger|failures/i.test(title));
const outcomesOf = async (bulkId: string) => (await night.show(bulkId)).items.map(({ outcome }) => outcome);

describe("one job", () => {
  it("[G6] [G3] files each failure once, says what became of each, and is announced in the audit log", async () => {
    const bulkId = await night.start({ labels: ["night"] });
    expect(await outcomesOf(bulkId)).toEqual(Array(5).fill("waiting"));
    await workOff();

    const { bulk, items, next } = await night.show(bulkId);
    expect(next).toBeNull();
    expect(bulk).toMatchObject({ total: 5, isOver: true, leftMs: null, externalProject: "acme/checkout" });
    expect(bulk.counts).toMatchObject({ created: 5, waiting: 0, failed: 0 });
    expect(items.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4]);
    expect(new Set(items.map(({ issue }) => issue?.key)).size).toBe(5);
    expect(await titles()).toHaveLength(5);
    const links = await prisma.issueLink.findMany({ where: { projectId: night.projectId, coversGroup: false } });
    expect(links.map(({ resultId }) => resultId).sort()).toEqual([...night.resultIds].sort());
    expect(night.posts()).toMatchObject(Array(5).fill({ body: { labels: expect.arrayContaining(["night"]) } }));
    const audited = await prisma.auditEntry.findMany({ where: { subjectId: bulkId } });
    expect(audited).toMatchObject([{ action: "bulk.requested", after: { issues: 5, run: 2, mode: "separate" } }]);
    expect((await prisma.bulkCreation.findUniqueOrThrow({ where: { id: bulkId } })).askedAt).not.toBeNull();
    expect(await listBulks(night.member, { runId: night.runId, limit: 20 })).toMatchObject({ bulks: [{ id: bulkId }] });
  });

  it("[G6] [J1] files one issue per problem, which covers it in later runs too", async () => {
    const bulkId = await night.start({ mode: "per_group" });
    await workOff();
    const { items } = await night.show(bulkId);
    expect(items).toMatchObject([
      {
        outcome: "created",
        groupId: night.groupOf("gateway"),
        title: "gatewayError: the gateway did not answer in 1 ms (3 failures)",
      },
      { outcome: "created", groupId: night.groupOf("ledger") },
    ]);
    const covering = await prisma.issueLink.findMany({ where: { projectId: night.projectId, coversGroup: true } });
    expect(covering.map(({ groupId }) => groupId).sort()).toEqual(["gateway", "ledger"].map(night.groupOf).sort());
    expect(await night.plan()).toMatchObject({ issues: { separate: 0, per_group: 0 }, leftOut: { existing: 5 } });
  });

  it("[G6] files one issue for all: problems with their counts, stacks of the first, every failure linked", async () => {
    const bulkId = await night.start({ mode: "combined" });
    await workOff();
    const { items } = await night.show(bulkId);
    expect(items).toMatchObject([{ outcome: "created", title: "5 failures in run #2", results: 5 }]);
    const [{ body = "" } = {}] = (await sandbox.issues("acme/checkout")).filter(({ title }) =>
      title.includes("failures in"),
    );
    expect(body).toMatch(/GatewayError: no answer *\| *3/);
    expect(body).toMatch(/LedgerError: no answer *\| *2/);
    expect(body).toContain("gatewayClient.call");
    const links = await prisma.issueLink.count({
      where: { projectId: night.projectId, resultId: { in: night.resultIds } },
    });
    expect(links).toBe(5);
  });

  it("[G6] one issue for chosen problems covers each of them", async () => {
    const groupIds = ["gateway", "ledger"].map(night.groupOf);
    const bulkId = await night.start({ mode: "combined", selection: { groupIds } });
    await workOff();
    expect((await night.show(bulkId)).items).toMatchObject([{ outcome: "created", groups: 2 }]);
    const covering = await prisma.issueLink.findMany({ where: { projectId: night.projectId, coversGroup: true } });
    expect(covering.map(({ groupId }) => groupId).sort()).toEqual([...groupIds].sort());
    expect(await titles()).toHaveLength(1);
  });

  it("[G3] a repeated request is the same job, and so is a repeated step", async () => {
    const id = newId();
    const [one, other] = await Promise.all(
      [1, 2].map(() => startBulk(night.member, night.inputOf(), id).catch(() => null)),
    );
    expect([one?.id, other?.id]).toContain(id);
    expect(await startBulk(night.member, night.inputOf(), id)).toEqual({ id, total: 5 });
    await Promise.all([askBulk(id), askBulk(id), askBulk(id)]);
    await askBulk(id);
    await workOff();
    expect(await outcomesOf(id)).toEqual(Array(5).fill("created"));
    expect(await titles()).toHaveLength(5);
    expect(await prisma.issueCreation.count({ where: { projectId: night.projectId } })).toBe(5);
  });

  it("[G3] whoever asked for one of them meanwhile is joined, and what was filed meanwhile is not filed again", async () => {
    const bulkId = await night.start();
    const ask = (test: string) =>
      requestCreation(night.owner, {
        ...{ integrationId: night.integrationId, title: `By hand: ${test}`, description: "It fails." },
        resultIds: [night.resultOf(test)],
      });
    await ask("gateway 1");
    await askBulk(bulkId);
    const { items } = await night.show(bulkId);
    expect(items[0]).toMatchObject({ isJoined: true, outcome: "creating" });
    await workOff();
    expect(await outcomesOf(bulkId)).toEqual(Array(5).fill("created"));
    expect(await titles()).toHaveLength(5);

    const again = await makeNight(sandbox, [{ error: "gateway", count: 2 }]);
    const next = await again.start();
    await requestCreation(again.owner, {
      ...{ integrationId: again.integrationId, title: "By hand: gateway", description: "It fails." },
      resultIds: [again.resultOf("gateway 1")],
    });
    await workOff();
    // The creation was done before the job came to it, or was joined by it: either way one issue.
    expect(["exists", "created"]).toContain((await again.show(next)).items[0]?.outcome);
    expect(await titles()).toHaveLength(2);
  });

  it("[G6] refuses to do something else than what was told", async () => {
    const asked = { ...night.inputOf(), expected: 4 };
    await expect(startBulk(night.member, asked)).rejects.toMatchObject({ kind: "conflict" });
    const nothing = night.inputOf({ selection: { resultIds: [newId()] } });
    await expect(startBulk(night.member, nothing)).rejects.toMatchObject({ kind: "invalid_input" });
    expect(await prisma.bulkCreation.count({ where: { projectId: night.projectId } })).toBe(0);
  });
});

describe("what goes wrong", () => {
  it("[G6] one that the tracker refuses fails alone, and Retry tries that one alone", async () => {
    const refuse = () =>
      sandbox.faults.add({
        ...{ method: "POST", path: "/issues$", sent: "gateway 2", mode: "status", status: 422 },
        body: { message: "Validation Failed", errors: [{ resource: "Issue", field: "title", code: "invalid" }] },
      });
    refuse();
    const bulkId = await night.start();
    await workOff();
    const { bulk, items } = await night.show(bulkId);
    expect(bulk.counts).toMatchObject({ created: 4, failed: 1 });
    expect(items.find(({ outcome }) => outcome === "failed")).toMatchObject({ error: { message: expect.any(String) } });
    expect((await night.as().show(bulkId)).bulk.isOver).toBe(true);

    const before = night.posts().length;
    expect(await retryBulk(night.member, bulkId)).toEqual({ retried: 1 });
    await workOff();
    expect(await outcomesOf(bulkId)).toEqual(Array(5).fill("created"));
    expect(night.posts().length).toBe(before + 1);
    expect(await titles()).toHaveLength(5);
    await expect(retryBulk(night.member, bulkId)).rejects.toMatchObject({ kind: "conflict" });
  });

  it("[A4] [G6] whoever lost the right to file in between files nothing more, and is told so on each item", async () => {
    const bulkId = await night.start();
    const { userId, projectId } = night.member;
    await prisma.projectMember.update({ where: { projectId_userId: { projectId, userId } }, data: { role: "VIEWER" } });
    await workOff();
    const { bulk, items } = await night.as(night.owner).show(bulkId);
    expect(bulk.counts).toMatchObject({ failed: 5 });
    expect(items[0]?.error).toMatchObject({ kind: "forbidden" });
    expect(night.posts()).toEqual([]);
    await prisma.projectMember.update({ where: { projectId_userId: { projectId, userId } }, data: { role: "MEMBER" } });
    expect(await retryBulk(night.owner, bulkId)).toEqual({ retried: 5 });
    await workOff();
    expect(await outcomesOf(bulkId)).toEqual(Array(5).fill("created"));
  });

  it("[A4] another workspace's job is not found", async () => {
    const bulkId = await night.start();
    const other = await makeNight(sandbox, [{ error: "gateway", count: 1 }]);
    for (const verb of [cancelBulk, retryBulk, (member: typeof other.member, id: string) => other.as(member).show(id)])
      await expect(verb(other.member, bulkId)).rejects.toMatchObject({ kind: "not_found" });
    expect(await listBulks(other.member, { limit: 20 })).toEqual({ bulks: [], next: null });
  });
});

describe("a problem that changes while its job waits", () => {
  it("[G6] [J1] is filed once when it was merged into another of the job", async () => {
    const bulkId = await night.start({ mode: "per_group" });
    await mergeGroups(night.member, { into: night.groupOf("ledger"), groupIds: [night.groupOf("gateway")] });
    await workOff();
    expect(await outcomesOf(bulkId)).toEqual(Array(2).fill("created"));
    expect(await titles()).toHaveLength(1);
  });

  it("[G6] [J1] is filed by a failure that still is of it when its sample tells of another by now", async () => {
    const bulkId = await night.start({ mode: "per_group" });
    const [{ resultId = "" } = {}] = (await night.show(bulkId)).items;
    const asLedger = await prisma.testResult.findUniqueOrThrow({ where: { id: night.resultOf("ledger 1") } });
    await prisma.testResult.update({ where: { id: resultId }, data: { fingerprint: asLedger.fingerprint } });
    const other = night.resultIds.find((id) => id !== resultId) ?? "";
    const count = { runId: night.runId, resultId };
    await prisma.runFingerprint.updateMany({ where: count, data: { resultId: other, failures: 2 } });
    await workOff();
    const links = await prisma.issueLink.findMany({ where: { projectId: night.projectId } });
    expect(links.map(({ groupId }) => groupId).sort()).toEqual(["gateway", "ledger"].map(night.groupOf).sort());
    expect(links.every(({ coversGroup }) => coversGroup)).toBe(true);
  });

  it("[G6] says so when no failure of the run is of it any more", async () => {
    const bulkId = await night.start({ mode: "per_group" });
    const asLedger = await prisma.testResult.findUniqueOrThrow({ where: { id: night.resultOf("ledger 1") } });
    const gateway = night.resultIds.slice(0, 3);
    await prisma.testResult.updateMany({ where: { id: { in: gateway } }, data: { fingerprint: asLedger.fingerprint } });
    await prisma.runFingerprint.deleteMany({ where: { runId: night.runId, resultId: { in: gateway } } });
    await workOff();
    expect(await outcomesOf(bulkId)).toEqual(["failed", "created"]);
    expect((await night.show(bulkId)).items[0]?.error).toMatchObject({ kind: "conflict" });
    expect(await titles()).toHaveLength(1);
  });
});

describe("two jobs for the same failures", () => {
  const startTwo = async () => {
    const ids = [await night.start(), await night.as(night.owner).start()] as const;
    for (const id of ids) await askBulk(id);
    return ids;
  };

  it("[G3] [G6] file each once, also when the one that asked first is cancelled", async () => {
    const [first, second] = await startTwo();
    expect((await night.show(second)).items.every(({ isJoined }) => isJoined)).toBe(true);
    await expect(cancelBulk(night.member, first)).rejects.toMatchObject({ kind: "conflict" });
    await workOff();
    for (const id of [first, second]) expect(await outcomesOf(id)).toEqual(Array(5).fill("created"));
    expect(await titles()).toHaveLength(5);
  });

  it("[G6] are cancelled both, the one that had joined first", async () => {
    const [first, second] = await startTwo();
    expect(await cancelBulk(night.owner, second)).toEqual({ cancelled: 5 });
    expect(await outcomesOf(first)).toEqual(Array(5).fill("creating"));
    expect(await cancelBulk(night.member, first)).toEqual({ cancelled: 5 });
    await workOff();
    for (const id of [first, second]) expect(await outcomesOf(id)).toEqual(Array(5).fill("cancelled"));
    expect(night.posts()).toEqual([]);
  });

  it("[G6] what was called back all the same is tried again by the one that had joined", async () => {
    const [first, second] = await startTwo();
    // As if it had joined at the very moment of the cancelling, and had not said so yet.
    await prisma.bulkItem.updateMany({ where: { bulkId: second }, data: { state: "waiting" } });
    await cancelBulk(night.member, first);
    await prisma.bulkItem.updateMany({ where: { bulkId: second }, data: { state: "joined" } });
    expect(await outcomesOf(first)).toEqual(Array(5).fill("cancelled"));
    expect(await outcomesOf(second)).toEqual(Array(5).fill("failed"));
    expect(await retryBulk(night.owner, second)).toEqual({ retried: 5 });
    await workOff();
    expect(await outcomesOf(second)).toEqual(Array(5).fill("created"));
    expect(await titles()).toHaveLength(5);
  });
});

it("[G3] [G6] what a person has asked for beside a job is theirs: it goes on when the job is cancelled", async () => {
  const bulkId = await night.start();
  await askBulk(bulkId);
  const byHand = await requestCreation(night.owner, {
    ...{ integrationId: night.integrationId, title: "By hand", description: "It fails." },
    resultIds: [night.resultOf("gateway 1")],
  });
  expect(byHand.outcome).toBe("joined");
  expect(await cancelBulk(night.member, bulkId)).toEqual({ cancelled: 4 });
  await workOff();
  expect((await outcomesOf(bulkId)).sort()).toEqual([...Array(4).fill("cancelled"), "created"]);
  expect(night.posts()).toHaveLength(1);
});

describe("cancelled", () => {
  it("[G6] what failed and waits to be tried again is not tried, and can be later", async () => {
    sandbox.faults.add({ method: "POST", path: "/issues$", sent: "gateway 2", mode: "status", status: 422, body: {} });
    const bulkId = await night.start();
    await workOff();
    await retryBulk(night.member, bulkId);
    const before = night.posts().length;
    expect(await cancelBulk(night.member, bulkId)).toEqual({ cancelled: 1 });
    await workOff();
    expect(night.posts().length).toBe(before);
    expect((await outcomesOf(bulkId)).filter((outcome) => outcome !== "created")).toEqual(["failed"]);
    await retryBulk(night.member, bulkId);
    await workOff();
    expect(await outcomesOf(bulkId)).toEqual(Array(5).fill("created"));
  });

  it("[G6] [G3] nothing that was not sent is sent; what is under way comes to its end", async () => {
    const bulkId = await night.start();
    await askBulk(bulkId);
    const [first] = await prisma.issueCreation.findMany({ where: { bulkId }, orderBy: { id: "asc" } });
    // A call has left for it, and its outcome is not known.
    await prisma.issueCreation.update({
      where: { id: first?.id ?? "" },
      data: { state: "sending", sentAt: new Date(), lastSentAt: new Date() },
    });
    expect(await cancelBulk(night.member, bulkId)).toEqual({ cancelled: 4 });
    expect((await outcomesOf(bulkId)).sort()).toEqual(["cancelled", "cancelled", "cancelled", "cancelled", "creating"]);
    await workOff(2_000).catch(() => {});
    expect(night.posts().length).toBeLessThanOrEqual(1);
    expect(
      await prisma.issueCreationSource.count({ where: { creation: { bulkId, state: "failed" }, finished: false } }),
    ).toBe(0);
    // Their failures are free for somebody else.
    expect((await night.plan()).issues.separate).toBe(4);
    const { cancelledBy } = (await night.show(bulkId)).bulk;
    expect(cancelledBy).toBe(night.member.name);
  });

  it("[G3] an item that was being asked for at that moment is called back", async () => {
    const bulkId = await night.start();
    const [item] = await prisma.bulkItem.findMany({ where: { bulkId }, orderBy: { position: "asc" }, take: 1 });
    await askBulk(bulkId);
    // As if the process had died before it wrote down that it had asked.
    await prisma.bulkItem.update({ where: { id: item?.id ?? "" }, data: { state: "waiting", creationId: null } });
    expect(await cancelBulk(night.member, bulkId)).toEqual({ cancelled: 5 });
    await workOff();
    expect(await outcomesOf(bulkId)).toEqual(Array(5).fill("cancelled"));
    expect(night.posts()).toEqual([]);
    await expect(cancelBulk(night.member, bulkId)).resolves.toEqual({ cancelled: 0 });
  });
});
