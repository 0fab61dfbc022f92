import { getToken } from "next-auth/jwt";
import { sha256 } from "@/lib/crypto/sha256";
import { prisma } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { env } from "@/lib/env";
import type { Actor } from "./member";
import { hasBearer } from "./origin";
import { type Scope, scopeNames } from "./permissions";
import { findPerson } from "./person";

type Cookies = { getAll(): { name: string; value: string }[] };

/** Where a request comes from, for the session list and the audit log. */
export const origin = (headers: Headers) => ({
  // Only a reverse proxy that the operator has named may say where a request comes from.
  ip: env().FAULTLINE_TRUST_PROXY ? (headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? null) : null,
  userAgent: headers.get("user-agent")?.slice(0, 300) ?? null,
});

async function byToken(bearer: string, headers: Headers): Promise<Actor | null> {
  const token = await prisma.apiToken.findUnique({
    where: { tokenHash: sha256(bearer) },
    select: {
      id: true,
      workspaceId: true,
      userId: true,
      scopes: true,
      expiresAt: true,
      revokedAt: true,
      lastUsedAt: true,
    },
  });
  const now = Date.now();
  if (!token || token.revokedAt || (token.expiresAt && token.expiresAt.getTime() <= now)) return null;

  const person = await findPerson(prisma, token);
  if (!person) return null;
  // Once a minute is enough for "last used", and keeps the import path free of a write per request.
  if (!token.lastUsedAt || now - token.lastUsedAt.getTime() > 60_000)
    await prisma.apiToken.updateMany({ where: { id: token.id }, data: { lastUsedAt: new Date(now) } });
  const scopes = token.scopes.filter((scope): scope is Scope => scopeNames.some((name) => name === scope));
  return { ...person, via: "token", tokenId: token.id, sessionId: null, scopes, ...origin(headers) };
}

/** The name of the session cookie: browsers accept the prefix over https only. */
export const sessionCookieName = () =>
  `${env().FAULTLINE_URL.startsWith("https:") ? "__Secure-" : ""}next-auth.session-token`;

async function bySession(cookies: Cookies, headers: Headers): Promise<Actor | null> {
  const jar = Object.fromEntries(cookies.getAll().map(({ name, value }) => [name, value]));
  const jwt = await getToken({
    // next-auth reads nothing of the request but these two.
    req: { cookies: jar, headers: {} } as unknown as Parameters<typeof getToken>[0]["req"],
    secret: env().NEXTAUTH_SECRET,
    cookieName: sessionCookieName(),
  }).catch(() => null);
  const sessionId = jwt?.sid;
  if (!isId(sessionId)) return null;

  const session = await prisma.session.findUnique({
    where: { id: sessionId },
    select: { userId: true, workspaceId: true, revokedAt: true, expiresAt: true, lastSeenAt: true },
  });
  const now = Date.now();
  if (!session || session.revokedAt || session.expiresAt.getTime() <= now) return null;
  if (now - session.lastSeenAt.getTime() > 60_000)
    await prisma.session.updateMany({ where: { id: sessionId }, data: { lastSeenAt: new Date(now) } });
  const person = await findPerson(prisma, session);
  return person && { ...person, via: "session", sessionId, tokenId: null, scopes: null, ...origin(headers) };
}

/** Whoever the request's bearer token or session cookie names, or null. A bad token never falls back to the cookie. */
export async function findActor(headers: Headers, cookies: Cookies): Promise<Actor | null> {
  if (!hasBearer(headers)) return bySession(cookies, headers);
  const bearer = /^Bearer +(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  return bearer ? byToken(bearer, headers) : null;
}
