import { beforeEach, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { createProject } from "@/lib/projects/create";
import { makeAdmin } from "@/lib/workspaces/test-people";
import { assignIntegration } from "./assign-integration";
import { connectIntegration } from "./connect-integration";
import { chooseExternalProject, removeExternalProject } from "./external-projects";
import { assignmentInput, connectInput } from "./inputs";
import { listAssignable } from "./list-assignable";
import { listAssignments } from "./list-assignments";
import { listRepositories } from "./list-repositories";
import { disableIntegration } from "./set-status";
import { countAssignmentUses, unassign } from "./unassign";
import { setPrimary, updateAssignment } from "./update-assignment";

beforeEach(() => sandbox.reset());

async function makeLead(): Promise<Member> {
  const admin = await makeAdmin();
  return inProject(admin);
}

async function inProject(admin: Awaited<ReturnType<typeof makeAdmin>>): Promise<Member> {
  const { id } = await createProject(admin, { name: `Shop ${newId()}`, description: "", defaultBranch: "main" });
  return { ...admin, projectId: id, projectRole: "ADMIN" };
}

const connect = async (lead: Member, name = "Production", secret = sandbox.github.token) =>
  (
    await connectIntegration(
      lead,
      connectInput.parse({
        ...{ provider: "github", name, baseUrl: sandbox.github.apiUrl },
        ...{ authType: "pat", credential: { token: secret } },
      }),
    )
  ).id;

async function makeAssigned(secret?: string) {
  const lead = await makeLead();
  const integrationId = await connect(lead, "Production", secret);
  const { id } = await assignIntegration(lead, integrationId);
  return { lead, integrationId, id };
}

const primaries = async ({ projectId }: Member) =>
  (await prisma.projectIntegration.findMany({ where: { projectId, isPrimary: true } })).map(({ id }) => id);

describe("assigning", () => {
  it("[E1] makes the first one primary and keeps exactly one, whatever is done at the same moment", async () => {
    const lead = await makeLead();
    const integrations = [await connect(lead, "A"), await connect(lead, "B"), await connect(lead, "C")];
    const assigned = await Promise.all(integrations.map((integrationId) => assignIntegration(lead, integrationId)));
    expect(await primaries(lead)).toHaveLength(1);

    await Promise.all(assigned.map(({ id }) => setPrimary(lead, id)));
    expect(await primaries(lead)).toHaveLength(1);

    const [first = { id: "" }, second = { id: "" }] = assigned;
    await setPrimary(lead, second.id);
    expect(await primaries(lead)).toEqual([second.id]);
    await unassign(lead, second.id, { isConfirmed: false });
    expect(await primaries(lead)).toEqual([first.id]);
    expect((await listAssignments(lead)).map(({ isPrimary }) => isPrimary)).toEqual([true, false]);
  });

  it("[E1] refuses the same one twice, a disabled one, and taking primary away without another", async () => {
    const { lead, integrationId } = await makeAssigned();
    await expect(assignIntegration(lead, integrationId)).rejects.toMatchObject({ kind: "conflict" });
    const other = await connect(lead, "Other");
    await disableIntegration(lead, other);
    await expect(assignIntegration(lead, other)).rejects.toMatchObject({ kind: "integration_disabled" });
    expect(assignmentInput.safeParse({ isPrimary: false }).success).toBe(false);
  });

  it("[E1] offers what is in use and not assigned yet", async () => {
    const { lead } = await makeAssigned();
    const [other, off] = [await connect(lead, "Other"), await connect(lead, "Off")];
    await disableIntegration(lead, off);
    expect((await listAssignable(lead)).map(({ id }) => id)).toEqual([other]);
  });

  it("[E1] asks before it ends the use of one that issues came through; issues and links stay", async () => {
    const { lead, integrationId, id } = await makeAssigned();
    const { workspaceId, projectId } = lead;
    const issueId = newId();
    await prisma.issue.create({ data: { id: issueId, workspaceId, title: "T", state: "open", category: "open" } });
    await prisma.externalIssue.create({
      data: { workspaceId, issueId, integrationId, remoteId: "1", externalProjectId: "1", key: "a/b#1", url: "x" },
    });
    for (const resultId of [newId(), newId()]) {
      await prisma.issueLink.create({ data: { workspaceId, projectId, issueId, resultId } });
    }
    // Of another project: none of our business, and not counted.
    await prisma.issueLink.create({ data: { workspaceId, projectId: newId(), issueId, resultId: newId() } });

    expect(await countAssignmentUses(lead, id)).toEqual({ externalProjects: 0, issues: 1, links: 2, unfinished: 0 });
    await expect(unassign(lead, id, { isConfirmed: false })).rejects.toMatchObject({
      kind: "conflict",
      message: expect.stringContaining("1 issue"),
    });
    await unassign(lead, id, { isConfirmed: true });
    expect(await listAssignments(lead)).toEqual([]);
    expect(await prisma.issueLink.count({ where: { issueId } })).toBe(3);
  });

  it("[K1] leaves an audit row of the project for every change", async () => {
    const { lead, id } = await makeAssigned();
    await chooseExternalProject(lead, id, { key: "acme/checkout" });
    const [external = { id: "" }] = await prisma.externalProject.findMany({ where: { assignmentId: id } });
    await updateAssignment(lead, id, { defaultLabels: ["bug"] });
    await removeExternalProject(lead, id, external.id);
    await unassign(lead, id, { isConfirmed: false });
    const rows = await prisma.auditEntry.findMany({
      where: { projectId: lead.projectId, subjectId: id },
      orderBy: { id: "asc" },
    });
    expect(rows.map(({ action }) => action)).toEqual([
      "assignment.created",
      "assignment.project_chosen",
      "assignment.updated",
      "assignment.project_removed",
      "assignment.deleted",
    ]);
    expect(rows[2]).toMatchObject({ before: { defaultLabels: [] }, after: { defaultLabels: ["bug"] } });
  });
});

describe("the place that issues go to", () => {
  it("[E2] lists what the token reaches and marks what is public, archived, or takes no issues", async () => {
    const { lead, id } = await makeAssigned();
    const { repositories, next } = await listRepositories(lead, id);
    expect(next).toBeNull();
    const marks = repositories.map(({ key, isPublic, isArchived, hasIssues }) => ({
      key,
      isPublic,
      isArchived,
      hasIssues,
    }));
    expect(marks).toEqual(
      expect.arrayContaining([
        { key: "acme/checkout", isPublic: false, isArchived: false, hasIssues: true },
        { key: "acme/payments", isPublic: true, isArchived: false, hasIssues: true },
        { key: "acme/legacy", isPublic: false, isArchived: true, hasIssues: true },
        { key: "acme/handbook", isPublic: true, isArchived: false, hasIssues: false },
      ]),
    );
    const { repositories: narrowed } = await listRepositories(lead, id, { query: " PAYM " });
    expect(narrowed.map(({ key }) => key)).toEqual(["acme/payments"]);
  });

  it("[E2] is stored under its immutable id, whether chosen from the list or typed by name", async () => {
    const { lead, id } = await makeAssigned();
    const { repositories } = await listRepositories(lead, id);
    const checkout = repositories.find(({ key }) => key === "acme/checkout");
    await chooseExternalProject(lead, id, { key: " acme/checkout " });
    await chooseExternalProject(lead, id, { remoteId: checkout?.remoteId ?? "" });
    const stored = await prisma.externalProject.findMany({ where: { assignmentId: id } });
    expect(stored).toEqual([
      expect.objectContaining({ remoteId: checkout?.remoteId, key: "acme/checkout", isPublic: false, isDefault: true }),
    ]);
  });

  it("[E2] may be several, the latest chosen is the default, and another follows when it is removed", async () => {
    const { lead, id } = await makeAssigned();
    await chooseExternalProject(lead, id, { key: "acme/checkout" });
    await chooseExternalProject(lead, id, { key: "acme/payments" });
    const read = async () =>
      (await listAssignments(lead))[0]?.externalProjects.map(({ key, isDefault, isPublic }) => [
        key,
        isDefault,
        isPublic,
      ]);
    expect(await read()).toEqual([
      ["acme/payments", true, true],
      ["acme/checkout", false, false],
    ]);
    const [payments = { id: "" }] = (await listAssignments(lead))[0]?.externalProjects ?? [];
    await removeExternalProject(lead, id, payments.id);
    expect(await read()).toEqual([["acme/checkout", true, false]]);
  });

  it.each([
    ["an archived one", "acme/legacy", "invalid_input", "archived"],
    ["one without issues", "acme/handbook", "invalid_input", "issues switched off"],
    ["one that does not exist", "acme/nothing", "tracker_not_found", "no such repository"],
    ["something that is no name", "../../user", "invalid_input", "owner/name"],
  ])("[E2] refuses %s, at its field, and stores nothing", async (_, key, kind, words) => {
    const { lead, id } = await makeAssigned();
    await expect(chooseExternalProject(lead, id, { key })).rejects.toMatchObject({
      kind,
      fields: { externalProject: expect.stringContaining(words) },
    });
    expect(await prisma.externalProject.count({ where: { assignmentId: id } })).toBe(0);
  });

  it("[E2] refuses one that the token may not see, as one that does not exist", async () => {
    const { lead, id } = await makeAssigned(sandbox.github.readOnlyToken);
    await expect(chooseExternalProject(lead, id, { key: "acme/checkout" })).rejects.toMatchObject({
      kind: "tracker_not_found",
    });
    await expect(chooseExternalProject(lead, id, { key: "acme/payments" })).resolves.toBeTruthy();
  });
});

describe("labels and who files", () => {
  it("[E3] [E7] keeps the default labels, each once, and whether the product's is added", async () => {
    const { lead, id } = await makeAssigned();
    const read = async () => {
      const [assignment] = await listAssignments(lead);
      return [assignment?.defaultLabels, assignment?.addProductLabel];
    };
    expect(await read()).toEqual([[], true]);
    const input = assignmentInput.parse({ defaultLabels: [" bug ", "team: checkout", "bug"] });
    await updateAssignment(lead, id, input);
    expect(await read()).toEqual([["bug", "team: checkout"], true]);
    await updateAssignment(lead, id, { addProductLabel: false });
    expect(await read()).toEqual([["bug", "team: checkout"], false]);
    expect(assignmentInput.safeParse({ defaultLabels: ["x".repeat(51)] }).success).toBe(false);
  });

  it("[G4] says whose token issues will be filed with, to people who may not see the integration itself", async () => {
    const { lead } = await makeAssigned();
    const [assignment] = await listAssignments({ ...lead, workspaceRole: "MEMBER", projectRole: "VIEWER" });
    expect(assignment).toMatchObject({
      name: "Production",
      providerLabel: "GitHub",
      author: { login: "qa-bot", displayName: "Quality assurance bot" },
    });
    expect(JSON.stringify(assignment)).not.toContain("enc:v1:");
  });

  it("[E1] says why nothing can be created at present", async () => {
    const { lead, integrationId, id } = await makeAssigned();
    const why = async () => (await listAssignments(lead))[0]?.blocked?.kind ?? null;
    expect(await why()).toBe("no_project");
    await chooseExternalProject(lead, id, { key: "acme/checkout" });
    expect(await why()).toBeNull();
    await updateAssignment(lead, id, { active: false });
    expect(await why()).toBe("inactive");
    await updateAssignment(lead, id, { active: true });
    await prisma.connection.updateMany({ where: { integrationId }, data: { status: "needs_reauthorization" } });
    expect(await why()).toBe("needs_reauthorization");
    await disableIntegration(lead, integrationId);
    expect(await why()).toBe("disabled");
  });
});

describe("another project and another workspace", () => {
  it("[A4] find none of it", async () => {
    const { lead, integrationId, id } = await makeAssigned();
    await chooseExternalProject(lead, id, { key: "acme/checkout" });
    const [external = { id: "" }] = await prisma.externalProject.findMany({ where: { assignmentId: id } });

    for (const other of [await inProject(lead), await makeLead()]) {
      const attempts = [
        () => updateAssignment(other, id, { active: false }),
        () => unassign(other, id, { isConfirmed: true }),
        () => countAssignmentUses(other, id),
        () => listRepositories(other, id),
        () => chooseExternalProject(other, id, { key: "acme/payments" }),
        () => removeExternalProject(other, id, external.id),
      ];
      for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ kind: "not_found" });
      expect(await listAssignments(other)).toEqual([]);
    }
    const foreigner = await makeLead();
    await expect(assignIntegration(foreigner, integrationId)).rejects.toMatchObject({ kind: "not_found" });
    expect(await listAssignable(foreigner)).toEqual([]);
    expect(await prisma.externalProject.count({ where: { assignmentId: id } })).toBe(1);
  });
});
