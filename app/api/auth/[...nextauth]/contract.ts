import type { RouteContract } from "@/lib/contract";

const path = "/api/auth/{nextauth}";

export const contract = {
  GET: {
    method: "GET",
    path,
    access: "public",
    summary: "next-auth: the session, its CSRF token, the ways to sign in.",
  },
  POST: {
    method: "POST",
    path,
    access: "public",
    summary: "next-auth: sign in (callback/credentials) and out (signout).",
    audit: "session.created",
    checksOriginItself: true,
  },
} satisfies Record<string, RouteContract>;
