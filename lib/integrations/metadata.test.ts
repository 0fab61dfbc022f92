import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { prisma } from "@/lib/db/client";
import { makeAdmin } from "@/lib/workspaces/test-people";
import { connectIntegration } from "./connect-integration";
import { connectInput } from "./inputs";
import { askTracker, eyesOf } from "./metadata";

// Before anything reads which addresses may be called.
vi.hoisted(() => {
  process.env.FAULTLINE_ALLOW_PRIVATE_NETWORKS = "127.0.0.1";
});

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

type Answer = { body: unknown; nextPage?: string };

/** A GitLab that answers what it is told; what it was asked for. */
async function connectTo(answer: (path: string, page: number) => Answer) {
  const calls: string[] = [];
  const me = { id: 1, username: "qa", name: "QA", web_url: "https://gitlab.test/qa" };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://gitlab.test");
    const isMe = pathname.endsWith("/user");
    const isOther = /\/(personal_access_tokens|metadata)/.test(pathname);
    if (!isMe && !isOther) calls.push(pathname);
    const { body, nextPage } = isMe ? { body: me } : answer(pathname, Number(searchParams.get("page") ?? "1"));
    const next = nextPage !== undefined && { "x-next-page": nextPage };
    response.writeHead(isOther ? 404 : 200, { "content-type": "application/json", ...next }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const { workspaceId, ...admin } = await makeAdmin();
  const { id } = await connectIntegration(
    { ...admin, workspaceId },
    connectInput.parse({
      ...{ provider: "gitlab", name: "GitLab", baseUrl: `http://127.0.0.1:${port}`, authType: "pat" },
      credential: { token: "glpat-0123456789abcdef" },
    }),
  );
  return { calls, eyes: await eyesOf(workspaceId, id) };
}

const project = { remoteId: "1", key: "acme/webshop" };
const member = (id: number, name = `User ${id}`) => ({ id, username: `u${id}`, name, state: "active" });

it("[G2] [K4] people that never end are asked for once, and not again for everybody who opens a form", async () => {
  const { calls, eyes } = await connectTo((_, page) => ({ body: [member(page)], nextPage: String(page + 1) }));
  const ask = () => askTracker(eyes, "users", { project });
  await expect(ask()).rejects.toMatchObject({ kind: "too_large" });
  const asked = calls.length;
  expect(asked).toBeLessThanOrEqual(200);
  for (let n = 0; n < 5; n++) await expect(ask()).rejects.toMatchObject({ kind: "too_large" });
  expect(calls).toHaveLength(asked);
}, 60_000);

it("[G2] a list that leads back to the same page is given up at once", async () => {
  const { calls, eyes } = await connectTo((_, page) => ({ body: [member(page)], nextPage: "2" }));
  await expect(askTracker(eyes, "users", { project })).rejects.toMatchObject({ kind: "tracker_unreadable" });
  expect(calls.length).toBeLessThanOrEqual(3);
});

it("[G2] an answer that is too large to be kept is too large, and is not asked for by each", async () => {
  const long = "x".repeat(50_000);
  const body = Array.from({ length: 100 }, (_, n) => member(n + 1, long));
  const { calls, eyes } = await connectTo(() => ({ body }));
  const ask = () => askTracker(eyes, "users", { project });
  await expect(ask()).rejects.toMatchObject({ kind: "too_large" });
  await expect(ask()).rejects.toMatchObject({ kind: "too_large" });
  expect(calls).toHaveLength(1);
});

it("[G2] characters that the database takes in no text do not get in its way", async () => {
  const { calls, eyes } = await connectTo(() => ({ body: [member(1, "A\u0000B\ud83d"), member(2, "C😀")] }));
  const ask = async () => (await askTracker(eyes, "users", { project })).answer.map(({ name }) => name);
  expect(await ask()).toEqual(["A�B�", "C😀"]);
  expect(await ask()).toEqual(["A�B�", "C😀"]);
  expect(calls).toHaveLength(1);
  expect(await prisma.metadataCache.count({ where: { connectionId: eyes.connectionId } })).toBe(1);
});
