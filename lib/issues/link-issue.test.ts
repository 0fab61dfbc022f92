import { beforeEach, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { AppError } from "@/lib/errors";
import { makeMember } from "@/lib/workspaces/test-people";
import { getIssue } from "./find-issue";
import { linkIssue } from "./link-issue";
import { listIssues } from "./list-issues";
import { makeScene, type Scene } from "./test-scene";
import { unlinkIssue } from "./unlink-issue";

let scene: Scene;
beforeEach(async () => {
  await sandbox.reset();
  scene = await makeScene(sandbox.github);
});
const to = () => ({ resultId: scene.results[0].resultId });
const link = (ref: string, place: { resultId: string } | { caseId: string } = to()) =>
  linkIssue(scene.member, scene.integrationId, place, ref);
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error) => (error instanceof AppError ? `${error.kind}: ${error.message}` : String(error)),
  );

describe("linking an issue that exists", () => {
  it.each(["1", "#1", "acme/checkout#1", "ACME/Checkout#1", "url"])("[H1] by %s", async (ref) => {
    const { issueId, outcome } = await link(ref === "url" ? `${sandbox.github.url}/acme/checkout/issues/1` : ref);
    expect(outcome).toBe("linked");
    const [issue] = await listIssues(scene.member, to());
    expect(issue).toMatchObject({
      id: issueId,
      key: "acme/checkout#1",
      state: "open",
      links: [{ ...to(), runId: scene.run.runId }],
    });
  });

  it("[H1] to a case alone, and twice is no error", async () => {
    const { caseId } = scene.results[0];
    await link("#2", { caseId });
    expect(await link("#2", { caseId })).toMatchObject({ outcome: "already_linked" });
    expect(await listIssues(scene.member, { caseId })).toMatchObject([{ links: [{ resultId: null, runId: null }] }]);
  });

  it("[H1] [A4] in a repository that is not assigned it is answered exactly like one that does not exist", async () => {
    const answers = await Promise.all(
      ["acme/payments#4", "acme/payments#1", "acme/no-such#1", "acme/checkout#9999"].map((ref) => refusal(link(ref))),
    );
    expect(new Set(answers)).toEqual(new Set(["not_found: There is no such issue, or you cannot see it."]));
    expect(sandbox.calls().filter(({ path }) => path.includes("payments/issues"))).toEqual([]);
  });

  it("[H1] [A4] an issue that was moved to a repository that is not assigned does not exist either", async () => {
    sandbox.faults.add({
      method: "GET",
      path: "/issues/1$",
      mode: "redirect",
      headers: { location: `${sandbox.github.url}/repos/acme/payments/issues/1` },
    });
    expect(await refusal(link("#1"))).toBe("not_found: There is no such issue, or you cannot see it.");
    const moved = sandbox.calls().filter(({ path }) => path.endsWith("payments/issues/1"));
    expect(moved).toMatchObject([{ status: 200 }]);
  });

  it("[H1] text that is no reference says so on its field", async () => {
    await expect(link("a title")).rejects.toMatchObject({ kind: "invalid_input", fields: { ref: expect.any(String) } });
    await expect(link("https://github.com/acme/checkout/issues/1")).rejects.toMatchObject({ kind: "invalid_input" });
  });

  it("[A4] foreign results, cases and integrations are not found, and the tracker is not asked", async () => {
    const other = await makeScene(sandbox.github);
    const before = sandbox.calls().length;
    const tries = [
      link("#1", { resultId: other.results[0].resultId }),
      link("#1", { caseId: other.results[0].caseId }),
      link("#1", { resultId: "nonsense" }),
      linkIssue(scene.member, other.integrationId, to(), "#1"),
    ];
    for (const answer of await Promise.all(tries.map(refusal))) expect(answer).toMatch(/^not_found/);
    expect(sandbox.calls()).toHaveLength(before);
  });

  it("[A4] an issue of another project's links is not found", async () => {
    const { issueId } = await link("#1");
    const other = await makeScene(sandbox.github);
    expect(await refusal(getIssue(other.member, issueId))).toMatch(/^not_found/);
    expect(await refusal(unlinkIssue(other.member, issueId, to()))).toMatch(/^not_found/);
    expect(await getIssue(scene.member, issueId)).toMatchObject({ links: [to()] });
  });
});

describe("an issue", () => {
  it("[A4] is not found by those who are in other projects of the workspace alone; administrators see it", async () => {
    const { issueId } = await link("#1");
    const stranger = await makeMember(scene.admin);
    expect(await refusal(getIssue(stranger, issueId))).toMatch(/^not_found/);
    expect(await getIssue(scene.admin, issueId)).toMatchObject({ id: issueId });
    const elsewhere = { ...scene.owner, projectId: newId() };
    expect(await listIssues(elsewhere, to())).toEqual([]);
    expect(await refusal(unlinkIssue(elsewhere, issueId, to()))).toMatch(/^not_found/);
  });
});

describe("unlinking", () => {
  it("[H1] takes the issue off this result and no other, and can be undone", async () => {
    const [, second] = scene.results;
    const { issueId } = await link("#1");
    await link("#1", { resultId: second.resultId });
    expect(await unlinkIssue(scene.member, issueId, to())).toEqual({ removed: 1 });
    expect(await listIssues(scene.member, to())).toEqual([]);
    expect(await listIssues(scene.member, { resultId: second.resultId })).toHaveLength(1);
    expect(await link("acme/checkout#1")).toMatchObject({ issueId, outcome: "linked" });
    expect(await refusal(unlinkIssue(scene.member, issueId, { resultId: "nonsense" }))).toMatch(/^not_found/);
    const actions = await prisma.auditEntry.findMany({ where: { subjectId: issueId }, orderBy: { id: "asc" } });
    expect(actions.map(({ action }) => action)).toEqual([
      "issue.linked",
      "issue.linked",
      "issue.unlinked",
      "issue.linked",
    ]);
  });
});
