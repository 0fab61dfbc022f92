import { createRequire } from "node:module";
import { NextRequest } from "next/server";
import { beforeAll, describe, expect, it } from "vitest";
import { GET, POST } from "@/app/api/auth/[...nextauth]/route";
import * as nextHeaders from "@/e2e/vitest/next-headers";
import { prisma } from "@/lib/db/client";
import { makeAdmin } from "@/lib/workspaces/test-people";
import { hashPassword } from "./password";

const base = "http://localhost:3000/api/auth/";
const password = "a password of words";
let email: string;

/** A program that keeps cookies, as curl or a script would. */
function browser() {
  const jar = new Map<string, string>();
  return async (path: string, form?: Record<string, string>, origin?: string) => {
    const headers = new Headers({ cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") });
    if (origin) headers.set("origin", origin);
    if (form) headers.set("content-type", "application/x-www-form-urlencoded");
    const request = new NextRequest(base + path, {
      method: form ? "POST" : "GET",
      headers,
      ...(form && { body: new URLSearchParams(form).toString() }),
    });
    const context = { params: Promise.resolve({ nextauth: path.split("/") }) };
    const response = await nextHeaders.withHeaders(headers, () => (form ? POST : GET)(request, context));
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(name, decodeURIComponent(value));
    }
    return response;
  };
}

async function start() {
  const ask = browser();
  const { csrfToken } = await (await ask("csrf")).json();
  const signIn = (given: string, next = "/projects") =>
    ask("callback/credentials", { csrfToken, email, password: given, callbackUrl: next, json: "true" });
  const session = async () => {
    const response = await ask("session");
    expect(response.status).toBe(200);
    return response.json();
  };
  return { ask, csrfToken, signIn, session };
}

beforeAll(async () => {
  // next-auth requires next/headers by itself, where the alias of the tests does not reach.
  const require = createRequire(import.meta.url);
  const path = require.resolve("next/headers");
  require(path);
  Object.assign(require.cache[path] ?? {}, { exports: nextHeaders });

  const ada = await makeAdmin();
  email = ada.email;
  await prisma.user.update({ where: { id: ada.userId }, data: { passwordHash: await hashPassword(password) } });
});

describe("next-auth's own protocol", () => {
  it("[A1] signs in, names the session's row, and signs out by revoking it", async () => {
    const { ask, csrfToken, signIn, session } = await start();
    expect(await session()).toEqual({});
    expect((await signIn(password)).status).toBe(200);
    expect(await session()).toMatchObject({ user: { email } });

    await ask("signout", { csrfToken, json: "true" });
    expect(await session()).toEqual({});
    const row = await prisma.session.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
    expect(row.revokedAt).not.toBeNull();
  });

  it("[A1] answers a revoked session without a person", async () => {
    const { signIn, session } = await start();
    await signIn(password);
    await prisma.session.updateMany({ data: { revokedAt: new Date() } });
    expect((await session()).user).toBeUndefined();
  });

  it("[A1] refuses another site's form, and a form without its token", async () => {
    const { ask, csrfToken, session } = await start();
    const form = { email, password, json: "true" };
    const foreign = await ask("callback/credentials", { ...form, csrfToken }, "https://evil.example");
    expect(await foreign.json()).toMatchObject({ kind: "origin_refused" });
    await ask("callback/credentials", { ...form, csrfToken: "guessed" });
    expect(await session()).toEqual({});
  });

  it.each(["https://evil.example", "//evil.example", "/\\evil.example"])("[A1] never leads to %s", async (next) => {
    const { signIn } = await start();
    const { url } = await (await signIn(password, next)).json();
    expect(new URL(url).origin).toBe("http://localhost:3000");
  });

  it("[A1] answers 429 with Retry-After once the account has had its attempts", async () => {
    const { signIn } = await start();
    for (let i = 0; i < 10; i++) expect((await signIn("wrong")).status).toBe(401);
    const limited = await signIn(password);
    expect(limited.status).toBe(429);
    expect(Number(limited.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await limited.json()).toMatchObject({ kind: "rate_limited", retryAt: expect.any(String) });
  });
});
