import { NextRequest } from "next/server";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { headersOf } from "@/e2e/access/call";
import { makeWorld, type Role, type World } from "@/e2e/access/world";
import { withHeaders } from "@/e2e/vitest/next-headers";
import { store } from "@/lib/attachments/store";
import { smallImage } from "@/lib/attachments/testing";
import { prisma } from "@/lib/db/client";
import { POST } from "../route";
import { GET } from "./route";

// The environment is read once, so the limit has to stand before anything is imported.
vi.hoisted(() => {
  process.env.FAULTLINE_LIMIT_UPLOAD = "30";
});

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

const base = () => `http://localhost:3000/api/projects/${world.own.projectId}/attachments`;

async function upload(
  bytes: string | Uint8Array,
  name: string,
  { by = "member", type }: { by?: Role; type?: string } = {},
) {
  const all = headersOf(world, by);
  if (type) all.set("content-type", type);
  const request = new NextRequest(`${base()}?name=${encodeURIComponent(name)}`, {
    method: "POST",
    headers: all,
    body: Buffer.from(bytes),
  });
  const params = Promise.resolve({ projectId: world.own.projectId });
  const response = await withHeaders(all, () => POST(request, { params }));
  return { status: response.status, body: await response.json() };
}

async function get(id: string, { query = "", ...headers }: Record<string, string> = {}) {
  const all = headersOf(world, "member");
  for (const [key, value] of Object.entries(headers)) all.set(key, value);
  const request = new NextRequest(`${base()}/${id}${query}`, { headers: all });
  const params = Promise.resolve({ projectId: world.own.projectId, attachmentId: id });
  const response = await withHeaders(all, () => GET(request, { params }));
  const { "x-request-id": _, ...told } = Object.fromEntries(response.headers);
  return { status: response.status, headers: told, body: await response.text() };
}

/** What every answer with a file says, whatever the file is. */
const always = {
  "accept-ranges": "bytes",
  "cache-control": "private, no-cache, no-transform",
  "content-security-policy": "default-src 'none'; sandbox",
  "cross-origin-resource-policy": "same-origin",
  etag: expect.stringMatching(/^"[0-9a-f]{64}"$/),
  vary: "cookie, authorization",
  "x-content-type-options": "nosniff",
};

describe("a file is served", () => {
  it.each([
    ["HTML", "<!doctype html><script>alert(1)</script>", "x.html", "text/html", "text/plain; charset=utf-8"],
    [
      "an SVG",
      "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
      "x.svg",
      "image/svg+xml",
      "text/plain; charset=utf-8",
    ],
    ["a script", "alert(1)", "x.js", "text/javascript", "text/plain; charset=utf-8"],
    ["a PDF", "%PDF-1.7\n", "x.pdf", "text/html", "application/pdf"],
    ["a GIF with HTML in it", "GIF89a<script>alert(1)</script>", "x.gif", "image/gif", "application/octet-stream"],
  ])("[G8] %s as a download, with these headers and no others, also when it is asked for inline", async (...row) => {
    const [, content, name, claimed, type] = row;
    const { status, body } = await upload(content, name, { type: claimed });
    expect(status).toBe(201);
    for (const query of ["", "?inline=1"]) {
      const answer = await get(body.id, { query });
      expect(answer).toEqual({
        status: 200,
        headers: {
          ...always,
          "content-disposition": `attachment; filename="${name}"; filename*=UTF-8''${name}`,
          "content-type": type,
        },
        body: content,
      });
    }
  });

  it("[G8] an image of ours inline where that is asked for, and as a download otherwise", async () => {
    const { body } = await upload(await smallImage("image/png"), "shot.html", { type: "text/html" });
    expect(body).toMatchObject({ width: 40, height: 20, url: expect.stringContaining(body.id) });
    const inline = await get(body.id, { query: "?inline=1" });
    expect(inline.headers).toEqual({
      ...always,
      "content-disposition": `inline; filename="shot.html"; filename*=UTF-8''shot.html`,
      "content-type": "image/png",
    });
    expect((await get(body.id)).headers["content-disposition"]).toMatch(/^attachment;/);
    expect((await get(body.id, { query: "?inline=yes" })).status).toBe(422);
  });

  it("[G8] under a name that cannot end its header", async () => {
    const { body } = await upload("x", 'a"\r\nSet-Cookie: x=1\r\n\r\n<script>\u202egnp.html');
    const { headers } = await get(body.id);
    expect(headers["content-disposition"]).toBe(
      `attachment; filename="a_Set-Cookie: x=1<script>gnp.html"; filename*=UTF-8''a%22Set-Cookie%3A%20x%3D1%3Cscript%3Egnp.html`,
    );
    expect(headers["set-cookie"]).toBeUndefined();
  });
});

