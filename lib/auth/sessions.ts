import { encode } from "next-auth/jwt";
import { audit } from "@/lib/audit/record";
import { prisma, type Tx, transaction } from "@/lib/db/client";
import { isId, newId } from "@/lib/db/ids";
import { env } from "@/lib/env";
import { notFound } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import type { Actor } from "./member";
import { actorFor, type Origin } from "./person";

/** A sign-in: the row that the cookie names, and who it is. */
export type OpenedSession = { sid: string; userId: string; name: string; email: string; expiresAt: Date };

/** Opens a session of the person in the workspace; the caller has proven who they are. */
export async function openSession(
  tx: Tx,
  { userId, workspaceId }: { userId: string; workspaceId: string },
  { ip, userAgent }: Origin,
): Promise<OpenedSession> {
  const actor = await actorFor(tx, { userId, workspaceId }, "session", { ip, userAgent });
  const sid = newId();
  const expiresAt = new Date(Date.now() + env().FAULTLINE_SESSION_SECONDS * 1000);
  await tx.session.create({ data: { id: sid, userId, workspaceId, ip, userAgent, expiresAt }, select: { id: true } });
  await audit(tx, { ...actor, sessionId: sid }, "session.created", { subjectType: "session", subjectId: sid });
  return { sid, userId: actor.userId, name: actor.name, email: actor.email, expiresAt };
}

/** The value of the session cookie, in next-auth's form, so that its own routes read it too. */
export const sessionJwt = ({ sid, userId, name, email }: OpenedSession): Promise<string> =>
  encode({
    token: { sub: userId, name, email, sid },
    secret: env().NEXTAUTH_SECRET,
    maxAge: env().FAULTLINE_SESSION_SECONDS,
  });

/** Whether the session that a cookie names still stands. */
export async function isOpen(sid: unknown): Promise<boolean> {
  if (!isId(sid)) return false;
  const open = await prisma.session.count({ where: { id: sid, revokedAt: null, expiresAt: { gt: new Date() } } });
  return open > 0;
}

/** The person's open sessions, on every browser and in every workspace: they belong to the person. */
export async function listSessions(actor: Actor) {
  const sessions = await prisma.session.findMany({
    where: { userId: actor.userId, revokedAt: null, expiresAt: { gt: new Date() } },
    orderBy: { lastSeenAt: "desc" },
    select: { id: true, userAgent: true, ip: true, createdAt: true, lastSeenAt: true, expiresAt: true },
  });
  return sessions.map((session) => ({ ...session, isCurrent: session.id === actor.sessionId }));
}

/** Ends one of the person's sessions. */
export async function revokeSession(actor: Actor, sessionId: string): Promise<void> {
  const revoked = isId(sessionId) && (await revoke(actor, { id: sessionId })) > 0;
  if (!revoked) throw notFound("session");
}

/** Signs out the browser whose cookie names the session. One that is over already stays so. */
export async function endSession(sid: unknown, from: Origin): Promise<void> {
  if (!isId(sid) || !(await isOpen(sid))) return;
  const session = await prisma.session.findUniqueOrThrow({
    where: { id: sid },
    select: { userId: true, workspaceId: true },
  });
  const actor = await actorFor(prisma, session, "session", from);
  await revoke({ ...actor, sessionId: sid }, { id: sid });
}

/** Signs the person out on every browser. Answers how many there were. */
export const revokeAllSessions = (actor: Actor): Promise<number> => revoke(actor, {});

/** Signs the person out everywhere but here. */
export const revokeOtherSessions = (actor: Actor): Promise<number> =>
  revoke(actor, actor.sessionId ? { id: { not: actor.sessionId } } : {});

function revoke(actor: Actor, which: { id?: string | { not: string } }): Promise<number> {
  return transaction(async (tx) => {
    const ended = await tx.session.updateManyAndReturn({
      where: { ...which, userId: actor.userId, revokedAt: null },
      data: { revokedAt: new Date() },
      select: { id: true, workspaceId: true, userId: true },
    });
    for (const { id, ...whose } of ended) {
      await audit(tx, actor, "session.revoked", { subjectType: "session", subjectId: id });
      await announce(tx, { ...whose, projectId: null, topic: "session", id });
    }
    return ended.length;
  });
}
