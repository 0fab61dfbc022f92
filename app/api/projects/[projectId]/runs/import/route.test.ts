import { randomUUID } from "node:crypto";
import { NextRequest } from "next/server";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { withHeaders } from "@/e2e/vitest/next-headers";
import type { Actor } from "@/lib/auth/member";
import type { Scope } from "@/lib/auth/permissions";
import { sha256 } from "@/lib/crypto/sha256";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { createProject } from "@/lib/projects/create";
import { makeAdmin, makeProjectMember } from "@/lib/workspaces/test-people";
import { POST } from "./route";

// The environment is read once, so the limit has to stand before anything is imported.
vi.hoisted(() => {
  process.env.FAULTLINE_LIMIT_IMPORT = "20";
});

let admin: Actor;
let projectId: string;
let token: string;

async function makeToken(of: { workspaceId: string; userId: string }, scopes: Scope[] = ["import"]): Promise<string> {
  const text = `flt_${randomUUID()}`;
  const { workspaceId, userId } = of;
  const data = { id: newId(), workspaceId, userId, name: "ci", prefix: "flt_", tokenHash: sha256(text), scopes };
  await prisma.apiToken.create({ data });
  return text;
}

beforeAll(async () => {
  admin = await makeAdmin();
  projectId = (await createProject(admin, { name: "Shop", description: "", defaultBranch: "main" })).id;
  token = await makeToken(admin);
});

type Sent = { body?: BodyInit; type?: string; query?: string; by?: string; to?: string; length?: number };

async function post({ body = "", type = "application/xml", query = "", by = token, to = projectId, length }: Sent) {
  const headers = new Headers({ authorization: `Bearer ${by}`, ...(type && { "content-type": type }) });
  if (length !== undefined) headers.set("content-length", String(length));
  const request = new NextRequest(`http://localhost:3000/api/projects/${to}/runs/import${query}`, {
    method: "POST",
    headers,
    body,
  });
  const response = await withHeaders(headers, () => POST(request, { params: Promise.resolve({ projectId: to }) }));
  return { status: response.status, headers: response.headers, body: await response.json() };
}

const report = (name: string) => `<testsuite name="s"><testcase name="${name}"/></testsuite>`;

/** A form as curl sends it: the parts in the order given. */
function form(parts: [name: string, value: string, filename?: string][]): { body: string; type: string } {
  const body = parts.map(([name, value, filename]) => {
    const file = filename ? `; filename="${filename}"\r\nContent-Type: application/xml` : "";
    return `--edge\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`;
  });
  return { body: `${body.join("")}--edge--\r\n`, type: "multipart/form-data; boundary=edge" };
}

describe("what may be sent", () => {
  it.each(["application/xml", "text/xml; charset=utf-8", "application/octet-stream"])(
    "[B2] a body as %s",
    async (type) => {
      const { status, body } = await post({
        body: report("a"),
        type,
        query: "?run=types&branch=main&commit=&attempt=",
      });
      expect(status).toBe(200);
      expect(body.totals.passed).toBe(1);
    },
  );

  it("[B2] a form, with its fields before or after the file", async () => {
    const after = await post(
      form([
        ["file", report("f1"), "one.xml"],
        ["run", "forms"],
        ["branch", "topic"],
      ]),
    );
    const before = await post(
      form([
        ["run", "forms"],
        ["filename", "named.xml"],
        ["file", report("f2"), "two.xml"],
      ]),
    );
    expect([after.status, before.status]).toEqual([200, 200]);
    expect(before.body.run).toEqual(after.body.run);
    const run = await prisma.testRun.findUnique({ where: { id: after.body.run.id }, include: { files: true } });
    expect(run).toMatchObject({ ciRunId: "forms", branch: "topic" });
    expect(run?.files.map(({ filename }) => filename).sort()).toEqual(["named.xml", "one.xml"]);
  });

  it.each<[string, [string, string][]]>([
    ["more fields than it has", Array.from({ length: 25 }, (_, i) => [`x${i}`, "y"])],
    ["a value that would be cut", [["branch", "b".repeat(5_000)]]],
  ])("[B2] a form with %s is refused, before and after the file", async (_, fields) => {
    const by = await makeToken(admin);
    const runs = await prisma.testRun.count({ where: { projectId } });
    const file: [string, string, string] = ["file", report("many"), "a.xml"];
    for (const parts of [
      [file, ...fields],
      [...fields, file],
    ])
      expect(await post({ ...form(parts), by })).toMatchObject({ status: 400, body: { kind: "malformed_request" } });
    expect(await prisma.testRun.count({ where: { projectId } })).toBe(runs);
  });

  it.each([
    ["another content type", { body: "{}", type: "application/json" }, 415],
    ["a form without a file", form([["run", "x"]]), 400],
    [
      "a form with two files",
      form([
        ["a", report("a"), "a.xml"],
        ["b", report("b"), "b.xml"],
      ]),
      400,
    ],
    [
      "a form that breaks off",
      {
        ...form([["a", report("a"), "a.xml"]]),
        body: '--edge\r\nContent-Disposition: form-data; name="a"; filename="a.xml"\r\n\r\n<testsuite>',
      },
      400,
    ],
    [
      "a form whose fields are wrong",
      form([
        ["file", report("a"), "a.xml"],
        ["attempt", "0"],
      ]),
      422,
    ],
    ["a malformed file", { body: "<testsuite>\n<oops" }, 422],
    ["an attempt that is no number", { body: report("a"), query: "?attempt=two" }, 422],
    ["an address that is none", { body: report("a"), query: "?buildUrl=javascript:alert(1)" }, 422],
    ["fewer bytes than announced", { body: report("a"), length: 5_000 }, 400],
    ["more bytes than allowed", { body: report("a"), length: 5_000_000_000 }, 413],
  ] satisfies [string, Sent, number][])("[B2] refuses %s and stores nothing", async (_label, sent, expected) => {
    const by = await makeToken(admin);
    const count = await prisma.testRun.count();
    const { status, headers, body } = await post({ ...sent, by });
    expect(status).toBe(expected);
    expect(headers.get("content-type")).toBe("application/problem+json");
    expect(body.requestId).toBeTruthy();
    expect(await prisma.testRun.count()).toBe(count);
  });
});

describe("who may send", () => {
  it("[A4] refuses a viewer, a token without the scope, and a project of others", async () => {
    const viewer = await makeProjectMember(admin, projectId, "VIEWER");
    const foreign = await makeAdmin();
    const body = report("a");
    expect((await post({ body, by: await makeToken(viewer) })).status).toBe(403);
    expect((await post({ body, by: await makeToken(admin, ["read"]) })).status).toBe(403);
    expect((await post({ body, by: await makeToken(foreign) })).status).toBe(404);
    expect((await post({ body, by: "flt_unknown" })).status).toBe(401);
    expect((await post({ body, to: newId() })).status).toBe(404);
  });

  it("[K6] allows a token so many imports a minute, and says when the next one may come", async () => {
    const by = await makeToken(admin);
    // A new minute may begin in between, so up to twice the limit may pass.
    for (let count = 0; count <= 40; count += 1) {
      const { status, headers } = await post({ body: "<testsuite/>", by, query: "?run=limit" });
      if (status === 200) continue;
      expect(count).toBeGreaterThanOrEqual(20);
      expect(status).toBe(429);
      expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
      return;
    }
    expect.fail("41 imports were allowed");
  });
});