it("[K6] allows a person so many uploads a minute, and says when the next one may come", async () => {
  // A new minute may begin in between, so up to twice the limit may pass.
  for (let count = 0; count <= 60; count += 1) {
    const { status, body } = await upload("x", "x.txt", { by: "admin" });
    if (status === 201) continue;
    expect(count).toBeGreaterThanOrEqual(30);
    expect({ status, body }).toMatchObject({ status: 429, body: { retryAt: expect.any(String) } });
    return;
  }
  expect.fail("61 uploads were allowed");
});

describe("parts and versions", () => {
  it("[G8] a part, the whole for what cannot be a part, and 416 behind the end", async () => {
    const { body } = await upload("0123456789", "digits.txt");
    expect(await get(body.id, { range: "bytes=2-4" })).toMatchObject({
      status: 206,
      headers: { "content-range": "bytes 2-4/10" },
      body: "234",
    });
    expect(await get(body.id, { range: "bytes=-2" })).toMatchObject({ status: 206, body: "89" });
    expect(await get(body.id, { range: `bytes=${"0-0,".repeat(500)}1-1` })).toMatchObject({
      status: 200,
      body: "0123456789",
    });
    const beyond = await get(body.id, { range: "bytes=10-" });
    expect(beyond).toMatchObject({ status: 416, headers: { "content-range": "bytes */10" }, body: "" });
  });

  it("[G8] nothing again for whoever has it, and the whole for a part of another version", async () => {
    const { body } = await upload("0123456789", "digits.txt");
    const { etag = "" } = (await get(body.id)).headers;
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, "*"])
      expect(await get(body.id, { "if-none-match": known })).toMatchObject({ status: 304, body: "" });
    expect((await get(body.id, { "if-none-match": '"x"' })).status).toBe(200);
    expect((await get(body.id, { range: "bytes=0-0", "if-range": etag })).status).toBe(206);
    expect((await get(body.id, { range: "bytes=0-0", "if-range": '"x"' })).status).toBe(200);
  });
});

describe("a request for the headers alone", () => {
  it("[G8] is answered with them, and opens no file that nobody would close", async () => {
    const { body } = await upload("0123456789", "digits.txt");
    const all = headersOf(world, "member");
    const params = Promise.resolve({ projectId: world.own.projectId, attachmentId: body.id });
    const ask = (method: string) =>
      withHeaders(all, () => GET(new NextRequest(`${base()}/${body.id}`, { method, headers: all }), { params }));
    const [head, whole] = [await ask("HEAD"), await ask("GET")];
    expect(head).toMatchObject({ status: 200, body: null });
    const told = ({ headers }: Response) => [...headers].filter(([name]) => name !== "x-request-id");
    expect(told(head)).toEqual(told(whole));
    expect(await whole.text()).toBe("0123456789");
  });
});

describe("whose it is", () => {
  it("[A4] another project's file is not found, in the words of one that never was", async () => {
    const answers = [];
    for (const id of [world.foreign.attachmentId, "019aa000-0000-7000-8000-000000000000", "../../etc/passwd"]) {
      const { status, body } = await get(id);
      answers.push({ status, ...JSON.parse(body), requestId: "" });
    }
    expect(answers[0]).toMatchObject({ status: 404, kind: "not_found" });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it("[A4] one that is still arriving is not found either", async () => {
    const { body } = await upload("x", "x.txt");
    await prisma.attachment.update({ where: { id: body.id }, data: { state: "uploading" } });
    expect((await get(body.id)).status).toBe(404);
  });

  it("[G8] one whose content is lost says so", async () => {
    const { body } = await upload("x", "x.txt");
    await store().delete(body.id);
    const answer = await get(body.id);
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body).detail).toContain("content of this file is missing");
  });
});
