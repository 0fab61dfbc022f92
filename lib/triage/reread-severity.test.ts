import { beforeEach, describe, expect, it } from "vitest";
import { prisma } from "@/lib/db/client";
import { caseInput } from "@/lib/results/case-inputs";
import { getCase } from "@/lib/results/cases";
import { editCase } from "@/lib/results/edit-case";
import { assessCase } from "./assess";
import { assessInput } from "./inputs";
import { checkGroups } from "./testing/check-groups";
import { importTests, makeTriageScene, type TriageScene } from "./testing/scene";

let scene: TriageScene;
let caseId: string;

beforeEach(async () => {
  scene = await makeTriageScene();
  caseId = await caseOf({});
});

/** The case after a report of it. */
async function caseOf(properties: Record<string, string>): Promise<string> {
  await importTests(scene, [{ name: "pays", properties, message: "gateway does not answer" }]);
  const where = { projectId: scene.projectId, name: "pays" };
  return (await prisma.testCase.findFirstOrThrow({ where, select: { id: true } })).id;
}

async function edit(change: { tags?: string[]; owner?: string }) {
  const { version } = await getCase(scene.member, caseId);
  return editCase(scene.member, caseId, caseInput.parse({ version, ...change }));
}

const assess = (severity: string | null) => assessCase(scene.member, caseId, assessInput.parse({ severity }));
const history = () => prisma.assessment.findMany({ where: { caseId }, orderBy: { createdAt: "asc" } });
const isOf = async (severity: string, severitySource: string) => {
  expect(await getCase(scene.member, caseId)).toMatchObject({ severity, severitySource });
  await checkGroups(scene.projectId);
};

describe("a severity in the tags that people give a case", () => {
  it.each([
    [["severity:high"], "high", "tag"],
    [["smoke", " @Severity=Blocker"], "critical", "tag"],
    [["severity: low", "severity:p1"], "high", "tag"],
    [["severity:as ever"], "medium", "default"],
    [["highly severe"], "medium", "default"],
  ])("[B7] %j: %s by %s", async (tags, severity, severitySource) => {
    expect(await edit({ tags })).toMatchObject({ severity, severitySource });
    await isOf(severity, severitySource);
  });

  it("[B7] goes with the tag, and each change is told with who made it and what it comes from", async () => {
    await edit({ tags: ["severity:high"] });
    await edit({ tags: ["severity:high", "smoke"] });
    await edit({ owner: "Ada" });
    await edit({ tags: ["smoke"] });
    await isOf("medium", "default");
    const told = { field: "severity", actorId: scene.member.userId, actorName: scene.member.name };
    expect(await history()).toMatchObject([
      { ...told, before: "medium", after: "high", source: "tag", detail: "severity:high" },
      { ...told, before: "high", after: "medium", source: "default", detail: null },
    ]);
    const audited = await prisma.auditEntry.findMany({
      where: { action: "case.edited", subjectId: caseId },
      orderBy: { id: "asc" },
      select: { before: true, after: true },
    });
    expect(audited[0]).toMatchObject({
      before: { severity: "medium", severitySource: "default" },
      after: { severity: "high", severitySource: "tag" },
    });
    expect(audited[1]?.after).not.toHaveProperty("severity");
  });

  it("[B7] is behind what a property says and what a person has said, and before no tag", async () => {
    await assess("info");
    await edit({ tags: ["severity:high"] });
    await isOf("info", "hand");
    // No longer by hand: then the tag has its say.
    await assess(null);
    await isOf("high", "tag");
    await caseOf({ severity: "low" });
    await isOf("low", "property");
    await edit({ tags: ["severity:critical"] });
    await isOf("low", "property");
    // What an earlier report said holds, though the latest says nothing.
    await caseOf({});
    await edit({ tags: [] });
    await isOf("low", "property");
  });

  it("[B7] holds over imports: a report's tag is beside it, the highest counts", async () => {
    await edit({ tags: ["severity:high"] });
    await caseOf({});
    await isOf("high", "tag");
    await caseOf({ tag: "severity:low" });
    await isOf("high", "tag");
    await caseOf({ tag: "severity:critical" });
    await isOf("critical", "tag");
    await edit({ tags: [] });
    await isOf("critical", "tag");
  });

  it("[B7] reaches the group with the next failure", async () => {
    await edit({ tags: ["severity:high"] });
    await caseOf({});
    expect(await prisma.failureGroup.findFirst({ where: { projectId: scene.projectId } })).toMatchObject({
      ...{ severity: "high", severitySource: "tag" },
    });
  });
});
