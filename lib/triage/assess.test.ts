import { beforeEach, describe, expect, it, vi } from "vitest";
import { parse } from "@/lib/boundary";
import { pool, prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { assessCase, assessGroups } from "./assess";
import { getGroup } from "./get-group";
import { assessGroupsInput, assessInput } from "./inputs";
import { listAssessments } from "./list-assessments";
import { mergeGroups } from "./merge";
import { importTests, makeTriageScene, type TriageScene } from "./testing/scene";

let scene: TriageScene;

beforeEach(async () => {
  scene = await makeTriageScene();
});

const gateway = { name: "pays", type: "GatewayError", message: "the payment gateway did not answer in time" };
const stock = { name: "orders", type: "StockError", message: "warehouse seven has nothing left of it" };
const day = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * day).toISOString();
const assess = (input: Record<string, unknown>, by = scene.member) => assessGroups(by, parse(assessGroupsInput, input));
const view = async (id: string) => getGroup(scene.member, id);
const caseId = async (name: string) =>
  (await prisma.testCase.findFirstOrThrow({ where: { projectId: scene.projectId, name } })).id;

describe("an assessment", () => {
  it("[B7] of groups says who, why, when and until when, in the order of what happened", async () => {
    const { groupOf } = await importTests(scene, [gateway, stock]);
    const groupIds = [groupOf("pays"), groupOf("orders")];
    const until = inDays(30);
    expect(await assess({ groupIds, assessment: "risk_accepted", until, reason: "fixed in the next release" })).toEqual(
      { changed: 2 },
    );
    expect(
      await assess({ groupIds: [groupOf("pays")], assessment: "false_positive", reason: " the test is wrong " }),
    ).toEqual({ changed: 1 });
    await assess({ groupIds: [groupOf("pays")], assessment: "active" });
    const by = { actorId: scene.member.userId, actorName: scene.member.name, field: "assessment", source: null };
    const { group, history } = await view(groupOf("pays"));
    expect(history).toMatchObject([
      { ...by, before: "false_positive", after: "active", reason: null, until: null },
      { ...by, before: "risk_accepted", after: "false_positive", reason: "the test is wrong", until: null },
      { ...by, before: "active", after: "risk_accepted", reason: "fixed in the next release", until },
    ]);
    expect(group).toMatchObject({ assessment: "active", assessedUntil: null });
    expect((await view(groupOf("orders"))).group).toMatchObject({ assessment: "risk_accepted", assessedUntil: until });
  });

  it.each([
    [{}, "assessment"],
    [{ assessment: "false_positive" }, "reason"],
    [{ assessment: "false_positive", reason: "  " }, "reason"],
    [{ assessment: "risk_accepted", until: inDays(1) }, "reason"],
    [{ assessment: "risk_accepted", reason: "later" }, "until"],
    [{ assessment: "risk_accepted", reason: "later", until: inDays(-1) }, "until"],
    [{ assessment: "risk_accepted", reason: "later", until: inDays(735) }, "until"],
    [{ assessment: "muted", until: inDays(1) }, "until"],
    [{ assessment: "mute" }, "assessment"],
    [{ severity: "awful" }, "severity"],
    [{ severity: "high", reason: "x".repeat(2_001) }, "reason"],
    [{ severity: "high", reason: "a\0b" }, "reason"],
  ])("[B7] as %j is refused at its field %s", (input, field) => {
    const fields = expect.objectContaining({ [field]: expect.any(String) });
    expect(() => parse(assessInput, input)).toThrow(expect.objectContaining({ kind: "invalid_input", fields }));
    expect(() => parse(assessGroupsInput, { ...input, groupIds: ["x"] })).toThrow(expect.objectContaining({ fields }));
  });

  it("[B7] takes up to 500 groups at once", () => {
    const groupIds = (length: number) => ({ severity: "high", groupIds: Array.from({ length }, newId) });
    expect(parse(assessGroupsInput, groupIds(500)).groupIds).toHaveLength(500);
    for (const length of [0, 501]) expect(() => parse(assessGroupsInput, groupIds(length))).toThrow(/groupIds/);
  });

  it("[B7] is for all groups or none, of this project alone, and not for one that was merged", async () => {
    const { groupOf } = await importTests(scene, [gateway, stock]);
    const [into, other] = [groupOf("pays"), groupOf("orders")];
    const theirs = await importTests(await makeTriageScene(), [gateway]);
    for (const id of [newId(), "x", theirs.groupOf("pays")]) {
      await expect(assess({ groupIds: [into, id], severity: "high" })).rejects.toMatchObject({ kind: "not_found" });
      await expect(assessCase(scene.member, id, { severity: "high" })).rejects.toMatchObject({ kind: "not_found" });
    }
    await mergeGroups(scene.member, { into, groupIds: [other] });
    await expect(assess({ groupIds: [into, other], severity: "high" })).rejects.toMatchObject({
      kind: "conflict",
      // What is answered goes to the log, too: nothing of what a failure says.
      message: expect.not.stringContaining("warehouse"),
    });
    expect((await view(into)).group.severity).toBe("medium");
  });

  it("[B7] leaves an audit row and tells open pages; where nothing changes, neither and no history", async () => {
    const { groupOf } = await importTests(scene, [gateway]);
    const heard: string[] = [];
    const client = await pool.connect();
    client.on("notification", ({ payload }) => heard.push(JSON.parse(payload ?? "{}").topic));
    await client.query("listen pages");
    const muted = { groupIds: [groupOf("pays")], assessment: "muted", severity: "high" };
    await assess(muted);
    expect(await assess(muted)).toEqual({ changed: 0 });
    await assessCase(scene.member, await caseId("pays"), { severity: "low" });
    await vi.waitFor(() => expect(heard).toEqual(["group", "case"]));
    await client.query("unlisten pages");
    client.release();
    const rows = await prisma.auditEntry.findMany({
      where: { projectId: scene.projectId, action: { endsWith: ".assessed" } },
      orderBy: { id: "asc" },
    });
    expect(rows).toMatchObject([
      { action: "group.assessed", subjectId: groupOf("pays"), after: { severity: "high", assessment: "muted" } },
      { action: "case.assessed", after: { severity: "low" } },
    ]);
    expect((await view(groupOf("pays"))).history).toHaveLength(2);
  });
});

