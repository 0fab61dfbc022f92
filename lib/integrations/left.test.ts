import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { prisma } from "@/lib/db/client";
import { failureOf } from "@/lib/http/test-failure";
import { makeAdmin } from "@/lib/workspaces/test-people";
import { connectIntegration } from "./connect-integration";
import { editIntegration } from "./edit-integration";
import { connectInput, editInput } from "./inputs";
import { openTracker } from "./open-tracker";
import { testConnection } from "./test-connection";

// Before anything reads which addresses may be called.
vi.hoisted(() => {
  process.env.FAULTLINE_ALLOW_PRIVATE_NETWORKS = "127.0.0.1";
});

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const me = { id: 1, username: "qa", name: "QA", web_url: "https://gitlab.test/qa" };

/** A tracker that takes whatever token comes, until it is told what to do before it answers 401. */
async function serve() {
  const tokens = new Set<string>();
  let hold: (() => Promise<unknown>) | undefined;
  const server: Server = createServer(async (request, response) => {
    tokens.add(String(request.headers.authorization).replace("Bearer ", ""));
    const before = hold;
    hold = undefined;
    await before?.();
    const isMe = request.url?.endsWith("/user");
    response.writeHead(before ? 401 : isMe ? 200 : 404, { "content-type": "application/json" });
    response.end(JSON.stringify(isMe && !before ? me : { message: "no" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens on TCP
  return { tokens, url: `http://127.0.0.1:${port}`, onNext: (work: () => Promise<unknown>) => (hold = work) };
}

async function makeMoved() {
  const [old, next] = [await serve(), await serve()];
  const admin = await makeAdmin();
  const first = { provider: "gitlab", name: "GitLab", baseUrl: old.url, authType: "pat" };
  const credential = { token: "glpat-first-000000000000" };
  const { id } = await connectIntegration(admin, connectInput.parse({ ...first, credential }));
  const move = () =>
    editIntegration(
      admin,
      id,
      editInput.parse({ baseUrl: next.url, credential: { token: "glpat-second-00000000000" } }),
    );
  return { old, next, admin, id, move, first: credential.token };
}

it("[F5] [D4] a tracker that holds its 401 back until it is left does not get the token of the next one", async () => {
  const { old, admin, id, move, first } = await makeMoved();
  const { tracker } = await openTracker({ workspaceId: admin.workspaceId, integrationId: id });
  old.onNext(move);
  expect(await failureOf(tracker.getProject({ remoteId: "1" }))).toMatchObject({ outcome: "refused" });
  expect([...old.tokens]).toEqual([first]);
  // Nor later: who has it open still has to open it anew.
  expect(await failureOf(tracker.getProject({ remoteId: "1" }))).toMatchObject({ kind: "unavailable" });
  expect([...old.tokens]).toEqual([first]);
  const { status } = await prisma.connection.findFirstOrThrow({ where: { integrationId: id } });
  expect(status).toBe("active");
});

it("[F5] [D3] nor does one that is being tested meanwhile", async () => {
  const { old, admin, id, move, first } = await makeMoved();
  old.onNext(move);
  await testConnection(admin, { integrationId: id }).catch(() => undefined);
  expect([...old.tokens]).toEqual([first]);
});

it("[F5] [D4] what people have authorized themselves is sent to no other address either", async () => {
  const { admin, id, move } = await makeMoved();
  const { workspaceId, userId } = admin;
  const own = await prisma.connection.create({ data: { workspaceId, integrationId: id, userId, sealedSecret: "x" } });
  await move();
  expect((await prisma.connection.findUniqueOrThrow({ where: { id: own.id } })).status).toBe("needs_reauthorization");
});
