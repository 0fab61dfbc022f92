import { beforeEach, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { linkIssue } from "@/lib/issues/link-issue";
import { createProject } from "@/lib/projects/create";
import { importTests } from "../testing/scene";
import { previewInput } from "./inputs";
import { previewRule } from "./preview-rule";
import { makeRuleScene, type RuleScene } from "./testing";

let scene: RuleScene;
beforeEach(async () => {
  scene = await makeRuleScene(sandbox);
});

const preview = (given: object) =>
  previewRule(scene.owner, previewInput.parse({ kind: "text", field: "both", ...given }));

const times = (count: number, name: string, message: string, rest = {}) =>
  Array.from({ length: count }, (_, at) => ({ name: `${name} ${at}`, message, ...rest }));

describe("a rule tried on the past", () => {
  it("[J2] says how many failures match, in which runs and groups, and shows where", async () => {
    const first = await importTests(scene, times(3, "Pays", "the bank does not answer"));
    const second = await importTests(scene, [
      ...times(2, "Pays", "the bank does not answer"),
      ...times(1, "Ships", "no stock left in the warehouse"),
      ...times(1, "Flickers", "sometimes The Bank sleeps", { status: "flaky" }),
    ]);
    const found = await preview({ pattern: "the BANK" });
    expect(found).toMatchObject({ matched: 6, runCount: 2, groupCount: 2, partlyCovered: 0 });
    expect(found.searched).toMatchObject({ results: 7, runs: 2, isWhole: true });
    expect(found.runs).toEqual([
      { id: second.runId, number: 3, matched: 3 },
      { id: first.runId, number: 2, matched: 3 },
    ]);
    expect(found.groups[0]).toMatchObject({ id: first.groupOf("Pays 0"), matched: 5, failures: 5 });
    expect(found.examples).toHaveLength(6);
    expect(found.examples[0]).toMatchObject({ runId: second.runId, run: 3, suite: "checkout", field: "message" });
    expect(found.examples.map(({ excerpt }) => excerpt)).toContainEqual({
      before: "sometimes ",
      match: "The Bank",
      after: " sleeps",
    });
  });

  it("[J2] warns of groups of which only some failures match", async () => {
    const messages = ["order 4711 is lost", "order 4712 is lost", "order 4713 is lost"];
    const { groupOf } = await importTests(
      scene,
      messages.map((message, at) => ({ name: `t${at}`, message })),
    );
    expect(await preview({ pattern: "4711" })).toMatchObject({
      matched: 1,
      partlyCovered: 1,
      groups: [{ id: groupOf("t0"), matched: 1, failures: 3 }],
    });
  });

  it("[J2] counts what has another issue already, by itself or by its group", async () => {
    const { resultOf, groupOf } = await importTests(scene, [
      ...times(3, "Pays", "the bank does not answer"),
      ...times(2, "Refunds", "the bank refuses a refund today"),
    ]);
    const { member, integrationId, issueId, projectId } = scene;
    const { workspaceId } = member;
    await linkIssue(member, integrationId, { resultId: resultOf("Pays 0") }, "#2");
    await prisma.issueLink.create({ data: { workspaceId, projectId, issueId, resultId: resultOf("Pays 1") } });
    await prisma.issueLink.create({
      data: { workspaceId, projectId, issueId, groupId: groupOf("Refunds 0"), coversGroup: true },
    });
    const counts = async (given: object) => {
      const { matched, withOtherIssue, withThisIssue } = await preview({ pattern: "the bank", ...given });
      return { matched, withOtherIssue, withThisIssue };
    };
    expect(await counts({ issueId })).toEqual({ matched: 5, withOtherIssue: 1, withThisIssue: 3 });
    expect(await counts({})).toEqual({ matched: 5, withOtherIssue: 4, withThisIssue: 0 });
  });

  it("[J2] looks no further back than it says, and into no other project", async () => {
    const { runId } = await importTests(scene, times(2, "Pays", "the bank does not answer"));
    const { id: projectId } = await createProject(scene.admin, {
      name: "Other",
      description: "",
      defaultBranch: "main",
    });
    const other = { ...scene, projectId, owner: { ...scene.owner, projectId } };
    await importTests(other, times(4, "Pays", "the bank does not answer"));
    expect(await preview({ pattern: "the bank" })).toMatchObject({ matched: 2, searched: { days: 90 } });
    await prisma.testRun.update({ where: { id: runId }, data: { createdAt: new Date(Date.now() - 91 * 86_400_000) } });
    expect(await preview({ pattern: "the bank" })).toMatchObject({ matched: 0, searched: { results: 0, since: null } });
    await expect(previewRule(other.owner, previewInput.parse({ ...given, issueId: scene.issueId }))).rejects.toThrow(
      "There is no such issue",
    );
  });
  const given = { kind: "text", field: "both", pattern: "the bank" };

  it("[J2] refuses a bad pattern on its field, and leaves nothing behind", async () => {
    await expect(preview({ kind: "pattern", pattern: "[" })).rejects.toMatchObject({ kind: "invalid_input" });
    const counted = () => Promise.all([prisma.auditEntry.count(), prisma.issueLink.count(), prisma.outbox.count()]);
    const before = await counted();
    await preview({ pattern: "the bank" });
    expect(await counted()).toEqual(before);
  });

  it("[J2] stops in time with a hostile pattern over megabytes, and says that it has not seen all", async () => {
    const { workspaceId, projectId } = scene.owner;
    const [runId, caseIds] = [newId(), Array.from({ length: 60 }, () => newId())];
    await prisma.testRun.create({ data: { id: runId, workspaceId, projectId, number: 900, failed: 60 } });
    await prisma.testCase.createMany({
      data: caseIds.map((id) => ({ id, workspaceId, projectId, identity: id, suite: "s", className: "c", name: id })),
    });
    let seed = 1;
    const noise = () =>
      Array.from({ length: 1_000 }, () => {
        seed = (seed * 48_271) % 2_147_483_647;
        return seed % 2 === 0 ? "ab" : "ba";
      }).join("");
    const base = { workspaceId, projectId, runId, status: "failed", rank: 1 } as const;
    await prisma.testResult.createMany({
      data: caseIds.map((caseId) => ({
        ...{ ...base, caseId, message: "m", fingerprint: newId(), stack: `~${noise().repeat(500)}` },
      })),
    });
    const begun = performance.now();
    const found = await preview({ kind: "pattern", pattern: "(?s)a.{900}[~!]" });
    // Two seconds, and one text that was begun; others are at work on this machine.
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(found.searched.isWhole).toBe(false);
    expect(found.searched.results).toBeGreaterThan(0);
    expect(found.searched.results).toBeLessThan(60);
  }, 30_000);
});
