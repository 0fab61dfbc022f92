import { beforeEach, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { linkIssue } from "@/lib/issues/link-issue";
import { listIssues } from "@/lib/issues/list-issues";
import { makeScene, type Scene } from "@/lib/issues/test-scene";
import { restoreLinks, severLinks } from "./sever-links";
import { countAssignmentUses } from "./unassign";

let scene: Scene;
beforeEach(async () => {
  await sandbox.reset();
  scene = await makeScene(sandbox.github);
  const [first, second] = scene.results;
  await linkIssue(scene.member, scene.integrationId, { resultId: first.resultId }, "#1");
  await linkIssue(scene.member, scene.integrationId, { resultId: second.resultId }, "#1");
  await linkIssue(scene.member, scene.integrationId, { caseId: first.caseId }, "#2");
});

const isConfirmed = true;
const linksNow = async () =>
  (await prisma.issueLink.findMany({ where: { projectId: scene.projectId }, orderBy: { id: "asc" } })).map(
    ({ id, issueId, caseId, runId, resultId, groupId, coversGroup, createdAt }) => ({
      ...{ id, issueId, caseId, runId, resultId, groupId, coversGroup, createdAt },
    }),
  );
const sever = async () => (await severLinks(scene.owner, scene.assignmentId, { isConfirmed })).undoId ?? "";

describe("severing all links of an integration", () => {
  it("[H2] takes them off everything in the project, says how many, and leaves the issues", async () => {
    expect(await countAssignmentUses(scene.owner, scene.assignmentId)).toMatchObject({ issues: 2, links: 3 });
    await expect(severLinks(scene.owner, scene.assignmentId, { isConfirmed: false })).rejects.toMatchObject({
      kind: "conflict",
      message: expect.stringContaining("3 links to 2 issues"),
    });
    expect(await linksNow()).toHaveLength(3);

    const severed = await severLinks(scene.owner, scene.assignmentId, { isConfirmed });
    expect(severed).toMatchObject({ removed: 3, issues: 2, undoId: expect.any(String) });
    expect(await linksNow()).toEqual([]);
    expect(await listIssues(scene.member, { resultId: scene.results[0].resultId })).toEqual([]);
    expect(await prisma.externalIssue.count({ where: { integrationId: scene.integrationId } })).toBe(2);
    const none = await severLinks(scene.owner, scene.assignmentId, { isConfirmed });
    expect(none).toEqual({ removed: 0, issues: 0, undoId: null });
  });

  it("[H2] leaves other integrations' links, and those of other projects", async () => {
    const { workspaceId } = scene.admin;
    const [issueId, elsewhere] = [newId(), newId()];
    await prisma.issue.create({ data: { id: issueId, workspaceId, title: "Ours", state: "open", category: "open" } });
    const { caseId } = scene.results[0];
    await prisma.issueLink.create({ data: { workspaceId, projectId: scene.projectId, issueId, caseId } });
    const [{ issueId: shared } = { issueId: "" }] = await linksNow();
    await prisma.issueLink.create({ data: { workspaceId, projectId: elsewhere, issueId: shared, caseId: newId() } });
    await sever();
    expect((await linksNow()).map((link) => link.issueId)).toEqual([issueId]);
    expect(await prisma.issueLink.count({ where: { projectId: elsewhere } })).toBe(1);
  });

  it("[K1] [H2] is in the audit log, as its undoing is", async () => {
    const undoId = await sever();
    await restoreLinks(scene.owner, scene.assignmentId, undoId);
    const rows = await prisma.auditEntry.findMany({ where: { subjectId: undoId }, orderBy: { id: "asc" } });
    expect(rows).toMatchObject([
      { action: "issue.all_unlinked", projectId: scene.projectId, before: { removed: 3, issues: 2 } },
      { action: "issue.all_relinked", projectId: scene.projectId, after: { restored: 3 } },
    ]);
  });
});

describe("putting them back", () => {
  it("[H2] makes each as it was, once", async () => {
    const before = await linksNow();
    const undoId = await sever();
    expect(await restoreLinks(scene.owner, scene.assignmentId, undoId)).toEqual({ restored: 3 });
    expect(await linksNow()).toEqual(before);
    await expect(restoreLinks(scene.owner, scene.assignmentId, undoId)).rejects.toMatchObject({ kind: "conflict" });
  });

  it("[H2] leaves out what is gone, and does not double what was linked again", async () => {
    const undoId = await sever();
    const [first, second] = scene.results;
    await linkIssue(scene.member, scene.integrationId, { resultId: first.resultId }, "#1");
    await linkIssue(scene.member, scene.integrationId, { caseId: first.caseId }, "#2");
    await prisma.testResult.delete({ where: { id: second.resultId } });
    expect(await restoreLinks(scene.owner, scene.assignmentId, undoId)).toEqual({ restored: 0 });
    expect(await linksNow()).toHaveLength(2);
  });

  it("[A4] is for nobody else: another project, another workspace, another assignment, a made-up id", async () => {
    const undoId = await sever();
    const other = await makeScene(sandbox.github);
    const tries = [
      () => restoreLinks(other.owner, other.assignmentId, undoId),
      () => restoreLinks(other.owner, scene.assignmentId, undoId),
      () => restoreLinks(scene.owner, scene.assignmentId, newId()),
      () => restoreLinks(scene.owner, scene.assignmentId, "nonsense"),
      () => severLinks(other.owner, scene.assignmentId, { isConfirmed }),
    ];
    for (const attempt of tries) await expect(attempt()).rejects.toMatchObject({ kind: "not_found" });
    expect(await linksNow()).toEqual([]);
  });
});
