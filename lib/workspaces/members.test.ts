import { describe, expect, it } from "vitest";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { createProject } from "@/lib/projects/create";
import { addProjectMember } from "@/lib/projects/members";
import { changeMemberRole, listMembers, removeMember } from "./members";
import { listWorkspaces, switchWorkspace } from "./switch";
import { makeAdmin, makeMember, makeProjectMember } from "./test-people";

const admins = (workspaceId: string) => prisma.membership.count({ where: { workspaceId, role: "ADMIN" } });

describe("members of the workspace", () => {
  it("[A2] the last administrator stays, whoever asks", async () => {
    const ada = await makeAdmin();
    await expect(removeMember(ada, ada.userId)).rejects.toMatchObject({ kind: "conflict" });
    await expect(changeMemberRole(ada, ada.userId, "MEMBER")).rejects.toMatchObject({ kind: "conflict" });
    expect(await admins(ada.workspaceId)).toBe(1);
  });

  it("[A2] two administrators who demote and remove each other at once leave one", async () => {
    for (let round = 0; round < 5; round++) {
      const ada = await makeAdmin();
      const bob = await makeMember(ada, "ADMIN", "Bob");
      const outcomes = await Promise.allSettled([
        changeMemberRole(ada, bob.userId, "MEMBER"),
        removeMember(bob, ada.userId),
      ]);
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await admins(ada.workspaceId)).toBe(1);
    }
  });

  it("[A2] nobody stays behind in a project that they are added to while they are removed", async () => {
    for (let round = 0; round < 20; round++) {
      const ada = await makeAdmin();
      const { id: projectId } = await createProject(ada, { name: "Checkout", description: "", defaultBranch: "main" });
      const { userId } = await makeMember(ada);
      const owner = { ...ada, projectId, projectRole: "ADMIN" } as const;
      await Promise.allSettled([removeMember(ada, userId), addProjectMember(owner, userId, "MEMBER")]);
      expect(await prisma.projectMember.count({ where: { userId } })).toBe(0);
    }
  });

  it("[A2][K1] removal takes projects, tokens and sessions of this workspace, and says so in the log", async () => {
    const ada = await makeAdmin();
    const { id: projectId } = await createProject(ada, { name: "Checkout", description: "", defaultBranch: "main" });
    const mel = await makeProjectMember(ada, projectId, "MEMBER");
    const base = { userId: mel.userId, workspaceId: ada.workspaceId };
    await prisma.apiToken.create({ data: { ...base, name: "t", prefix: "flt_", tokenHash: newId(), scopes: [] } });
    await prisma.session.create({ data: { ...base, expiresAt: new Date(Date.now() + 60_000) } });
    expect(await listMembers(ada)).toMatchObject([{}, { id: mel.userId, projectCount: 1, tokenCount: 1 }]);

    await removeMember(ada, mel.userId);
    expect(await prisma.projectMember.count({ where: base })).toBe(0);
    expect(await prisma.apiToken.count({ where: { ...base, revokedAt: null } })).toBe(0);
    expect(await prisma.session.count({ where: { ...base, revokedAt: null } })).toBe(0);
    const entry = await prisma.auditEntry.findFirst({ where: { action: "member.removed", subjectId: mel.userId } });
    expect(entry).toMatchObject({
      actorId: ada.userId,
      before: { role: "MEMBER", projects: 1, tokens: 1, sessions: 1 },
    });
  });

  it("[K1] a role that changes is recorded before and after; one that does not leaves no row", async () => {
    const ada = await makeAdmin();
    const mel = await makeMember(ada);
    await changeMemberRole(ada, mel.userId, "ADMIN");
    await changeMemberRole(ada, mel.userId, "ADMIN");
    const entries = await prisma.auditEntry.findMany({
      where: { action: "member.role_changed", subjectId: mel.userId },
    });
    expect(entries).toMatchObject([{ before: { role: "MEMBER" }, after: { role: "ADMIN" } }]);
  });

  it("[A4] another workspace's people are not found", async () => {
    const [ada, eve] = [await makeAdmin(), await makeAdmin("Eve")];
    for (const id of [eve.userId, newId(), "nonsense"]) {
      await expect(removeMember(ada, id)).rejects.toMatchObject({ kind: "not_found" });
      await expect(changeMemberRole(ada, id, "ADMIN")).rejects.toMatchObject({ kind: "not_found" });
    }
  });

  it("[A4] a browser moves only to a workspace of its person", async () => {
    const [ada, eve] = [await makeAdmin(), await makeAdmin("Eve")];
    const { id: sessionId } = await prisma.session.create({
      data: { userId: ada.userId, workspaceId: ada.workspaceId, expiresAt: new Date(Date.now() + 60_000) },
    });
    const here = { ...ada, sessionId };
    await expect(switchWorkspace(here, eve.workspaceId)).rejects.toMatchObject({ kind: "not_found" });
    await prisma.membership.create({ data: { workspaceId: eve.workspaceId, userId: ada.userId, role: "MEMBER" } });
    await switchWorkspace(here, eve.workspaceId);
    const { workspaceId } = await prisma.session.findUniqueOrThrow({ where: { id: sessionId } });
    expect(workspaceId).toBe(eve.workspaceId);
    expect(await listWorkspaces({ ...here, workspaceId })).toMatchObject([
      { id: ada.workspaceId, isCurrent: false },
      { id: eve.workspaceId, isCurrent: true, role: "MEMBER" },
    ]);
  });
});
