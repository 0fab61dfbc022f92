import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { withHeaders } from "@/e2e/vitest/next-headers";
import { makeAdmin } from "@/lib/workspaces/test-people";
import type { Actor } from "./auth/member";
import { attempt, parse, respond } from "./boundary";
import type { RouteContract } from "./contract";
import { prisma } from "./db/client";
import { newId } from "./db/ids";
import { env } from "./env";
import { AppError, type ErrorKind, errorKinds } from "./errors";

const contract = (method: RouteContract["method"]): RouteContract => ({
  method,
  path: "/x",
  access: "public",
  summary: "",
});
const ask = (headers: Record<string, string> = {}) => new Request("http://localhost/x", { headers });
const failing = (error: unknown) =>
  respond(ask(), contract("GET"), async () => {
    throw error;
  });

describe("respond", () => {
  it.each(Object.keys(errorKinds))("[K6] answers %s as problem details with its status", async (kind) => {
    const response = await failing(
      new AppError(kind as ErrorKind, "What happened.", { fields: { title: "too long" } }),
    );
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    const problem = await response.json();
    const { status, title } = errorKinds[kind as ErrorKind]; // a key of the table itself
    expect(response.status).toBe(status);
    expect(problem).toMatchObject({ kind, status, title, detail: "What happened.", fields: { title: "too long" } });
    expect(problem.requestId).toBe(response.headers.get("x-request-id"));
  });

  it("[K6] tells nothing of an unexpected error but its request id", async () => {
    const response = await failing(new Error("password=hunter2 at /srv/app"));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain("hunter2");
  });

  it("[K6] blames the input for a value that the database cannot take", async () => {
    const response = await respond(ask(), contract("GET"), () =>
      prisma.workspace.findFirst({ where: { name: "a\0" } }),
    );
    expect(response.status).toBe(422);
  });

  it("[K7] says that the database is away, and that it is worth asking again", async () => {
    const response = await failing(Object.assign(new Error("connect"), { code: "ECONNREFUSED" }));
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ kind: "unavailable", detail: expect.stringContaining("database") });
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("[K6] says when to come back", async () => {
    const response = await failing(new AppError("rate_limited", "Wait.", { retryAt: new Date(Date.now() + 30_000) }));
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(28);
  });

  it.each([
    ["a foreign origin", { origin: "https://evil.example" }],
    ["no origin", {}],
    ["an opaque origin", { origin: "null" }],
    ["a foreign origin, with the password that the browser adds for a proxy", { authorization: "Basic cHJveHk6eA==" }],
  ])("[A4] refuses a change from %s", async (_, headers) => {
    const response = await respond(ask(headers), contract("POST"), async () => "done");
    expect(response.status).toBe(403);
  });

  it("[K6] accepts a change from our own pages, and one with a bearer token from anywhere", async () => {
    const accepted: Record<string, string>[] = [{ origin: env().FAULTLINE_URL }, { authorization: "Bearer x" }];
    for (const headers of accepted) {
      const response = await respond(ask(headers), { ...contract("POST"), status: 201 }, async () => ({ id: 1 }));
      expect([response.status, await response.json()]).toEqual([201, { id: 1 }]);
    }
  });

  it("[K6] keeps answers out of caches", async () => {
    expect((await respond(ask(), contract("GET"), async () => 1)).headers.get("cache-control")).toBe("no-store");
  });
});

describe("attempt", () => {
  const rename = {
    access: "public",
    summary: "",
    input: z.object({ name: z.string().min(1, "Give it a name.") }),
  } as const;
  const asked = (origin: string, input: unknown) =>
    withHeaders(new Headers({ origin }), () => attempt(rename, input, async ({ name }) => name.toUpperCase()));

  it("[K6] gives the value, or the message on its field", async () => {
    expect(await asked(env().FAULTLINE_URL, { name: "a" })).toEqual({ ok: true, value: "A" });
    expect(await asked(env().FAULTLINE_URL, { name: "" })).toMatchObject({
      ok: false,
      error: { kind: "invalid_input", fields: { name: "Give it a name." } },
    });
  });

  it("[A4] refuses a foreign origin", async () => {
    expect(await asked("https://evil.example", { name: "a" })).toMatchObject({ error: { kind: "origin_refused" } });
  });
});

it("[K6] parse names every wrong field once", () => {
  const shape = z.object({ a: z.number(), b: z.object({ c: z.string() }) });
  expect(() => parse(shape, { a: "x", b: {} })).toThrow(AppError);
  try {
    parse(shape, { a: "x", b: {} });
  } catch (error) {
    expect(Object.keys(error instanceof AppError ? (error.fields ?? {}) : {})).toEqual(["a", "b.c"]);
  }
});

describe("a route that creates", () => {
  const send = (creates: RouteContract["creates"], path = "/api/x") => {
    const { origin } = new URL(env().FAULTLINE_URL);
    const headers = { origin, "idempotency-key": key };
    const request = new Request(`${origin}${path}`, { method: "POST", headers });
    const answer = respond(request, { ...contract("POST"), ...(creates && { creates }) }, ({ once }) =>
      once(actor, {}, async () => {
        made += 1;
        return { made };
      }),
    );
    return answer.then((response) => response.json());
  };
  let [key, made] = ["", 0];
  let actor: Actor;
  beforeEach(async () => {
    actor = await makeAdmin();
    [key, made] = [newId(), 0];
  });

  it("[G3] does its work once for a key, by either of its addresses", async () => {
    expect(await send("once")).toEqual({ made: 1 });
    expect(await send("once", "/api/v1/x")).toEqual({ made: 1 });
  });

  it("[G3] has to say so in its contract", async () => {
    expect(await send(undefined)).toMatchObject({ kind: "internal" });
    expect(made).toBe(0);
  });
});
