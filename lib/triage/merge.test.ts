import { beforeEach, describe, expect, it } from "vitest";
import { pool, prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { getGroup } from "./get-group";
import { groupsInput } from "./inputs";
import { listGroups } from "./list-groups";
import { mergeGroups } from "./merge";
import { importTests, linkNewIssue, makeTriageScene, type TriageScene } from "./testing/scene";
import { readStored } from "./testing/stored";
import { undoChange } from "./undo";

let scene: TriageScene;

beforeEach(async () => {
  scene = await makeTriageScene();
});

const gateway = { name: "pays", type: "GatewayError", message: "the payment gateway did not answer in time" };
const stock = { name: "orders", type: "StockError", message: "warehouse seven has nothing left of it" };
const disk = { name: "saves", type: "DiskError", message: "no space left on the device of the recorder" };

const merge = (into: string, ...groupIds: string[]) => mergeGroups(scene.member, { into, groupIds });
const undo = (changeId: string, by = scene.member) => undoChange(by, changeId);
const stored = () => readStored(scene.projectId);
const conflict = { kind: "conflict" };

describe("a merge of failure groups", () => {
  it("[J1] makes them one problem, in runs that were and in runs to come, with what is new and how old it is", async () => {
    const first = await importTests(scene, [gateway]);
    const { runId, groupOf } = await importTests(scene, [gateway, stock]);
    const into = groupOf("orders");
    await merge(into, groupOf("pays"));
    const { groups, totals } = await listGroups(scene.member, runId, groupsInput.parse({}));
    expect(totals).toMatchObject({ failures: 2, problems: 1, new: 0, known: 1 });
    expect(groups).toMatchObject([{ id: into, failures: 2, spark: [1, 2], firstRun: { id: first.runId } }]);
    const later = await importTests(scene, [gateway]);
    expect(later.groupOf("pays")).toBe(into);
    expect((await getGroup(scene.member, groupOf("pays"))).group.id).toBe(into);
  });

  it("[J1] takes the issues along, each once, and leaves what people have said of the one that stays", async () => {
    const { groupOf, resultOf } = await importTests(scene, [gateway, stock]);
    const [into, other] = [groupOf("pays"), groupOf("orders")];
    const covering = await linkNewIssue(scene, other);
    const ofResult = await linkNewIssue(scene, other, resultOf("orders"));
    await prisma.failureGroup.update({ where: { id: into }, data: { severity: "low", severitySource: "hand" } });
    await prisma.failureGroup.update({
      where: { id: other },
      data: { severity: "critical", severitySource: "hand", assessment: "muted" },
    });
    await merge(into, other);
    const { group } = await getGroup(scene.member, into);
    expect(group.issues.map(({ id }) => id).sort()).toEqual([covering, ofResult].sort());
    expect(group).toMatchObject({ issueCount: 2, severity: "low", severitySource: "hand", assessment: "active" });
    expect(await prisma.issueLink.count({ where: { projectId: scene.projectId } })).toBe(2);
  });

  it("[B7] takes the higher severity that reports tell, says why, and gives it back", async () => {
    const { groupOf } = await importTests(scene, [gateway, { ...stock, properties: { severity: "blocker" } }]);
    const into = groupOf("pays");
    const before = await stored();
    const { changeId } = await merge(into, groupOf("orders"));
    const merged = await getGroup(scene.member, into);
    expect(merged.group).toMatchObject({ severity: "critical", severitySource: "property" });
    expect(merged.history[0]).toMatchObject({ before: "medium", after: "critical", actorId: scene.member.userId });
    await undo(changeId);
    expect(await stored()).toEqual(before);
    expect((await getGroup(scene.member, into)).history.map(({ after }) => after)).toEqual(["medium", "critical"]);
  });

  it("[J1] undone, leaves everything as it was", async () => {
    const { groupOf, resultOf } = await importTests(scene, [gateway, stock, disk]);
    await importTests(scene, [{ ...disk, message: `${disk.message} again` }]);
    await linkNewIssue(scene, groupOf("pays"));
    await linkNewIssue(scene, groupOf("orders"));
    await linkNewIssue(scene, groupOf("orders"), resultOf("orders"));
    await prisma.failureGroup.update({
      where: { id: groupOf("orders") },
      data: { severity: "critical", severitySource: "hand", assessment: "muted" },
    });
    const before = await stored();
    const { changeId } = await merge(groupOf("pays"), groupOf("orders"), groupOf("saves"));
    expect(await stored()).not.toEqual(before);
    await undo(changeId);
    expect(await stored()).toEqual(before);
    const [change] = (await getGroup(scene.member, groupOf("orders"))).changes;
    expect(change).toMatchObject({ id: changeId, kind: "merge", actorName: "MEMBER", undoneAt: expect.any(String) });
    await expect(undo(changeId)).rejects.toMatchObject(conflict);
  });

  it("[J1] undone after imports, parts what came since by what it is most like, and issues by their results", async () => {
    const { groupOf } = await importTests(scene, [gateway, stock]);
    const [into, other] = [groupOf("pays"), groupOf("orders")];
    const { changeId } = await merge(into, other);
    const nearly = { ...stock, name: "orders more", message: `${stock.message} today` };
    const also = { ...gateway, name: "pays more", message: `${gateway.message} today` };
    const later = await importTests(scene, [gateway, stock, nearly, also]);
    expect([nearly.name, also.name].map(later.groupOf)).toEqual([into, into]);
    const [ofStock, ofGateway] = [
      await linkNewIssue(scene, into, later.resultOf("orders more")),
      await linkNewIssue(scene, into, later.resultOf("pays")),
    ];
    const covering = await linkNewIssue(scene, into);
    await undo(changeId);
    const groupOfNow = async (name: string) => (await importTests(scene, [gateway, stock, nearly, also])).groupOf(name);
    expect(await groupOfNow("orders more")).toBe(other);
    expect(await groupOfNow("pays more")).toBe(into);
    const groupOfIssue = async (issueId: string) =>
      (await prisma.issueLink.findFirstOrThrow({ where: { issueId } })).groupId;
    expect(await groupOfIssue(ofStock)).toBe(other);
    expect(await groupOfIssue(ofGateway)).toBe(into);
    expect(await groupOfIssue(covering)).toBe(into);
    const { group } = await getGroup(scene.member, other);
    expect(group.firstRun.number).toBe(1);
    expect(await prisma.failureGroup.findUnique({ where: { id: other } })).toMatchObject({ mergedIntoId: null });
  });

  it("[J1] with a later one on top is not undone before that", async () => {
    const { groupOf } = await importTests(scene, [gateway, stock, disk]);
    const first = await merge(groupOf("orders"), groupOf("pays"));
    const second = await merge(groupOf("saves"), groupOf("orders"));
    const before = await stored();
    await expect(undo(first.changeId)).rejects.toMatchObject({
      ...conflict,
      message: expect.stringContaining("merged afterwards by MEMBER"),
    });
    expect(await stored()).toEqual(before);
    await undo(second.changeId);
    await undo(first.changeId);
  });

  it("[J1] by two people at once, each into the other, happens once; the other is told", async () => {
    const { groupOf } = await importTests(scene, [gateway, stock]);
    const [a, b] = [groupOf("pays"), groupOf("orders")];
    for (let round = 0; round < 5; round++) {
      const done = await Promise.allSettled([merge(a, b), merge(b, a)]);
      const [won, ...more] = done.flatMap((one) => (one.status === "fulfilled" ? one.value : []));
      const lost = done.flatMap((one) => (one.status === "rejected" ? one.reason : []));
      expect([more, lost]).toMatchObject([[], [{ ...conflict, message: expect.stringContaining("has been merged") }]]);
      const rows = await prisma.failureGroup.findMany({
        where: { id: { in: [a, b] } },
        select: { mergedIntoId: true },
      });
      expect(rows.filter(({ mergedIntoId }) => mergedIntoId !== null)).toHaveLength(1);
      await undo(won?.changeId ?? "");
    }
  });

  it("[J1] beside imports of the same failures neither waits for ever nor loses one", async () => {
    const { groupOf } = await importTests(scene, [gateway, stock, disk]);
    const [a, b] = [groupOf("pays"), groupOf("orders")];
    const imports = Array.from({ length: 6 }, (_, index) =>
      importTests(scene, [gateway, stock, { ...disk, message: `${disk.message} ${"x".repeat(index + 1)}` }], {
        run: `ci-${index % 2}`,
      }),
    );
    const changes = (async () => {
      for (let round = 0; round < 4; round++) await undo((await merge(a, b)).changeId);
    })();
    await Promise.all([...imports, changes]);
    const { rows } = await pool.query(
      `select (select sum(failures + flaky) from "RunFingerprint" where "projectId" = $1)::int as counted,
         (select count(*) from "TestResult" where "projectId" = $1 and fingerprint is not null)::int as failed,
         (select count(*) from "TestResult" r where "projectId" = $1 and fingerprint is not null and not exists (
            select from "Fingerprint" f where f."projectId" = $1 and f.hash = r.fingerprint))::int as lost`,
      [scene.projectId],
    );
    expect(rows[0]).toEqual({ counted: rows[0].failed, failed: rows[0].failed, lost: 0 });
    const last = await importTests(scene, [gateway, stock]);
    expect([last.groupOf("pays"), last.groupOf("orders")]).toEqual([a, b]);
  });

  it("[J1] leaves who did it, and is not for groups of others, absent ones or itself", async () => {
    const { groupOf } = await importTests(scene, [gateway, stock]);
    const { changeId } = await merge(groupOf("pays"), groupOf("orders"), groupOf("orders"), groupOf("pays"));
    const audited = await prisma.auditEntry.findMany({
      where: { projectId: scene.projectId, action: { startsWith: "group." } },
    });
    expect(audited).toMatchObject([
      { action: "group.merged", subjectId: groupOf("pays"), actorId: scene.member.userId },
    ]);
    const other = await makeTriageScene();
    const theirs = await importTests(other, [gateway]);
    for (const id of [newId(), "x", theirs.groupOf("pays")]) {
      await expect(merge(groupOf("pays"), id)).rejects.toMatchObject({ kind: "not_found" });
      await expect(merge(id, groupOf("pays"))).rejects.toMatchObject({ kind: "not_found" });
    }
    await expect(merge(groupOf("pays"), groupOf("pays"))).rejects.toMatchObject({ kind: "invalid_input" });
    for (const id of [newId(), "x"]) await expect(undo(id)).rejects.toMatchObject({ kind: "not_found" });
    await expect(undo(changeId, other.member)).rejects.toMatchObject({ kind: "not_found" });
  });
});
