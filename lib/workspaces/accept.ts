import { audit } from "@/lib/audit/record";
import type { Credentials, NewPerson } from "@/lib/auth/input";
import type { Actor } from "@/lib/auth/member";
import { hashPassword } from "@/lib/auth/password";
import type { Origin } from "@/lib/auth/person";
import { type OpenedSession, openSession } from "@/lib/auth/sessions";
import { countAddress, verifyCredentials } from "@/lib/auth/sign-in";
import { type Tx, transaction } from "@/lib/db/client";
import { AppError, notFound } from "@/lib/errors";
import { putInProject } from "@/lib/projects/members";
import { addMember, createAccount } from "./accounts";
import { findInvitation, type InvitationState } from "./invitations";

type Invitation = NonNullable<Awaited<ReturnType<typeof findInvitation>>>;

const closed: Record<Exclude<InvitationState, "open">, string> = {
  used: "This invitation has been used already. Each link works once; ask for a new one.",
  revoked: "This invitation was taken back. Ask an administrator for a new one.",
  expired: "This invitation has expired. Ask an administrator for a new one.",
};

/** Why an invitation cannot be accepted any more. */
export const whyClosed = (state: Exclude<InvitationState, "open">): string => closed[state];

/** A new person accepts: an account, the membership, and a session. */
export async function acceptAsNewPerson(
  token: string,
  { password, ...person }: NewPerson,
  from: Origin,
): Promise<OpenedSession> {
  const invitation = await requireOpen(token, person.email);
  const passwordHash = await hashPassword(password);
  return transaction(async (tx) => {
    const userId = await createAccount(tx, { ...person, passwordHash });
    const actor = await join(tx, invitation, userId, from);
    await audit(tx, actor, "account.created", {
      subjectType: "user",
      subjectId: userId,
      after: { name: person.name, email: person.email },
    });
    return openSession(tx, actor, from);
  });
}

/** A person with an account signs in and accepts in one go: they may belong to no workspace yet. */
export async function acceptWithCredentials(
  token: string,
  credentials: Credentials,
  from: Origin,
): Promise<OpenedSession> {
  const invitation = await requireOpen(token, credentials.email);
  await countAddress(from);
  const userId = await verifyCredentials(credentials);
  return transaction(async (tx) => openSession(tx, await join(tx, invitation, userId, from), from));
}

/** A signed-in person accepts; their browser works in the new workspace from now on. */
export async function acceptAsUser(token: string, user: Actor): Promise<void> {
  const invitation = await requireOpen(token, user.email);
  await transaction(async (tx) => {
    await join(tx, invitation, user.userId, user);
    if (user.sessionId)
      await tx.session.update({
        where: { id: user.sessionId },
        data: { workspaceId: invitation.workspaceId },
        select: { id: true },
      });
  });
}

async function requireOpen(token: string, email: string): Promise<Invitation> {
  const invitation = await findInvitation(token);
  if (!invitation) throw notFound("invitation");
  if (invitation.state !== "open") throw new AppError("conflict", closed[invitation.state]);
  if (invitation.email && invitation.email !== email)
    throw new AppError("forbidden", `This invitation is for ${invitation.email}.`, {
      fields: { email: `This invitation is for ${invitation.email}.` },
    });
  return invitation;
}

/** Uses the invitation up; of two who try at once, the second one finds it used. */
async function join(tx: Tx, invitation: Invitation, userId: string, { ip, userAgent }: Origin): Promise<Actor> {
  const { id, workspaceId, workspaceRole, projectId, projectRole } = invitation;
  const now = new Date();
  const { count } = await tx.invitation.updateMany({
    where: { id, acceptedAt: null, revokedAt: null, expiresAt: { gt: now } },
    data: { acceptedAt: now, acceptedById: userId },
  });
  if (count === 0) throw new AppError("conflict", closed.used);

  const actor = await addMember(tx, { workspaceId, userId, role: workspaceRole }, { from: { ip, userAgent } });
  await audit(tx, actor, "invitation.accepted", { subjectType: "invitation", subjectId: id });
  if (projectId && projectRole) await putInProject(tx, actor, { projectId, userId, role: projectRole });
  return actor;
}
