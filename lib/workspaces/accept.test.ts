import { describe, expect, it } from "vitest";
import { hashPassword } from "@/lib/auth/password";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { createProject } from "@/lib/projects/create";
import { acceptAsNewPerson, acceptAsUser, acceptWithCredentials } from "./accept";
import { createInvitation, findInvitation, invitationInput, listInvitations, revokeInvitation } from "./invitations";
import { removeMember } from "./members";
import { makeAdmin, makeMember } from "./test-people";

const nowhere = { ip: null, userAgent: null };
const password = "a password of words";
const newPerson = () => ({ name: "New", email: `new-${newId()}@example.com`, password });
const anyone = invitationInput.parse({});

describe("invitations", () => {
  it("[A1][K1] a new person joins the workspace and the project in the roles that were offered", async () => {
    const ada = await makeAdmin();
    const { id: projectId } = await createProject(ada, { name: "Checkout", description: "", defaultBranch: "main" });
    const input = invitationInput.parse({ email: "", projectId, projectRole: "VIEWER" });
    const { id, token, url } = await createInvitation(ada, input);
    expect(url).toBe(`http://localhost:3000/invite/${token}`);
    expect(await listInvitations(ada)).toMatchObject([{ id, projectName: "Checkout", createdBy: "Ada" }]);

    const { userId } = await acceptAsNewPerson(token, newPerson(), nowhere);
    const where = { userId, workspaceId: ada.workspaceId };
    expect(await prisma.membership.findFirst({ where })).toMatchObject({ role: "MEMBER" });
    expect(await prisma.projectMember.findFirst({ where })).toMatchObject({ projectId, role: "VIEWER" });
    expect(await findInvitation(token)).toMatchObject({ state: "used" });
    expect(await listInvitations(ada)).toEqual([]);

    const entries = await prisma.auditEntry.findMany({ where: { actorId: userId }, orderBy: { id: "asc" } });
    expect(entries.map(({ action }) => action)).toEqual([
      "member.added",
      "invitation.accepted",
      "project_member.added",
      "account.created",
      "session.created",
    ]);
    const dump = JSON.stringify([entries, await prisma.invitation.findMany(), await prisma.auditEntry.findMany()]);
    expect(dump).not.toContain(token);
  });

  it("[A1] works once, however many accept at the same moment", async () => {
    const ada = await makeAdmin();
    const { token } = await createInvitation(ada, anyone);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, () => acceptAsNewPerson(token, newPerson(), nowhere)),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ kind: "conflict" });
    expect(await prisma.membership.count({ where: { workspaceId: ada.workspaceId } })).toBe(2);
  });

  it("[A1] refuses one that is expired, revoked, used, unknown, or for somebody else, each in its own words", async () => {
    const ada = await makeAdmin();
    const [expired, revoked, theirs] = [
      await createInvitation(ada, anyone),
      await createInvitation(ada, anyone),
      await createInvitation(ada, { ...anyone, email: "bob@example.com" }),
    ];
    await prisma.invitation.update({ where: { id: expired.id }, data: { expiresAt: new Date() } });
    await revokeInvitation(ada, revoked.id);
    const accept = (token: string) => acceptAsNewPerson(token, newPerson(), nowhere);
    await expect(accept(expired.token)).rejects.toThrow("expired");
    await expect(accept(revoked.token)).rejects.toThrow("taken back");
    await expect(accept(theirs.token)).rejects.toMatchObject({
      kind: "forbidden",
      fields: { email: expect.any(String) },
    });
    await expect(accept("unknown")).rejects.toMatchObject({ kind: "not_found" });
    await expect(revokeInvitation(ada, revoked.id)).rejects.toMatchObject({ kind: "not_found" });
  });

  it("[A1] a person of another workspace joins and their browser moves over; a member is told so", async () => {
    const [ada, eve] = [await makeAdmin(), await makeAdmin("Eve")];
    const session = await prisma.session.create({
      data: { userId: eve.userId, workspaceId: eve.workspaceId, expiresAt: new Date(Date.now() + 60_000) },
    });
    const { token } = await createInvitation(ada, { ...anyone, workspaceRole: "ADMIN" });
    await acceptAsUser(token, { ...eve, sessionId: session.id });
    const moved = await prisma.session.findUniqueOrThrow({ where: { id: session.id } });
    expect(moved.workspaceId).toBe(ada.workspaceId);

    const again = await createInvitation(ada, anyone);
    await expect(acceptAsUser(again.token, eve)).rejects.toMatchObject({ kind: "conflict" });
    expect(await findInvitation(again.token)).toMatchObject({ state: "open" });
  });

  it("[A1] somebody who was removed comes back with their password and a new invitation", async () => {
    const ada = await makeAdmin();
    const mel = await makeMember(ada);
    await prisma.user.update({ where: { id: mel.userId }, data: { passwordHash: await hashPassword(password) } });
    await removeMember(ada, mel.userId);
    const { token } = await createInvitation(ada, anyone);
    const wrong = { email: mel.email, password: "not the password" };
    await expect(acceptWithCredentials(token, wrong, nowhere)).rejects.toMatchObject({ kind: "unauthenticated" });
    const session = await acceptWithCredentials(token, { email: mel.email, password }, nowhere);
    expect(session.userId).toBe(mel.userId);
  });

  it("[A4] offers no project of another workspace, and nobody revokes another workspace's invitation", async () => {
    const [ada, eve] = [await makeAdmin(), await makeAdmin("Eve")];
    const { id: projectId } = await createProject(eve, { name: "Hers", description: "", defaultBranch: "main" });
    const input = invitationInput.parse({ projectId });
    await expect(createInvitation(ada, input)).rejects.toMatchObject({ kind: "not_found" });
    const { id } = await createInvitation(eve, anyone);
    await expect(revokeInvitation(ada, id)).rejects.toMatchObject({ kind: "not_found" });
    await expect(revokeInvitation(ada, "nonsense")).rejects.toMatchObject({ kind: "not_found" });
  });
});