it("[B7] [K1] the reason of an assessment is in the audit log without secrets", async () => {
  const { groupOf } = await importTests(scene, [gateway]);
  const reason = `its token ghp_${"a1B2c3D4e5".repeat(4).slice(0, 36)} is dead`;
  await assess({ groupIds: [groupOf("pays")], assessment: "false_positive", reason });
  await assessCase(scene.member, await caseId("pays"), { assessment: "false_positive", reason });
  const rows = await prisma.auditEntry.findMany({
    where: { projectId: scene.projectId, action: { endsWith: ".assessed" } },
  });
  for (const { after } of rows)
    expect(after).toMatchObject({ reason: expect.stringMatching(/^its token \[masked: .+\] is dead$/) });
  expect(rows).toHaveLength(2);
});

describe("a severity by hand", () => {
  it("[B7] goes before what reports tell, until it is taken back: then what they tell last counts", async () => {
    const critical = { ...gateway, properties: { severity: "critical" } };
    const { groupOf } = await importTests(scene, [critical]);
    const groupIds = [groupOf("pays")];
    await assess({ groupIds, severity: "low", reason: "nobody uses it" });
    await importTests(scene, [{ ...critical, properties: { severity: "high" } }]);
    expect((await view(groupOf("pays"))).group).toMatchObject({ severity: "low", severitySource: "hand" });
    await assess({ groupIds, severity: null });
    const { group, history } = await view(groupOf("pays"));
    expect(group).toMatchObject({ severity: "high", severitySource: "property" });
    expect(history[0]).toMatchObject({ before: "low", after: "high", source: "property", detail: "of pays" });
    expect(await assess({ groupIds, severity: null })).toEqual({ changed: 0 });
  });

  it("[B7] of a case goes before its properties, until it is taken back; its history says all of it", async () => {
    await importTests(scene, [{ ...gateway, properties: { severity: "minor" } }]);
    const id = await caseId("pays");
    await assessCase(scene.member, id, { severity: "critical", assessment: "muted" });
    await importTests(scene, [{ ...gateway, properties: { severity: "major" } }]);
    const read = () => prisma.testCase.findUniqueOrThrow({ where: { id } });
    expect(await read()).toMatchObject({
      severity: "critical",
      severitySource: "hand",
      assessment: "muted",
      version: 1,
    });
    await assessCase(scene.member, id, { severity: null });
    expect(await read()).toMatchObject({ severity: "high", severitySource: "property", assessment: "muted" });
    const history = await listAssessments(scene.member, { caseId: id });
    expect(history.map(({ field, after, source }) => [field, after, source])).toEqual([
      ["severity", "high", "property"],
      ["assessment", "muted", null],
      ["severity", "critical", "hand"],
      ["severity", "low", "property"],
    ]);
    expect(history[0]).toMatchObject({ detail: "severity: major", actorName: scene.member.name });
    expect(await listAssessments((await makeTriageScene()).member, { caseId: id })).toEqual([]);
  });

  it("[B7] taken back where reports tell nothing is medium again", async () => {
    const { groupOf } = await importTests(scene, [gateway]);
    await assess({ groupIds: [groupOf("pays")], severity: "high" });
    await assess({ groupIds: [groupOf("pays")], severity: null });
    expect((await view(groupOf("pays"))).group).toMatchObject({ severity: "medium", severitySource: "default" });
  });
});
