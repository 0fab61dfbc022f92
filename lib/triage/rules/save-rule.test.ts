import { beforeEach, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { AppError } from "@/lib/errors";
import { createProject } from "@/lib/projects/create";
import { findIssueChoices } from "./find-choices";
import { ruleChange, ruleInput } from "./inputs";
import { listRules, mostRules } from "./list-rules";
import { changeRule, deleteRule } from "./save-rule";
import { addRule, linksOf, makeRuleScene, type RuleScene } from "./testing";

let scene: RuleScene;
beforeEach(async () => {
  scene = await makeRuleScene(sandbox);
});

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error) => (error instanceof AppError ? { kind: error.kind, fields: error.fields } : String(error)),
  );
const change = (id: string, given: object) => changeRule(scene.owner, id, ruleChange.parse(given));

describe("a known-issue rule", () => {
  it("[J2] names an issue that the project has linked, and is listed with it", async () => {
    const id = await addRule(scene, { name: "Gateway is down", pattern: "gateway" });
    expect(await listRules(scene.member)).toMatchObject([
      { id, name: "Gateway is down", pattern: "gateway", kind: "text", field: "both", enabled: true },
    ]);
    expect(await listRules(scene.member)).toMatchObject([
      { issue: { key: "acme/checkout#1" }, problem: null, matched: 0, matchedAt: null, createdBy: scene.owner.name },
    ]);
  });

  it("[J2] names an issue by its address or key, which the tracker is asked for", async () => {
    const url = `${sandbox.github.url}/acme/checkout/issues/2`;
    await addRule(scene, { name: "a", issue: { integrationId: scene.integrationId, ref: url } });
    await addRule(scene, { name: "b", issue: { integrationId: scene.integrationId, ref: "#2" } });
    const [a, b] = await listRules(scene.member);
    expect([a?.issue?.key, b?.issue?.id]).toEqual(["acme/checkout#2", a?.issue?.id]);
    // Another rule can name it from now on.
    expect(await refusal(addRule(scene, { issue: { issueId: a?.issue?.id ?? "" } }))).toBe("no error");
  });

  it("[J2] [A4] an issue of another project is not found, nor is one of a repository that is not assigned", async () => {
    const { id: projectId } = await createProject(scene.admin, {
      name: "Other",
      description: "",
      defaultBranch: "main",
    });
    const other = { ...scene, projectId, owner: { ...scene.owner, projectId } };
    const missing = { kind: "not_found", fields: undefined };
    expect(await refusal(addRule(other))).toEqual(missing);
    expect(await refusal(addRule(other, { issue: { issueId: newId() } }))).toEqual(missing);
    expect(await refusal(addRule(other, { issue: { integrationId: scene.integrationId, ref: "#1" } }))).toEqual(
      missing,
    );
    const elsewhere = { integrationId: scene.integrationId, ref: "acme/payments#4" };
    expect(await refusal(addRule(scene, { issue: elsewhere }))).toEqual(missing);
    expect(await findIssueChoices(other.owner, "")).toEqual({ linked: [], found: [] });
    const id = await addRule(scene);
    expect(await refusal(changeRule(other.owner, id, ruleChange.parse({ enabled: false })))).toEqual(missing);
    expect(await refusal(deleteRule(other.owner, id))).toEqual(missing);
  });

  it("[J2] tells on its field what is wrong", async () => {
    await addRule(scene, { name: "Gateway is down" });
    expect(await refusal(addRule(scene, { name: "Gateway is down" }))).toMatchObject({
      fields: { name: "The project has a rule of this name already." },
    });
    expect(await refusal(addRule(scene, { kind: "pattern", pattern: "a(b" }))).toMatchObject({
      fields: { pattern: expect.stringContaining("at character 2") },
    });
    const nonsense = { integrationId: scene.integrationId, ref: "no such thing" };
    expect(await refusal(addRule(scene, { issue: nonsense }))).toMatchObject({
      fields: { issue: expect.stringContaining("neither") },
    });
    const id = await addRule(scene, { pattern: "a(b" });
    expect(await refusal(change(id, { kind: "pattern" }))).toMatchObject({
      fields: { pattern: expect.stringContaining("closing") },
    });
    for (const wrong of [{ pattern: "x".repeat(1_001) }, { pattern: "a\0b" }, { name: " " }, { issue: {} }])
      expect(ruleInput.safeParse({ name: "n", kind: "text", field: "both", pattern: "abc", ...wrong }).success).toBe(
        false,
      );
  });

  it(`[J2] a project has ${mostRules} of them at most`, async () => {
    const { owner, issueId } = scene;
    const { workspaceId, projectId, userId: createdById } = owner;
    await prisma.knownIssueRule.createMany({
      data: Array.from({ length: mostRules - 1 }, (_, at) => ({
        ...{ workspaceId, projectId, createdById, issueId, name: `n${at}` },
        ...{ kind: "text", field: "both", pattern: "abc" },
      })),
    });
    const outcomes = await Promise.all([1, 2, 3].map((at) => refusal(addRule(scene, { name: `more ${at}` }))));
    expect(outcomes.filter((outcome) => outcome === "no error")).toHaveLength(1);
    expect(await prisma.knownIssueRule.count({ where: { projectId } })).toBe(mostRules);
  });

  it("[J2] is changed, switched off and deleted, with what it has linked as it was, and each in the log", async () => {
    const id = await addRule(scene, { name: "Gateway" });
    await prisma.issueLink.updateMany({ where: { projectId: scene.projectId }, data: { ruleId: id } });
    await change(id, { pattern: "bank", enabled: false });
    expect(await listRules(scene.member)).toMatchObject([{ name: "Gateway", pattern: "bank", enabled: false }]);
    await deleteRule(scene.owner, id);
    expect(await listRules(scene.member)).toEqual([]);
    expect(await linksOf(id)).toHaveLength(1);
    const rows = await prisma.auditEntry.findMany({ where: { subjectId: id }, orderBy: { id: "asc" } });
    expect(rows.map(({ action }) => action)).toEqual([
      "known_issue_rule.added",
      "known_issue_rule.changed",
      "known_issue_rule.deleted",
    ]);
    expect(rows[1]).toMatchObject({ before: { pattern: "gateway" }, after: { pattern: "bank", enabled: false } });
  });

  it("[J2] [K1] is in the audit log without secrets, which a piece of a failure may hold", async () => {
    const secret = `ghp_${"a1B2c3D4e5".repeat(4).slice(0, 36)}`;
    const id = await addRule(scene, { name: `Refused ${secret}`, pattern: `bad token ${secret}` });
    await change(id, { enabled: false });
    await deleteRule(scene.owner, id);
    const rows = await prisma.auditEntry.findMany({ where: { subjectId: id } });
    expect(rows).toHaveLength(3);
    expect(JSON.stringify(rows)).not.toContain(secret);
    expect(rows[0]?.after).toMatchObject({ pattern: expect.stringContaining("bad token [masked: ") });
  });

  it("[J2] stays when its issue is gone, and says so until it names another one", async () => {
    const id = await addRule(scene);
    await prisma.issue.delete({ where: { id: scene.issueId } });
    expect(await listRules(scene.member)).toMatchObject([{ id, issue: null, problem: "issue_gone" }]);
    await change(id, { issue: { integrationId: scene.integrationId, ref: "#2" } });
    expect(await listRules(scene.member)).toMatchObject([{ issue: { key: "acme/checkout#2" }, problem: null }]);
  });

  it("[J2] issues are found by title, by key, and in the tracker by an address", async () => {
    const keys = async (text: string) => {
      const { linked, found } = await findIssueChoices(scene.owner, text);
      return [linked.map(({ key }) => key), found.map(({ key }) => key)];
    };
    expect(await keys("")).toEqual([["acme/checkout#1"], []]);
    expect(await keys("CHECKOUT#1")).toEqual([["acme/checkout#1"], []]);
    expect(await keys("#2")).toEqual([[], ["acme/checkout#2"]]);
    expect(await keys(`${sandbox.github.url}/acme/checkout/issues/2`)).toEqual([[], ["acme/checkout#2"]]);
    expect(await keys("acme/payments#4")).toEqual([[], []]);
    expect(await keys("nothing of the kind")).toEqual([[], []]);
    for (const sign of ["%", "_", "acme%", "\\"]) expect(await keys(sign)).toEqual([[], []]);
  });
});
