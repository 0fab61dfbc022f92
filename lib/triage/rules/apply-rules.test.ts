import { beforeEach, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { resultsImported } from "@/inngest/events";
import { send } from "@/inngest/outbox";
import { pool, prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { createProject } from "@/lib/projects/create";
import { groupsInput } from "../inputs";
import { listGroups } from "../list-groups";
import { importTests } from "../testing/scene";
import { applyRulesToRun } from "./apply-rules";
import { ruleChange } from "./inputs";
import { linkMatches } from "./link-matches";
import { listRules } from "./list-rules";
import { changeRule, deleteRule } from "./save-rule";
import { addRule, linksOf, makeRuleScene, type RuleScene, readRule, work } from "./testing";

let scene: RuleScene;
beforeEach(async () => {
  scene = await makeRuleScene(sandbox);
});

const times = (count: number, name: string, message: string, rest = {}) =>
  Array.from({ length: count }, (_, at) => ({ name: `${name} ${at}`, message, ...rest }));
const bank = times(3, "Pays", "the bank does not answer");
const stock = times(2, "Ships", "no stock left in the warehouse");
const fresh = { after: null, spent: {} };

describe("failures that a known issue explains", () => {
  it("[J2] are linked to it after an import, each for itself and with its group, flaky ones too", async () => {
    const ruleId = await addRule(scene, { pattern: "The Bank" });
    const { runId, groupOf, resultOf } = await importTests(scene, [
      ...bank,
      ...stock,
      ...times(1, "Flickers", "sometimes the bank sleeps", { status: "flaky" }),
      ...times(1, "Fine", "", { status: "passed" }),
    ]);
    await work();
    const links = await linksOf(ruleId);
    expect(links.map(({ resultId }) => resultId).sort()).toEqual(
      ["Pays 0", "Pays 1", "Pays 2", "Flickers 0"].map(resultOf).sort(),
    );
    const { workspaceId, projectId, issueId } = { ...scene.owner, ...scene };
    expect(links.find(({ resultId }) => resultId === resultOf("Pays 1"))).toMatchObject({
      ...{ workspaceId, projectId, issueId, runId, groupId: groupOf("Pays 1"), coversGroup: false, createdById: null },
      caseId: expect.any(String),
    });
    expect(await readRule(ruleId)).toMatchObject({ matched: 4, matchedAt: expect.any(Date) });
    // The run's page shows the problem with its issue.
    const { groups, totals } = await listGroups(scene.member, runId, groupsInput.parse({}));
    expect(totals).toMatchObject({ problems: 2, withIssue: 1 });
    expect(groups.find(({ id }) => id === groupOf("Pays 0"))?.issues).toMatchObject([{ id: issueId }]);
  });

  it("[J2] only those that match, where others of the group do not, and never those of later runs", async () => {
    const ruleId = await addRule(scene, { kind: "pattern", pattern: "order 471[12] is" });
    const orders = (...numbers: number[]) =>
      numbers.map((number) => ({ name: `t${number}`, message: `order ${number} is lost` }));
    const { groupOf, resultOf } = await importTests(scene, orders(4711, 4712, 4713));
    const later = await importTests(scene, orders(4799));
    expect(later.groupOf("t4799")).toBe(groupOf("t4713"));
    await work();
    expect((await linksOf(ruleId)).map(({ resultId }) => resultId).sort()).toEqual(
      [resultOf("t4711"), resultOf("t4712")].sort(),
    );
  });

  it("[J2] once, however often the job is told or broken off", async () => {
    const ruleId = await addRule(scene, { pattern: "the bank" });
    const { runId } = await importTests(scene, bank);
    await work();
    const { workspaceId } = scene.owner;
    const event = resultsImported.create({ workspaceId, runId, fileId: newId() });
    await prisma.$transaction((tx) => send(tx, event, event, event));
    await work();
    await Promise.all([1, 2, 3].map(() => applyRulesToRun({ workspaceId, runId }, fresh)));
    expect(await linksOf(ruleId)).toHaveLength(3);
    expect(await readRule(ruleId)).toMatchObject({ matched: 3 });
  });

  it("[J2] are linked in many steps where there are many, and none is left out between two of them", async () => {
    const ruleId = await addRule(scene, { pattern: "the bank" });
    await importTests(scene, times(2_403, "Pays", "the bank does not answer"));
    await importTests(scene, [
      ...Array.from({ length: 700 }, (_, at) => ({ name: `Order ${at}`, message: `the bank lost order ${at}` })),
    ]);
    await work();
    expect(await linksOf(ruleId)).toHaveLength(3_103);
  });

  it("[J2] of the past are linked when that is asked for, as far back as the preview looks", async () => {
    const old = await importTests(scene, bank);
    await prisma.testRun.update({
      where: { id: old.runId },
      data: { createdAt: new Date(Date.now() - 91 * 86_400_000) },
    });
    const runs = [await importTests(scene, bank), await importTests(scene, [...bank, ...stock])];
    await work();
    const without = await addRule(scene, { pattern: "the bank" });
    await work();
    expect(await linksOf(without)).toEqual([]);
    const ruleId = await addRule(scene, { pattern: "the bank", linkPast: true });
    await work();
    const links = await linksOf(ruleId);
    expect(links).toHaveLength(6);
    expect(new Set(links.map(({ runId }) => runId))).toEqual(new Set(runs.map(({ runId }) => runId)));
    await changeRule(scene.owner, without, ruleChange.parse({ pattern: "no stock", linkPast: true }));
    await work();
    expect(await linksOf(without)).toHaveLength(2);
  });

  it("[J2] an issue that they have already stays as it was linked, and another one is no obstacle", async () => {
    const { issueId, projectId, owner } = scene;
    const ruleId = await addRule(scene, { pattern: "the bank" });
    const other = await addRule(scene, {
      pattern: "does not answer",
      issue: { integrationId: scene.integrationId, ref: "#2" },
    });
    const { resultOf } = await importTests(scene, bank);
    const byHand = {
      workspaceId: owner.workspaceId,
      projectId,
      issueId,
      resultId: resultOf("Pays 0"),
      createdById: owner.userId,
    };
    const { id } = await prisma.issueLink.create({ data: byHand });
    await work();
    expect(await linksOf(ruleId)).toHaveLength(2);
    expect(await prisma.issueLink.findUniqueOrThrow({ where: { id } })).toMatchObject({ ...byHand, ruleId: null });
    expect(await linksOf(other)).toHaveLength(3);
  });

  it("[J2] are left alone by a rule that is off, deleted, or whose issue is gone, and what it linked stays", async () => {
    const ruleId = await addRule(scene, { pattern: "the bank" });
    await importTests(scene, bank);
    await work();
    await changeRule(scene.owner, ruleId, ruleChange.parse({ enabled: false }));
    await importTests(scene, bank);
    await work();
    expect(await linksOf(ruleId)).toHaveLength(3);
    await changeRule(scene.owner, ruleId, ruleChange.parse({ enabled: true }));
    await deleteRule(scene.owner, ruleId);
    await importTests(scene, bank);
    await work();
    expect(await linksOf(ruleId)).toHaveLength(3);

    const broken = await addRule(scene, {
      pattern: "the bank",
      issue: { integrationId: scene.integrationId, ref: "#2" },
    });
    await prisma.issue.deleteMany({ where: { rules: { some: { id: broken } } } });
    await importTests(scene, bank);
    await work();
    expect(await linksOf(broken)).toEqual([]);
    expect(await listRules(scene.member)).toMatchObject([{ id: broken, problem: "issue_gone", matched: 0 }]);
  });

  it("[J2] are left alone where a person changed the rule while the job was searching", async () => {
    const ruleId = await addRule(scene, { pattern: "the bank" });
    const { runId, resultOf } = await importTests(scene, bank);
    const [{ issueId, owner }, { updatedAt }] = [scene, await readRule(ruleId)];
    const { caseId } = await prisma.testResult.findUniqueOrThrow({ where: { id: resultOf("Pays 0") } });
    const failure = { ...{ id: resultOf("Pays 0"), runId, caseId, hash: newId(), rank: 1 }, groupId: null, digest: "" };
    const link = () =>
      linkMatches(owner, runId, [{ failure, rules: [{ id: ruleId, name: "", severity: null, issueId, updatedAt }] }]);
    await changeRule(owner, ruleId, ruleChange.parse({ pattern: "no stock" }));
    expect(await link()).toBe(0);
    await prisma.knownIssueRule.update({ where: { id: ruleId }, data: { updatedAt } });
    expect(await link()).toBe(1);
  });

  it("[J2] [A4] in another project are not its business", async () => {
    const ruleId = await addRule(scene, { pattern: "the bank" });
    const { id: projectId } = await createProject(scene.admin, {
      name: "Other",
      description: "",
      defaultBranch: "main",
    });
    await importTests({ ...scene, projectId, owner: { ...scene.owner, projectId } }, bank);
    await work();
    expect(await linksOf(ruleId)).toEqual([]);
  });

  it("[J2] a rule that takes too long in one job is stopped, and says so until it is changed", async () => {
    const ruleId = await addRule(scene, { pattern: "the bank" });
    const { runId } = await importTests(scene, bank);
    await applyRulesToRun(
      { workspaceId: scene.owner.workspaceId, runId },
      { after: null, spent: { [ruleId]: 70_000 } },
    );
    expect(await listRules(scene.member)).toMatchObject([{ problem: "too_slow" }]);
    const again = await importTests(scene, bank);
    await work();
    expect((await linksOf(ruleId)).filter((link) => link.runId === again.runId)).toEqual([]);
    await changeRule(scene.owner, ruleId, ruleChange.parse({ enabled: true }));
    expect(await listRules(scene.member)).toMatchObject([{ problem: null }]);
  });

  it("[J2] open pages are told of the run, the issue and the group", async () => {
    await addRule(scene, { pattern: "the bank" });
    const { runId, groupOf } = await importTests(scene, bank);
    const client = await pool.connect();
    const told: { topic: string; id: string }[] = [];
    client.on("notification", ({ payload }) => told.push(JSON.parse(payload ?? "{}")));
    await client.query("listen pages");
    try {
      await work();
      await client.query("select 1");
    } finally {
      await client.query("unlisten pages");
      client.removeAllListeners("notification");
      client.release();
    }
    expect(told).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ topic: "run", id: runId }),
        expect.objectContaining({ topic: "issue", id: scene.issueId }),
        expect.objectContaining({ topic: "group", id: groupOf("Pays 0") }),
      ]),
    );
  });
});
