import { cookies } from "next/headers";
import { env } from "@/lib/env";
import { sessionCookieName } from "./actor";
import { type OpenedSession, sessionJwt } from "./sessions";

/** Gives the browser its session cookie; only for server actions and route handlers. */
export async function setSessionCookie(session: OpenedSession): Promise<void> {
  const jar = await cookies();
  jar.set(sessionCookieName(), await sessionJwt(session), {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: env().FAULTLINE_URL.startsWith("https:"),
    expires: session.expiresAt,
  });
}

/** Takes the session cookie away, with the pieces into which next-auth cuts a long one. */
export async function clearSessionCookie(): Promise<void> {
  const jar = await cookies();
  for (const { name } of jar.getAll()) if (name.startsWith(sessionCookieName())) jar.delete(name);
}
