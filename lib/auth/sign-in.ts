import { prisma, transaction } from "@/lib/db/client";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { countAttempt, forgetAttempts } from "@/lib/limits";
import type { Credentials } from "./input";
import { verifyPassword } from "./password";
import type { Origin } from "./person";
import { type OpenedSession, openSession } from "./sessions";

const WINDOW_SECONDS = 15 * 60;

/**
 * Counts an attempt to sign in or up by the address that it comes from, where a proxy tells it: each costs a hash, and
 * one guess on each of many accounts would pass the limit of every one of them.
 */
export async function countAddress({ ip }: Pick<Origin, "ip">): Promise<void> {
  if (ip) await countAttempt(`sign-in-from:${ip}`, env().FAULTLINE_LIMIT_SIGN_IN_ADDRESS, WINDOW_SECONDS);
}

/**
 * The id of the account that the credentials open. Says the same, in the same time, for an unknown account and a wrong
 * password, and counts the attempt before it looks, so that parallel guesses count too.
 */
export async function verifyCredentials({ email, password }: Credentials): Promise<string> {
  const key = `sign-in:${email}`;
  await countAttempt(key, env().FAULTLINE_LIMIT_SIGN_IN, WINDOW_SECONDS);

  const user = await prisma.user.findUnique({ where: { email }, select: { id: true, passwordHash: true } });
  const matches = await verifyPassword(user?.passwordHash ?? null, password);
  if (!user || !matches) throw new AppError("unauthenticated", "The e-mail or the password is wrong.");

  await forgetAttempts(key);
  return user.id;
}

/** Signs in with e-mail and password, into the workspace that the person used last. */
export async function signIn(credentials: Credentials, from: Origin): Promise<OpenedSession> {
  await countAddress(from);
  const userId = await verifyCredentials(credentials);
  const workspaceId = await lastWorkspace(userId);
  if (!workspaceId)
    throw new AppError(
      "forbidden",
      "Your account belongs to no workspace any more. Ask an administrator to invite you.",
    );
  return transaction((tx) => openSession(tx, { userId, workspaceId }, from));
}

async function lastWorkspace(userId: string): Promise<string | null> {
  const memberships = await prisma.membership.findMany({
    where: { userId },
    orderBy: { createdAt: "asc" },
    select: { workspaceId: true },
  });
  const own = memberships.map(({ workspaceId }) => workspaceId);
  const last = await prisma.session.findFirst({
    where: { userId, workspaceId: { in: own } },
    orderBy: { createdAt: "desc" },
    select: { workspaceId: true },
  });
  return last?.workspaceId ?? own[0] ?? null;
}
