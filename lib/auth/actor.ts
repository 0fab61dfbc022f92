import { getToken } from "next-auth/jwt";
import { sha256 } from "@/lib/crypto/sha256";
import { pool, prisma } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { env } from "@/lib/env";
import type { Actor } from "./member";
import { hasBearer } from "./origin";
import { type Scope, scopeNames } from "./permissions";
import type { Person } from "./person";

type Cookies = { getAll(): { name: string; value: string }[] };

/** Where a request comes from, for the session list and the audit log. */
export const origin = (headers: Headers) => ({
  // Only a reverse proxy that the operator has named may say where a request comes from.
  ip: env().FAULTLINE_TRUST_PROXY ? (headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? null) : null,
  userAgent: headers.get("user-agent")?.slice(0, 300) ?? null,
});

type Credential = Person & { id: string; scopes: string[]; isSeenLately: boolean };

// One statement for who asks: it runs before everything else that the product does.
const person = `u.name, u.email, m."userId", m."workspaceId", m.role as "workspaceRole"`;
const ofToken = `
  select t.id, t.scopes, coalesce(t."lastUsedAt" > $2::timestamptz - interval '1 minute', false) as "isSeenLately", ${person}
  from "ApiToken" t join "Membership" m using ("workspaceId", "userId") join "User" u on u.id = m."userId"
  where t."tokenHash" = $1 and t."revokedAt" is null and (t."expiresAt" is null or t."expiresAt" > $2)`;
const ofSession = `
  select s.id, array[]::text[] as scopes, s."lastSeenAt" > $2::timestamptz - interval '1 minute' as "isSeenLately", ${person}
  from "Session" s join "Membership" m using ("workspaceId", "userId") join "User" u on u.id = m."userId"
  where s.id = $1 and s."revokedAt" is null and s."expiresAt" > $2`;

async function find(name: string, text: string, key: string, now: Date): Promise<Credential | null> {
  const { rows } = await pool.query<Credential>({ name, text, values: [key, now] });
  return rows[0] ?? null;
}

async function byToken(bearer: string, headers: Headers): Promise<Actor | null> {
  const now = new Date();
  const found = await find("actor-of-token", ofToken, sha256(bearer), now);
  if (!found) return null;
  const { id, scopes, isSeenLately, ...whose } = found;
  // Once a minute is enough for "last used", and keeps the import path free of a write per request.
  if (!isSeenLately) await prisma.apiToken.updateMany({ where: { id }, data: { lastUsedAt: now } });
  const known = scopes.filter((scope): scope is Scope => scopeNames.some((name) => name === scope));
  return { ...whose, via: "token", tokenId: id, sessionId: null, scopes: known, ...origin(headers) };
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

  const now = new Date();
  const found = await find("actor-of-session", ofSession, sessionId, now);
  if (!found) return null;
  const { id, scopes: _, isSeenLately, ...whose } = found;
  if (!isSeenLately) await prisma.session.updateMany({ where: { id }, data: { lastSeenAt: now } });
  return { ...whose, via: "session", sessionId, tokenId: null, scopes: null, ...origin(headers) };
}

/** Whoever the request's bearer token or session cookie names, or null. A bad token never falls back to the cookie. */
export async function findActor(headers: Headers, cookies: Cookies): Promise<Actor | null> {
  if (!hasBearer(headers)) return bySession(cookies, headers);
  const bearer = /^Bearer +(\S+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  return bearer ? byToken(bearer, headers) : null;
}
