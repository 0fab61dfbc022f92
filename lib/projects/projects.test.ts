import { beforeAll, describe, expect, it } from "vitest";
import { findMember } from "@/lib/auth/gates";
import type { Actor, Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { removeMember } from "@/lib/workspaces/members";
import { makeAdmin, makeMember, makeProjectMember } from "@/lib/workspaces/test-people";
import { createProject } from "./create";
import { archiveProject, editProject } from "./edit";
import { getProject, listProjects } from "./list";
import { addProjectMember, changeProjectRole, listAddable, listProjectMembers, removeProjectMember } from "./members";

const input = (name: string) => ({ name, description: "", defaultBranch: "main" });
const names = (list: { name: string }[]) => list.map(({ name }) => name);

let ada: Actor;
let checkout: Member;

beforeAll(async () => {
  ada = await makeAdmin();
  const { id: projectId } = await createProject(ada, input("Checkout"));
  await createProject(ada, input("Billing"));
  checkout = { ...ada, projectId, projectRole: "ADMIN" };
});

describe("projects", () => {
  it("[A2] are made by administrators of the workspace, who become project administrators", async () => {
    const mel = await makeMember(ada);
    await expect(createProject(mel, input("Mine"))).rejects.toMatchObject({ kind: "forbidden" });
    expect(await listProjectMembers(checkout)).toMatchObject([{ id: ada.userId, role: "ADMIN" }]);
  });

  it("[A2] a name is taken once, also by two at once", async () => {
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => createProject(ada, input("Twice"))));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await expect(editProject(checkout, { name: "Billing" })).rejects.toMatchObject({
      fields: { name: expect.any(String) },
    });
  });

  it("[A2] people see the projects they are in, administrators all; gates agree", async () => {
    const viewer = await makeProjectMember(ada, checkout.projectId, "VIEWER");
    expect(await listProjects(viewer)).toMatchObject([{ name: "Checkout", role: "VIEWER" }]);
    expect(names(await listProjects(ada))).toEqual(expect.arrayContaining(["Billing", "Checkout"]));

    const stranger = await makeMember(ada);
    expect(await listProjects(stranger)).toEqual([]);
    expect(await findMember(stranger, checkout.projectId)).toBeNull();
    expect(await findMember(viewer, checkout.projectId)).toMatchObject({ projectRole: "VIEWER" });
    expect(await findMember({ ...ada, userId: newId() }, checkout.projectId)).toMatchObject({ projectRole: "ADMIN" });
  });

  it("[A4] another workspace's administrator finds nothing and changes nothing", async () => {
    const eve = await makeAdmin("Eve");
    expect(await listProjects(eve)).toEqual([]);
    expect(await findMember(eve, checkout.projectId)).toBeNull();
    const forged: Member = { ...eve, projectId: checkout.projectId, projectRole: "ADMIN" };
    const notFound = { kind: "not_found" };
    await expect(getProject(forged)).rejects.toMatchObject(notFound);
    await expect(editProject(forged, { name: "Stolen" })).rejects.toMatchObject(notFound);
    await expect(archiveProject(forged, true)).rejects.toMatchObject(notFound);
    await expect(changeProjectRole(forged, ada.userId, "VIEWER")).rejects.toMatchObject(notFound);
    await expect(removeProjectMember(forged, ada.userId)).rejects.toMatchObject(notFound);
    expect(await listProjectMembers(forged)).toEqual([]);
  });

  it("[A2] takes in members of its own workspace only, and forgets those who left it", async () => {
    const eve = await makeAdmin("Eve");
    await expect(addProjectMember(checkout, eve.userId, "MEMBER")).rejects.toMatchObject({ kind: "not_found" });
    await expect(addProjectMember(checkout, "nonsense", "MEMBER")).rejects.toMatchObject({ kind: "not_found" });

    const mel = await makeMember(ada);
    const isIn = (list: { id: string }[]) => list.some(({ id }) => id === mel.userId);
    expect(isIn(await listAddable(checkout))).toBe(true);
    await addProjectMember(checkout, mel.userId, "MEMBER");
    await expect(addProjectMember(checkout, mel.userId, "ADMIN")).rejects.toMatchObject({ kind: "conflict" });
    expect(isIn(await listAddable(checkout))).toBe(false);
    await removeMember(ada, mel.userId);
    expect(isIn(await listProjectMembers(checkout))).toBe(false);
  });

  it("[K1] every change is in the log, with what it was and became", async () => {
    const { id: projectId } = await createProject(ada, input("Logged"));
    const admin: Member = { ...ada, projectId, projectRole: "ADMIN" };
    const mel = await makeProjectMember(ada, projectId, "VIEWER");
    await editProject(admin, { defaultBranch: "trunk", name: "Logged" });
    await editProject(admin, { defaultBranch: "trunk" });
    await changeProjectRole(admin, mel.userId, "MEMBER");
    await removeProjectMember(admin, mel.userId);
    await archiveProject(admin, true);
    await archiveProject(admin, true);
    expect(names(await listProjects(ada))).not.toContain("Logged");
    expect(names(await listProjects(ada, { archived: true }))).toEqual(["Logged"]);
    await archiveProject(admin, false);

    const entries = await prisma.auditEntry.findMany({ where: { projectId }, orderBy: { id: "asc" } });
    expect(entries.map(({ action, before, after }) => ({ action, before, after }))).toEqual([
      { action: "project.created", before: null, after: input("Logged") },
      { action: "project_member.added", before: null, after: { role: "ADMIN" } },
      { action: "project_member.added", before: null, after: { role: "VIEWER" } },
      { action: "project.updated", before: { defaultBranch: "main" }, after: { defaultBranch: "trunk" } },
      { action: "project_member.role_changed", before: { role: "VIEWER" }, after: { role: "MEMBER" } },
      { action: "project_member.removed", before: { role: "MEMBER" }, after: null },
      { action: "project.archived", before: null, after: null },
      { action: "project.restored", before: null, after: null },
    ]);
  });
});
