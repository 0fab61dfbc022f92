import { beforeEach, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { AppError } from "@/lib/errors";
import { mergeGroups } from "@/lib/triage/merge";
import { importTests } from "@/lib/triage/testing/scene";
import { linkIssue } from "./link-issue";
import { type LinkTo, linkTo } from "./link-place";
import { listCreations } from "./list-creations";
import { listIssues } from "./list-issues";
import { ask, makeScene, type Scene } from "./test-scene";
import { unlinkIssue } from "./unlink-issue";

let scene: Scene;
let night: Awaited<ReturnType<typeof importTests>>;

const red = [
  ...["pays", "refunds", "cancels"].map((name) => ({
    name,
    type: "TimeoutError",
    message: `gateway did not answer in ${name.length} ms`,
  })),
  { name: "ships", type: "StockError", message: "no article left in the warehouse" },
];

beforeEach(async () => {
  await sandbox.reset();
  scene = await makeScene(sandbox.github);
  night = await importTests(scene, red);
});

const group = (name = "pays") => night.groupOf(name);
const result = (name = "pays") => night.resultOf(name);
const link = (to: LinkTo, ref = "#1", as = scene.member) => linkIssue(as, scene.integrationId, to, ref);
const keysOf = async (subject: Parameters<typeof listIssues>[1]) =>
  (await listIssues(scene.member, subject)).map(({ key }) => key);
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error) => (error instanceof AppError ? error.kind : String(error)),
  );
const caseOf = async (name: string) =>
  (await prisma.testResult.findUniqueOrThrow({ where: { id: result(name) }, select: { caseId: true } })).caseId;

describe("an issue that is linked to a failure group", () => {
  it("[H2] is the issue of each of its failures, in this run and in later ones, and of no other", async () => {
    expect(await link({ groupId: group(), resultId: result() })).toMatchObject({ outcome: "linked" });
    const next = await importTests(scene, [
      ...red,
      { name: "voids", type: "TimeoutError", message: red[0]?.message ?? "" },
    ]);
    expect(next.groupOf("voids")).toBe(group());
    const subjects = [
      { resultId: result("cancels") },
      { resultId: next.resultOf("voids") },
      { groupId: group() },
      { caseId: await caseOf("refunds") },
      { runId: night.runId },
    ];
    for (const subject of subjects) expect(await keysOf(subject)).toEqual(["acme/checkout#1"]);
    // It was linked from the first run; in the second one it shows at its failures.
    for (const subject of [{ resultId: result("ships") }, { caseId: await caseOf("ships") }, { runId: next.runId }])
      expect(await keysOf(subject)).toEqual([]);
    const [issue] = await listIssues(scene.member, { resultId: next.resultOf("pays") });
    expect(issue).toMatchObject({ linkCount: 1, links: [{ coversGroup: true, groupId: group(), resultId: result() }] });
  });

  it("[H2] twice is no error; what was linked to a result alone is widened, and a result of it has it already", async () => {
    const { linkId } = await link({ resultId: result() });
    expect(await listIssues(scene.member, { resultId: result("refunds") })).toEqual([]);
    expect(await listIssues(scene.member, { groupId: group() })).toMatchObject([{ links: [{ coversGroup: false }] }]);
    expect(await link({ groupId: group(), resultId: result() })).toMatchObject({ linkId, outcome: "linked" });
    for (const to of [{ groupId: group() }, { groupId: group(), resultId: result() }, { resultId: result("refunds") }])
      expect(await link(to)).toMatchObject({ linkId, outcome: "already_linked" });
    expect(await prisma.issueLink.count({ where: { projectId: scene.projectId } })).toBe(1);
  });

  it("[H2] by two people at once, one for the group and one for its result: one issue with the group in it", async () => {
    await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        i % 2 ? link({ groupId: group(), resultId: result() }, "#1", scene.owner) : link({ resultId: result() }),
      ),
    );
    const links = await prisma.issueLink.findMany({ where: { projectId: scene.projectId } });
    expect(links).toMatchObject([{ groupId: group(), coversGroup: true }]);
  });

  it("[H2] while the group is merged into another, goes along", async () => {
    const names = ["pays", "ships"];
    await Promise.all([
      ...names.map((name) => link({ groupId: group(name), resultId: result(name) }, name === "pays" ? "#1" : "#2")),
      mergeGroups(scene.member, { into: group("ships"), groupIds: [group("pays")] }),
    ]);
    expect((await keysOf({ groupId: group("ships") })).sort()).toEqual(["acme/checkout#1", "acme/checkout#2"]);
    expect((await keysOf({ groupId: group("pays") })).sort()).toEqual(["acme/checkout#1", "acme/checkout#2"]);
  });

  it("[H2] is taken off all of them at once, and never off one alone without a word", async () => {
    const { issueId } = await link({ groupId: group(), resultId: result() });
    await link({ resultId: result("ships") });
    for (const name of ["pays", "refunds"])
      expect(await refusal(unlinkIssue(scene.member, issueId, { resultId: result(name) }))).toBe("conflict");
    expect(await unlinkIssue(scene.member, issueId, { groupId: group() })).toEqual({ removed: 1 });
    expect(await keysOf({ resultId: result() })).toEqual([]);
    expect(await keysOf({ resultId: result("ships") })).toEqual(["acme/checkout#1"]);
    expect(await refusal(unlinkIssue(scene.member, issueId, { groupId: group() }))).toBe("not_found");
  });

  it("[H2] off the group is off the results of it that it was linked to one by one", async () => {
    const { issueId } = await link({ resultId: result("pays") });
    await link({ resultId: result("refunds") });
    expect(await unlinkIssue(scene.member, issueId, { groupId: group() })).toEqual({ removed: 2 });
  });

  it("[A4] [H2] another project's group, and one that is not there, are not found; another group's result is refused", async () => {
    const other = await makeScene(sandbox.github);
    const theirs = await importTests(other, red);
    for (const groupId of [theirs.groupOf("pays"), newId(), "nonsense"])
      expect(await refusal(link({ groupId }))).toBe("not_found");
    expect(await refusal(link({ groupId: group(), resultId: result("ships") }))).toBe("invalid_input");
    await link({ groupId: group() });
    expect(await listIssues(other.member, { groupId: group() })).toEqual([]);
    expect(await listCreations(other.member, { groupId: group() })).toEqual([]);
    const [issue] = await listIssues(scene.member, { groupId: group() });
    expect(await refusal(unlinkIssue(other.member, issue?.id ?? "", { groupId: group() }))).toBe("not_found");
  });

  it("[K1] is told to open pages of the issue and of the group, and to the log", async () => {
    const { issueId } = await link({ groupId: group(), resultId: result() });
    const entry = await prisma.auditEntry.findFirstOrThrow({ where: { subjectId: issueId, action: "issue.linked" } });
    expect(entry.after).toMatchObject({ groupId: group(), coversGroup: true });
  });
});

