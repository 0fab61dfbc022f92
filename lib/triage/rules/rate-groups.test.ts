import { beforeEach, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { assessGroups } from "../assess";
import { assessGroupsInput } from "../inputs";
import { mergeGroups } from "../merge";
import { type Failing, importTests } from "../testing/scene";
import { undoChange } from "../undo";
import { applyRulesToRun } from "./apply-rules";
import { previewInput, ruleChange } from "./inputs";
import { listRules } from "./list-rules";
import { previewRule } from "./preview-rule";
import { changeRule, deleteRule } from "./save-rule";
import { addRule, linksOf, makeRuleScene, type RuleScene, work } from "./testing";

let scene: RuleScene;
beforeEach(async () => {
  scene = await makeRuleScene(sandbox);
});

const bank: Failing = { name: "Pays", message: "the bank does not answer" };
const stock: Failing = { name: "Ships", message: "no stock left in the warehouse" };
const change = (ruleId: string, given: object) => changeRule(scene.owner, ruleId, ruleChange.parse(given));
const assess = (groupId: string, severity: string | null) =>
  assessGroups(scene.member, assessGroupsInput.parse({ groupIds: [groupId], severity }));
const fresh = { after: null, spent: {} };

async function importAndWork(...tests: Failing[]) {
  const imported = await importTests(scene, tests);
  await work();
  return imported;
}

const history = (groupId: string) =>
  prisma.assessment.findMany({ where: { groupId }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
const isOf = async (groupId: string, severity: string, severitySource: string) => {
  expect(await prisma.failureGroup.findUniqueOrThrow({ where: { id: groupId } })).toMatchObject({
    ...{ severity, severitySource },
  });
  // Its history leads there without a gap.
  let now = "medium";
  for (const { before, after } of await history(groupId)) {
    expect(before).toBe(now);
    now = after;
  }
  expect(now).toBe(severity);
};

describe("a rule that says how bad it is", () => {
  it("[B7] rates the groups of what it matches at import, and no others; the history names the rule", async () => {
    await addRule(scene, { name: "Bank is down", pattern: "the bank", severity: "high" });
    const { groupOf } = await importAndWork(bank, stock);
    await isOf(groupOf("Pays"), "high", "rule");
    await isOf(groupOf("Ships"), "medium", "default");
    expect(await history(groupOf("Pays"))).toMatchObject([
      {
        ...{ field: "severity", before: "medium", after: "high", source: "rule", detail: "by the rule Bank is down" },
        ...{ actorId: null, actorName: "Known issues" },
      },
    ]);
    await importAndWork(bank);
    expect(await history(groupOf("Pays"))).toHaveLength(1);
  });

  it("[B7] without a severity rates nothing", async () => {
    await addRule(scene, { pattern: "the bank" });
    const { groupOf } = await importAndWork(bank);
    await isOf(groupOf("Pays"), "medium", "default");
  });

  it("[B7] goes before tag and property, and never before what a person has said", async () => {
    await addRule(scene, { pattern: "the bank", severity: "low" });
    const told = { ...bank, properties: { severity: "critical" } };
    const { groupOf } = await importAndWork(told);
    const id = groupOf("Pays");
    await isOf(id, "low", "rule");
    await importTests(scene, [told]);
    await isOf(id, "low", "rule");
    await assess(id, "info");
    await importAndWork(told);
    await isOf(id, "info", "hand");
  });

  it("[B7] is what a severity goes back to that is no longer by hand, also if it came later", async () => {
    const { groupOf } = await importAndWork(bank);
    const id = groupOf("Pays");
    await assess(id, "info");
    const ruleId = await addRule(scene, { name: "Bank", pattern: "the bank", severity: "high" });
    await importAndWork(bank);
    await isOf(id, "info", "hand");
    await assess(id, null);
    await isOf(id, "high", "rule");
    expect((await history(id)).at(-1)).toMatchObject({ detail: "by the rule Bank", actorId: scene.member.userId });
    await assess(id, "info");
    await deleteRule(scene.owner, ruleId);
    await assess(id, null);
    await isOf(id, "medium", "default");
  });

  it("[B7] rates what has matched in the past when that is asked for, also what has the issue already", async () => {
    const { groupOf, resultOf } = await importAndWork(bank, stock);
    const id = groupOf("Pays");
    const { workspaceId, userId } = scene.owner;
    await prisma.issueLink.create({
      data: {
        ...{ workspaceId, projectId: scene.projectId, issueId: scene.issueId },
        ...{ resultId: resultOf("Pays"), createdById: userId },
      },
    });
    const ruleId = await addRule(scene, { pattern: "the bank", severity: "high" });
    await work();
    await isOf(id, "medium", "default");
    await change(ruleId, { linkPast: true });
    await work();
    expect(await linksOf(ruleId)).toEqual([]);
    await isOf(id, "high", "rule");
    await isOf(groupOf("Ships"), "medium", "default");
  });

  it("[B7] of several the highest of the newest run counts, in whichever order they are applied", async () => {
    const [first, second] = ["order 4711 is lost", "order 4712 is lost"].map((message, at) => ({
      ...{ name: `t${at}`, message },
    }));
    if (!first || !second) throw new Error("two tests");
    const older = await importAndWork(first);
    const newer = await importAndWork(second);
    const id = newer.groupOf("t1");
    expect(older.groupOf("t0")).toBe(id);
    await addRule(scene, { pattern: "4711", severity: "critical", linkPast: true });
    await work();
    await isOf(id, "critical", "rule");
    await addRule(scene, { pattern: "4712", severity: "low", linkPast: true });
    await addRule(scene, { pattern: "order 471", severity: "high", linkPast: true });
    await work();
    await isOf(id, "high", "rule");
    await applyRulesToRun({ workspaceId: scene.owner.workspaceId, runId: older.runId }, fresh);
    await isOf(id, "high", "rule");
  });

  it("[B7] changed or taken away, it holds from then on, and for the past only if that is asked for", async () => {
    const ruleId = await addRule(scene, { pattern: "the bank", severity: "high" });
    const id = (await importAndWork(bank)).groupOf("Pays");
    await change(ruleId, { severity: "low" });
    await work();
    await isOf(id, "high", "rule");
    await change(ruleId, { linkPast: true });
    await work();
    await isOf(id, "low", "rule");
    await change(ruleId, { severity: "critical" });
    await importAndWork(bank);
    await isOf(id, "critical", "rule");
    await change(ruleId, { severity: null });
    const { groupOf } = await importAndWork(bank, { name: "Refunds", message: "the bank has lost its vault" });
    await isOf(id, "critical", "rule");
    await isOf(groupOf("Refunds"), "medium", "default");
    await change(ruleId, { severity: "high" });
    await deleteRule(scene.owner, ruleId);
    await importAndWork(bank);
    await isOf(id, "critical", "rule");
  });

  it("[B7] is kept over a merge, as what reports tell is, and undone with it", async () => {
    await addRule(scene, { pattern: "the bank", severity: "high" });
    const { groupOf } = await importAndWork(bank, stock);
    const [id, other] = [groupOf("Ships"), groupOf("Pays")];
    const { changeId } = await mergeGroups(scene.member, { into: id, groupIds: [other] });
    await isOf(id, "high", "rule");
    await undoChange(scene.member, changeId);
    await isOf(id, "medium", "default");
    await isOf(other, "high", "rule");
  });

  it("[B7] is listed with it, tells in the audit log what changed, and is one of the five", async () => {
    const id = await addRule(scene, { severity: "critical" });
    expect(await listRules(scene.member)).toMatchObject([{ severity: "critical" }]);
    await change(id, { name: "As it was" });
    expect(await listRules(scene.member)).toMatchObject([{ severity: "critical" }]);
    await change(id, { severity: null });
    expect(await listRules(scene.member)).toMatchObject([{ severity: null }]);
    const rows = await prisma.auditEntry.findMany({ where: { subjectId: id }, orderBy: { id: "asc" } });
    expect(rows.at(-1)).toMatchObject({ before: { severity: "critical" }, after: { severity: null } });
    expect(ruleChange.safeParse({ severity: "urgent" }).success).toBe(false);
  });

  it("[B7] its preview says how many groups a person has rated", async () => {
    const { groupOf } = await importAndWork(bank, stock);
    await assess(groupOf("Pays"), "info");
    const what = { kind: "pattern", field: "both", pattern: "bank|stock" };
    expect(await previewRule(scene.owner, previewInput.parse(what))).toMatchObject({ groupCount: 2, ratedByHand: 1 });
  });
});
