import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { prisma } from "@/lib/db/client";
import { failureOf } from "@/lib/http/test-failure";
import { trackerOf } from "@/lib/trackers/registry";
import type { Credential } from "@/lib/trackers/tracker";
import { makeAdmin } from "@/lib/workspaces/test-people";
import { openWith } from "./open-tracker";

// Before anything reads which addresses may be called.
vi.hoisted(() => {
  process.env.FAULTLINE_ALLOW_PRIVATE_NETWORKS = "127.0.0.1";
});

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

async function openOn(provider: string, credential: Credential, body: unknown, status = 200) {
  const server = createServer((_, response) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body)),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo; // it listens on TCP
  const { workspaceId } = await makeAdmin();
  const site = { provider: trackerOf(provider), baseUrl: `http://127.0.0.1:${port}`, credential, settings: {} };
  return { workspaceId, port, tracker: openWith(site, { workspaceId, integrationId: null, connectionId: null }) };
}

it("[F5] what a tracker repeats of a credential gets into no message, whatever the adapter makes of it", async () => {
  // Of no known shape, so that only its value tells.
  const token = "c0ffee00-c0ffee00-c0ffee00";
  const forms = [token, Buffer.from(token).toString("base64"), Buffer.from(`qa:${token}`).toString("base64")];
  const errors = [{ type: "FORBIDDEN", message: `${forms.join(" ")} may not` }];
  const { tracker } = await openOn("github", { type: "pat", values: { user: "qa", token } }, { errors });
  const failure = await failureOf(tracker.getBoardFields?.({ boardId: "PVT_1" }) ?? Promise.resolve());
  expect(failure).toMatchObject({ kind: "tracker_forbidden", outcome: "refused", status: 200 });
  for (const form of forms) expect(failure.message).not.toContain(form);
  expect(failure.message).toContain("may not");
});

it("[K2] what is no secret of a credential hides nothing in the log: a host may be called as the account is", async () => {
  const values = { username: "127.0.0.1", password: "c0ffee00-c0ffee00" };
  const { workspaceId, port, tracker } = await openOn("jira-dc", { type: "basic", values }, { errorMessages: [] }, 404);
  await failureOf(tracker.getProject({ key: "PAY" }));
  const [call] = await prisma.outboundCall.findMany({ where: { workspaceId } });
  expect(call?.host).toBe(`127.0.0.1:${port}`);
});