it("[H2] a rule may link thousands of results to one issue: the others of the group are listed all the same", async () => {
  await link({ groupId: group() }, "#1");
  const { issueId } = await link({ resultId: result() }, "#2");
  await prisma.$executeRaw`
    insert into "IssueLink" (id, "workspaceId", "projectId", "issueId", "resultId", "groupId", "runId")
    select gen_random_uuid(), "workspaceId", "projectId", "issueId", gen_random_uuid(), "groupId", "runId"
    from "IssueLink", generate_series(1, 5000) where "issueId" = ${issueId}::uuid`;
  const issues = await listIssues(scene.member, { groupId: group() });
  expect(issues.map(({ key, linkCount, links }) => [key, linkCount, links.length])).toEqual([
    ["acme/checkout#2", 5_001, 20],
    ["acme/checkout#1", 1, 1],
  ]);
});

it("[H3] a creation for the group shows at each of its results, the group, its run and its case", async () => {
  const { creation } = await ask(scene, { groupIds: [group()], resultIds: [result()] });
  const shows = async (subject: Parameters<typeof listCreations>[1]) =>
    (await listCreations(scene.owner, subject)).map(({ id }) => id);
  for (const subject of [{ groupId: group() }, { resultId: result("cancels") }, { runId: night.runId }])
    expect(await shows(subject)).toEqual([creation?.id]);
  expect(await shows({ resultId: result("ships") })).toEqual([]);
  expect(await shows({ groupId: group("ships") })).toEqual([]);
  expect(await listCreations(scene.member, { groupId: group() })).toMatchObject([
    { groupIds: [group()], resultIds: [result()] },
  ]);
});

it("[H2] something has to be named to link to, and not two things", () => {
  expect(linkTo({ groupId: "g" })).toEqual({ groupId: "g" });
  expect(linkTo({ groupId: "g", resultId: "r" })).toEqual({ groupId: "g", resultId: "r" });
  for (const wrong of [{}, { caseId: "c", resultId: "r" }, { caseId: "c", groupId: "g" }])
    expect(() => linkTo(wrong)).toThrow(/Name a result, a case or a failure group/);
});
