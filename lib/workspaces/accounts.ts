import { audit } from "@/lib/audit/record";
import type { NewPerson } from "@/lib/auth/input";
import type { Actor } from "@/lib/auth/member";
import { actorFor, type Origin } from "@/lib/auth/person";
import type { Tx } from "@/lib/db/client";
import type { WorkspaceRole } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/ids";
import { AppError } from "@/lib/errors";
import { announce } from "@/lib/events/announce";

type Account = Omit<NewPerson, "password"> & { passwordHash: string };

/** Makes an account; it belongs to no workspace yet. Throws conflict when the address is taken. Answers its id. */
export async function createAccount(tx: Tx, account: Account): Promise<string> {
  const id = newId();
  // Not by catching the unique violation: that would leave the caller's transaction unusable.
  const { count } = await tx.user.createMany({ data: [{ id, ...account }], skipDuplicates: true });
  if (count === 0)
    throw new AppError("conflict", "There is an account with this address already. Sign in instead.", {
      fields: { email: "There is an account with this address already. Sign in instead." },
    });
  return id;
}

/** Makes a workspace with the person as its first administrator, and answers them as such. */
export async function createWorkspace(tx: Tx, userId: string, name: string, from?: Origin): Promise<Actor> {
  const workspaceId = newId();
  await tx.workspace.create({
    data: { id: workspaceId, name, memberships: { create: { userId, role: "ADMIN" } } },
    select: { id: true },
  });
  const actor = await actorFor(tx, { workspaceId, userId }, from ? "session" : "job", from);
  await audit(tx, actor, "workspace.created", { subjectType: "workspace", subjectId: workspaceId, after: { name } });
  await audit(tx, actor, "account.created", {
    subjectType: "user",
    subjectId: userId,
    after: { name: actor.name, email: actor.email },
  });
  return actor;
}

type Joining = { workspaceId: string; userId: string; role: WorkspaceRole };

/**
 * Makes the account a member of the workspace and answers it as an actor there. `by` is who adds them; without it they
 * joined by themselves, with an invitation. Throws conflict when they are a member already.
 */
export async function addMember(tx: Tx, joining: Joining, { by, from }: { by?: Actor; from?: Origin }): Promise<Actor> {
  const { workspaceId, userId, role } = joining;
  const { count } = await tx.membership.createMany({ data: [joining], skipDuplicates: true });
  if (count === 0) throw new AppError("conflict", "This account is a member of the workspace already.");
  const member = await actorFor(tx, { workspaceId, userId }, from ? "session" : "job", from);
  await audit(tx, by ?? member, "member.added", {
    subjectType: "user",
    subjectId: userId,
    after: { name: member.name, email: member.email, role },
  });
  await announce(tx, { workspaceId, projectId: null, topic: "member", id: userId });
  return member;
}
