import { beforeEach, describe, expect, it } from "vitest";
import { prisma } from "@/lib/db/client";
import { importTests, makeTriageScene, type TriageScene } from "./testing/scene";

let scene: TriageScene;

beforeEach(async () => {
  scene = await makeTriageScene();
});

const failing = (properties: Record<string, string>, name = "pays") => ({
  ...{ name, properties },
  message: "gateway does not answer",
});

const standing = { severity: true, severitySource: true } as const;
const caseOf = (name: string) =>
  prisma.testCase.findFirstOrThrow({ where: { projectId: scene.projectId, name }, select: { id: true, ...standing } });
const group = () => prisma.failureGroup.findFirstOrThrow({ where: { projectId: scene.projectId } });
const history = (where: { groupId: string } | { caseId: string }) =>
  prisma.assessment.findMany({ where, orderBy: { createdAt: "asc" } });

describe("an imported severity", () => {
  it.each([
    [{ severity: "critical" }, "critical", "property"],
    [{ severity: " Blocker " }, "critical", "property"],
    [{ severity: "MAJOR" }, "high", "property"],
    [{ severity: "P2" }, "medium", "property"],
    [{ severity: "minor" }, "low", "property"],
    [{ severity: "trivial" }, "info", "property"],
    [{ tag: "severity:high" }, "high", "tag"],
    [{ tags: "smoke, severity:low;@severity=p0 nightly" }, "critical", "tag"],
    [{ tags: "severity:critical", severity: "low" }, "low", "property"],
    [{ severity: "as ever", tags: "severity:high" }, "high", "tag"],
    [{ severity: "as ever" }, "medium", "default"],
    [{ tags: "highly severe" }, "medium", "default"],
    [{ owner: "critical" }, "medium", "default"],
  ])("[B7] of a case comes from its properties %j: %s by %s", async (properties, severity, severitySource) => {
    await importTests(scene, [failing(properties)]);
    expect(await caseOf("pays")).toMatchObject({ severity, severitySource });
    expect(await group()).toMatchObject({ severity, severitySource });
  });

  it("[B7] leaves a row of history for each change, with what it comes from, and none where nothing changes", async () => {
    await importTests(scene, [failing({ severity: "major" })]);
    await importTests(scene, [failing({ severity: "major", run: "2" })]);
    await importTests(scene, [failing({ tags: "severity:low", run: "3" })]);
    const { id: caseId } = await caseOf("pays");
    const told = { field: "severity", actorId: null, actorName: "Import" };
    expect(await history({ caseId })).toMatchObject([
      { ...told, before: "medium", after: "high", source: "property", detail: "severity: major" },
      { ...told, before: "high", after: "low", source: "tag", detail: "severity:low" },
    ]);
    expect(await history({ groupId: (await group()).id })).toMatchObject([
      { ...told, before: "medium", after: "high", source: "property", detail: "of pays" },
      { ...told, before: "high", after: "low", source: "tag", detail: "of pays" },
    ]);
  });

  it("[B7] of a group is the highest of its cases that failed in the run, whatever those say that say nothing", async () => {
    await importTests(scene, [failing({ severity: "low" }), failing({}, "refunds")]);
    expect(await group()).toMatchObject({ severity: "low" });
    await importTests(scene, [failing({ severity: "low" }), failing({ severity: "high" }, "refunds")]);
    expect(await group()).toMatchObject({ severity: "high" });
    await importTests(scene, [
      failing({ severity: "low" }),
      { ...failing({ severity: "high" }, "refunds"), status: "passed" },
    ]);
    expect(await group()).toMatchObject({ severity: "low" });
  });

  it("[B7] does not touch what a person has set, on a case or on a group", async () => {
    await importTests(scene, [failing({})]);
    const { id } = await caseOf("pays");
    await prisma.testCase.update({ where: { id }, data: { severity: "info", severitySource: "hand" } });
    await importTests(scene, [failing({ severity: "critical" })]);
    expect(await caseOf("pays")).toMatchObject({ severity: "info", severitySource: "hand" });
    // By hand on the case is not by hand on the group: the next import may change it.
    expect(await group()).toMatchObject({ severity: "info", severitySource: "default" });

    await prisma.failureGroup.update({
      where: { id: (await group()).id },
      data: { severity: "high", severitySource: "hand" },
    });
    await importTests(scene, [
      failing({ severity: "critical", run: "2" }),
      failing({ severity: "critical" }, "refunds"),
    ]);
    expect(await group()).toMatchObject({ severity: "high", severitySource: "hand" });
    expect(await caseOf("refunds")).toMatchObject({ severity: "critical", severitySource: "property" });
  });

  it("[B7] stays within its project", async () => {
    await importTests(scene, [failing({})]);
    const other = await makeTriageScene();
    await importTests(other, [failing({ severity: "critical" })]);
    expect(await caseOf("pays")).toMatchObject({ severity: "medium", severitySource: "default" });
    expect(await group()).toMatchObject({ severity: "medium", severitySource: "default" });
  });
});
