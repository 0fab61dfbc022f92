import { beforeEach, expect, it } from "vitest";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { createProject } from "@/lib/projects/create";
import { editCase } from "@/lib/results/edit-case";
import { assessCase, assessGroups } from "./assess";
import { mergeGroups } from "./merge";
import { refineGroup } from "./refine";
import { splitGroup } from "./split";
import { importTests, linkNewIssue, makeTriageScene, type TriageScene } from "./testing/scene";
import { readStored } from "./testing/stored";
import { undoChange } from "./undo";

const gateway = (order: number) => ({
  ...{ name: `pays ${order}`, suite: `suite ${order}`, type: "GatewayError" },
  message: "the payment gateway did not answer in time",
});
const stock = { name: "orders", type: "StockError", message: "warehouse seven has nothing left of it" };
const failing = [gateway(1), gateway(2), stock];

/** Two projects of one workspace in which the very same fails, so that their fingerprints have the same hashes. */
async function makeTwoProjects() {
  const scene = await makeTriageScene();
  const { id: projectId } = await createProject(scene.admin, {
    name: "Second",
    description: "",
    defaultBranch: "main",
  });
  const [owner, member] = [scene.owner, scene.member].map((one) => ({ ...one, projectId }));
  if (!owner || !member) throw new Error("nobody");
  const beside: TriageScene = { admin: scene.admin, owner, member, projectId };
  return { scene, beside, mine: await importTests(scene, failing), theirs: await importTests(beside, failing) };
}

let two: Awaited<ReturnType<typeof makeTwoProjects>>;
beforeEach(async () => {
  two = await makeTwoProjects();
});

const hashOf = async (id: string) => (await prisma.testResult.findUniqueOrThrow({ where: { id } })).fingerprint ?? "";
const contentOf = async ({ projectId }: TriageScene) => ({
  ...(await readStored(projectId)),
  changes: await prisma.groupChange.findMany({ where: { projectId }, orderBy: { id: "asc" } }),
  history: await prisma.assessment.findMany({ where: { projectId }, orderBy: { id: "asc" } }),
  cases: await prisma.testCase.findMany({ where: { projectId }, orderBy: { id: "asc" } }),
});

it("[A4] [J1] what is done with failures leaves the same failures of another project as they are", async () => {
  const { scene, beside, mine, theirs } = two;
  const [pays, orders] = [mine.groupOf("pays 1"), mine.groupOf("orders")];
  await linkNewIssue(beside, theirs.groupOf("pays 1"), theirs.resultOf("pays 1"));
  const hash = await hashOf(mine.resultOf("orders"));
  const paysHash = await hashOf(mine.resultOf("pays 1"));
  expect(paysHash).toBe(await hashOf(theirs.resultOf("pays 1")));
  const bySuite = { hash: paysHash, keep: { kind: "suite" } } as const;
  await refineGroup(beside.member, theirs.groupOf("pays 1"), bySuite);
  const before = await contentOf(beside);

  const { member } = scene;
  const merged = await mergeGroups(member, { into: pays, groupIds: [orders] });
  const split = await splitGroup(member, pays, [hash]);
  const told = await refineGroup(member, pays, bySuite);
  expect(told.created).toHaveLength(1);
  await assessGroups(member, { groupIds: [pays], severity: "critical", assessment: "muted" });
  for (const { changeId } of [told, split, merged]) await undoChange(member, changeId);
  expect(await contentOf(beside)).toEqual(before);
});

it("[A4] [J1] nobody changes the failures and cases of another project of the workspace from theirs", async () => {
  const { scene, beside, mine, theirs } = two;
  const { changeId } = await mergeGroups(beside.member, {
    into: theirs.groupOf("pays 1"),
    groupIds: [theirs.groupOf("orders")],
  });
  const foreign = theirs.groupOf("pays 1");
  const own = mine.groupOf("pays 1");
  const hash = await hashOf(mine.resultOf("pays 1"));
  const { caseId } = await prisma.testResult.findUniqueOrThrow({ where: { id: theirs.resultOf("orders") } });
  const before = [await contentOf(scene), await contentOf(beside)];

  const { member } = scene;
  const attempts = (groupId: string, change: string, ofCase: string) => [
    () => mergeGroups(member, { into: own, groupIds: [groupId] }),
    () => mergeGroups(member, { into: groupId, groupIds: [own] }),
    () => splitGroup(member, groupId, [hash]),
    () => refineGroup(member, groupId, { hash, keep: { kind: "suite" } }),
    () => assessGroups(member, { groupIds: [own, groupId], assessment: "muted" }),
    () => undoChange(member, change),
    () => assessCase(member, ofCase, { severity: "low" }),
    () => editCase(member, ofCase, { version: 1, owner: "Mallory" }),
  ];
  const absent = attempts(newId(), newId(), newId());
  const malformed = attempts("x", "x", "x");
  for (const [place, attempt] of attempts(foreign, changeId, caseId).entries()) {
    const answer = await attempt().catch(({ kind, message }) => ({ kind, message }));
    expect(answer).toMatchObject({ kind: "not_found" });
    for (const other of [absent[place], malformed[place]])
      expect(await other?.().catch(({ kind, message }) => ({ kind, message }))).toEqual(answer);
  }
  expect([await contentOf(scene), await contentOf(beside)]).toEqual(before);
});
