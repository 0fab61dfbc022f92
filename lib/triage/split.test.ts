import { beforeEach, describe, expect, it, vi } from "vitest";
import { pool, prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { getGroup } from "./get-group";
import { mergeGroups } from "./merge";
import { lockGroups } from "./place";
import { refineGroup } from "./refine";
import { splitGroup } from "./split";
import { importTests, linkNewIssue, makeTriageScene, type TriageScene } from "./testing/scene";
import { readStored, withoutLed } from "./testing/stored";
import { undoChange } from "./undo";

let scene: TriageScene;

beforeEach(async () => {
  scene = await makeTriageScene();
});

const gateway = { name: "pays", type: "GatewayError", message: "the payment gateway did not answer in time" };
const stock = { name: "orders", type: "StockError", message: "warehouse seven has nothing left of it" };
const stored = async () => withoutLed(await readStored(scene.projectId));
const issueGroup = async (issueId: string) => (await prisma.issueLink.findFirstOrThrow({ where: { issueId } })).groupId;

const hashOf = async (resultId: string) =>
  (await prisma.testResult.findUniqueOrThrow({ where: { id: resultId } })).fingerprint ?? "";

/** Two fingerprints in one group, as an import leaves them that found them alike. */
async function makeTwo() {
  const run = await importTests(scene, [gateway, stock]);
  const [groupId, other] = [run.groupOf("pays"), run.groupOf("orders")];
  await mergeGroups(scene.member, { into: groupId, groupIds: [other] });
  await prisma.groupChange.deleteMany({ where: { projectId: scene.projectId } });
  await prisma.failureGroup.delete({ where: { id: other } });
  return { ...run, groupId, hash: await hashOf(run.resultOf("orders")) };
}

describe("a split of a failure group", () => {
  it("[J1] makes the chosen fingerprints a problem of their own, in runs to come too", async () => {
    const { groupId, hash } = await makeTwo();
    const { created } = await splitGroup(scene.member, groupId, [hash]);
    const later = await importTests(scene, [gateway, stock]);
    expect([later.groupOf("pays"), later.groupOf("orders")]).toEqual([groupId, created[0]]);
    const { group, fingerprints } = await getGroup(scene.member, created[0] ?? "", later.runId);
    expect(group).toMatchObject({
      failures: 1,
      spark: [1, 1],
      isNew: false,
      firstRun: { number: 1 },
      type: "StockError",
    });
    expect(fingerprints).toMatchObject([{ hash, joinedBy: "hand" }]);
  });

  it("[J1] keeps an issue for the whole group there, and sends one for a result along with it", async () => {
    const { groupId, hash, resultOf } = await makeTwo();
    const covering = await linkNewIssue(scene, groupId, resultOf("orders"), true);
    const [ofStock, ofGateway] = [
      await linkNewIssue(scene, groupId, resultOf("orders")),
      await linkNewIssue(scene, groupId, resultOf("pays")),
    ];
    const { created } = await splitGroup(scene.member, groupId, [hash]);
    expect(await Promise.all([covering, ofStock, ofGateway].map(issueGroup))).toEqual([groupId, created[0], groupId]);
  });

  it("[B7] keeps the severity and says where it comes from; what nobody has looked at is not assessed away", async () => {
    const { groupId, hash } = await makeTwo();
    await prisma.failureGroup.update({
      where: { id: groupId },
      data: { severity: "critical", severitySource: "hand", assessment: "muted" },
    });
    const { created } = await splitGroup(scene.member, groupId, [hash]);
    const { group, history } = await getGroup(scene.member, created[0] ?? "");
    expect(group).toMatchObject({ severity: "critical", severitySource: "hand", assessment: "active" });
    expect(history).toMatchObject([
      { after: "critical", source: "hand", detail: expect.stringContaining("split from") },
    ]);
    expect((await getGroup(scene.member, groupId)).group.assessment).toBe("muted");
  });

  it("[J1] undone, leaves everything as it was, and what came since is in the one group", async () => {
    const { groupId, hash, resultOf } = await makeTwo();
    await linkNewIssue(scene, groupId);
    await linkNewIssue(scene, groupId, resultOf("orders"));
    const before = await stored();
    const { changeId, created } = await splitGroup(scene.member, groupId, [hash]);
    await undoChange(scene.member, changeId);
    expect(await stored()).toEqual(before);
    expect((await getGroup(scene.member, created[0] ?? "")).group.id).toBe(groupId);

    const again = await splitGroup(scene.member, groupId, [hash]);
    const later = await importTests(scene, [
      gateway,
      stock,
      { ...stock, name: "more", message: `${stock.message} today` },
    ]);
    expect(later.groupOf("more")).toBe(again.created[0]);
    const issueId = await linkNewIssue(scene, again.created[0] ?? "");
    await undoChange(scene.member, again.changeId);
    const last = await importTests(scene, [{ ...stock, name: "more", message: `${stock.message} today` }]);
    expect([last.groupOf("more"), await issueGroup(issueId)]).toEqual([groupId, groupId]);
  });

  it("[J1] is refused for what is not in the group, for all of it, and for a group that was merged", async () => {
    const { groupId, hash, resultOf } = await makeTwo();
    const split = (id: string, hashes: string[]) => splitGroup(scene.member, id, hashes);
    await expect(split(groupId, [newId()])).rejects.toMatchObject({ kind: "not_found" });
    await expect(split(groupId, [hash, await hashOf(resultOf("pays"))])).rejects.toMatchObject({
      kind: "invalid_input",
    });
    for (const id of [newId(), "x"]) await expect(split(id, [hash])).rejects.toMatchObject({ kind: "not_found" });
    const { created } = await split(groupId, [hash]);
    await mergeGroups(scene.member, { into: groupId, groupIds: created });
    await expect(split(created[0] ?? "", [hash])).rejects.toMatchObject({ kind: "conflict" });
    const other = await makeTriageScene();
    await expect(splitGroup(other.member, groupId, [hash])).rejects.toMatchObject({ kind: "not_found" });
  });
});

const order = (number: number, name = `order ${number}`) => ({
  ...{ name, suite: "orders", type: "OrderError" },
  message: `order ${number} was refused by the gateway`,
});

/** Three failures of order 4711 and one each of two others: one fingerprint. */
async function makeOrders() {
  const names = ["a", "b", "c"].map((name) => order(4711, name));
  const run = await importTests(scene, [...names, order(4712), order(4713)]);
  const groupId = run.groupOf("a");
  const [print, ...more] = (await getGroup(scene.member, groupId)).fingerprints;
  expect(more).toEqual([]);
  const split = print?.splits.find(({ examples }) => examples.includes("4712"));
  if (!print || !split) throw new Error("nothing to tell apart");
  // What a page sends back is what it was given.
  return { ...run, groupId, hash: print.hash, keep: split.keep as { kind: "value"; index: number } };
}

describe("a split of one fingerprint by what varies", () => {
  it("[J1] makes each value a problem, the most frequent one the old; those to come too, and their own ones new", async () => {
    const { groupId, hash, keep, runId } = await makeOrders();
    const done = await refineGroup(scene.member, groupId, { hash, keep });
    expect(done).toMatchObject({ groupId, toldApart: 5, left: 0 });
    expect(done.created).toHaveLength(2);
    const { group, fingerprints } = await getGroup(scene.member, groupId, runId);
    expect(group.failures).toBe(3);
    expect(fingerprints.map(({ failures }) => failures)).toEqual([3, 0]);

    const later = await importTests(scene, [order(4711), order(4712), order(4714)]);
    expect(later.groupOf("order 4711")).toBe(groupId);
    expect(done.created).toContain(later.groupOf("order 4712"));
    const fresh = later.groupOf("order 4714");
    expect([groupId, ...done.created]).not.toContain(fresh);
    const founded = (await getGroup(scene.member, fresh, later.runId)).group;
    expect(founded).toMatchObject({ isNew: true, failures: 1, title: expect.stringContaining("4714") });
    const titles = await prisma.failureGroup.findMany({ where: { id: { in: done.created } }, select: { title: true } });
    expect(titles.map(({ title }) => title.match(/471\d/)?.[0]).sort()).toEqual(["4712", "4713"]);
  });

  it("[J1] by case or by suite works where the text is the same", async () => {
    const same = (name: string, suite: string) => ({ ...gateway, name, suite });
    const { groupOf } = await importTests(scene, [same("a", "one"), same("b", "one"), same("c", "two")]);
    const groupId = groupOf("a");
    const hash = (await getGroup(scene.member, groupId)).fingerprints[0]?.hash ?? "";
    const bySuite = await refineGroup(scene.member, groupId, { hash, keep: { kind: "suite" } });
    expect(bySuite.created).toHaveLength(1);
    await undoChange(scene.member, bySuite.changeId);
    const byCase = await refineGroup(scene.member, groupId, { hash, keep: { kind: "case" } });
    expect(byCase.created).toHaveLength(2);
  });

  it("[J1] undone, leaves everything as it was", async () => {
    const { groupId, hash, keep, resultOf } = await makeOrders();
    await importTests(scene, [order(4711), order(4712), gateway]);
    await linkNewIssue(scene, groupId);
    const ofResult = await linkNewIssue(scene, groupId, resultOf("order 4712"));
    const before = await stored();
    const { changeId, created } = await refineGroup(scene.member, groupId, { hash, keep });
    expect(created).toContain(await issueGroup(ofResult));
    expect(await stored()).not.toEqual(before);
    await undoChange(scene.member, changeId);
    expect(await stored()).toEqual(before);
  });

  it("[J1] undone after imports, folds what came since as if nothing had been", async () => {
    const { groupId, hash, keep } = await makeOrders();
    const { changeId } = await refineGroup(scene.member, groupId, { hash, keep });
    const later = await importTests(scene, [order(4711), order(4714), gateway]);
    const issueId = await linkNewIssue(scene, later.groupOf("order 4714"));
    await undoChange(scene.member, changeId);
    const { group, fingerprints } = await getGroup(scene.member, groupId, later.runId);
    expect(group).toMatchObject({ failures: 2, spark: [5, 2] });
    expect(fingerprints.map((print) => print.hash)).toEqual([hash]);
    expect(await issueGroup(issueId)).toBe(groupId);
    expect((await getGroup(scene.member, later.groupOf("order 4714"))).group.id).toBe(groupId);
    expect((await importTests(scene, [order(4715), gateway])).groupOf("order 4715")).toBe(groupId);
  });

  it("[J1] with a later change on what imports have brought is not undone before that", async () => {
    const { groupId, hash, keep } = await makeOrders();
    const { changeId } = await refineGroup(scene.member, groupId, { hash, keep });
    const later = await importTests(scene, [order(4714), gateway]);
    const merge = await mergeGroups(scene.member, {
      into: later.groupOf("pays"),
      groupIds: [later.groupOf("order 4714")],
    });
    await expect(undoChange(scene.member, changeId)).rejects.toMatchObject({ kind: "conflict" });
    await undoChange(scene.member, merge.changeId);
    await undoChange(scene.member, changeId);
  });

  it("[J1] is refused twice, for a value that is another each time, and for what is not there", async () => {
    const { groupId, hash, keep } = await makeOrders();
    const refine = (id: string, by: string) => refineGroup(scene.member, id, { hash: by, keep });
    await expect(refine(groupId, newId())).rejects.toMatchObject({ kind: "not_found" });
    for (const id of [newId(), "x"]) await expect(refine(id, hash)).rejects.toMatchObject({ kind: "not_found" });
    await importTests(
      scene,
      Array.from({ length: 201 }, (_, index) => order(5000 + index)),
    );
    const before = await stored();
    await expect(refine(groupId, hash)).rejects.toMatchObject({ kind: "invalid_input" });
    expect(await stored()).toEqual(before);
    const bySuite = await refineGroup(scene.member, groupId, { hash, keep: { kind: "suite" } });
    expect(bySuite).toMatchObject({ created: [], toldApart: 206 });
    await expect(refine(groupId, hash)).rejects.toMatchObject({ kind: "conflict" });
  });

  it("[J1] tells apart what an import brings while the stored failures are read", async () => {
    const { groupId, hash, keep } = await makeOrders();
    const holder = await pool.connect();
    await holder.query("begin");
    await lockGroups(holder, scene.member);
    const importing = importTests(scene, [order(4711), order(4712), order(4716)]);
    await untilWaiting(1);
    // It has read what there is and waits behind the import, whose failures it has not seen.
    const refining = refineGroup(scene.member, groupId, { hash, keep });
    await untilWaiting(2);
    await holder.query("commit");
    holder.release();
    await importing;
    expect(await refining).toMatchObject({ toldApart: 8, left: 0 });
    expect(await prisma.testResult.count({ where: { projectId: scene.projectId, fingerprint: hash } })).toBe(0);
    expect((await importTests(scene, [order(4716), gateway])).groupOf("order 4716")).not.toBe(groupId);
  });

  it("[J1] while imports run tells each failure apart, whichever came first", async () => {
    const { groupId, hash, keep } = await makeOrders();
    const imports = [1, 2, 3].map((run) => importTests(scene, [order(4711), order(4712, `run ${run}`)]));
    await Promise.all([...imports, refineGroup(scene.member, groupId, { hash, keep })]);
    expect(await prisma.testResult.count({ where: { projectId: scene.projectId, fingerprint: hash } })).toBe(0);
    const groups = await Promise.all(imports);
    expect(new Set(groups.map(({ groupOf }) => groupOf("order 4711")))).not.toContain(undefined);
    const last = await importTests(scene, [order(4711), order(4712)]);
    expect(last.groupOf("order 4711")).not.toBe(last.groupOf("order 4712"));
  });
});

/** Until so many connections wait for the groups of a project. */
const untilWaiting = (count: number) =>
  vi.waitFor(
    async () => {
      const { rows } = await pool.query(
        `select count(*)::int as count from pg_locks l join pg_database d on d.oid = l.database
         where d.datname = current_database() and l.locktype = 'advisory' and not l.granted`,
      );
      expect(rows[0].count).toBe(count);
    },
    { timeout: 10_000, interval: 20 },
  );
