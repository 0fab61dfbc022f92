// First: it says which address the product may call, before anything reads the environment.
import "./sandbox";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { RouteContract } from "@/lib/contract";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { callRoute, headersOf } from "./call";
import { appFiles, root } from "./files";
import { routes } from "./routes";
import { makeWorld, thingsOf, type World } from "./world";

/** The reviewed table: what a creating route is sent in place of its usual body, to be told from a repetition. */
const otherBodies: Record<string, object | string | null> = {
  "POST /api/integrations": { name: "Another one" },
  "POST /api/integrations/{id}/create-issue": { title: "Another title" },
  "POST /api/integrations/{id}/link-issue": { ref: "acme/checkout#2" },
  "POST /api/invitations": { workspaceRole: "ADMIN" },
  // It has no body.
  "POST /api/jobs/{jobId}/retry": null,
  "POST /api/projects": { name: "Another one" },
  "POST /api/projects/{projectId}/attachments": "other text",
  "POST /api/projects/{projectId}/bulk": { mode: "combined" },
  // It has no body.
  "POST /api/projects/{projectId}/bulk/{bulkId}/retry": null,
  "POST /api/projects/{projectId}/creations/{creationId}/decide": { found: true, ref: "#1" },
  // It has no body.
  "POST /api/projects/{projectId}/creations/{creationId}/retry": null,
  "POST /api/projects/{projectId}/integrations": { integrationId: newId() },
  "POST /api/projects/{projectId}/known-issues": { name: "Another one" },
  "POST /api/projects/{projectId}/members": { role: "ADMIN" },
  "POST /api/projects/{projectId}/results/{resultId}/attachments": "other text",
  "POST /api/projects/{projectId}/runs/import": '<testsuite name="a"><testcase classname="b" name="d"/></testsuite>',
};

/** The reviewed list of what is posted without creating anything, and why a repetition does no harm. */
const createsNothing: Record<string, string> = {
  "POST /api/auth/{nextauth}": "next-auth's own",
  "POST /api/inngest": "signed calls of the engine, which repeats them by its own rules",
  "POST /api/{path}": "answers that there is nothing",
  "POST /api/integrations/certificate": "reads what is pasted, and stores nothing",
  "POST /api/integrations/test-connection": "asks the tracker and stores nothing",
  "POST /api/issues/{issueId}/unlink": "taken off already: not found",
  "POST /api/jobs/{jobId}/cancel": "cancelled already: conflict",
  "POST /api/projects/{projectId}/bulk/plan": "counts, and writes nothing",
  "POST /api/projects/{projectId}/bulk/{bulkId}/cancel": "cancelled already: stays so",
  "POST /api/projects/{projectId}/cases/{caseId}/assess": "so already: nothing changes",
  "POST /api/projects/{projectId}/creations/{creationId}/dismiss": "dismissed already: stays so",
  "POST /api/projects/{projectId}/group-changes/{changeId}/undo": "undone already: conflict",
  "POST /api/projects/{projectId}/groups/assess": "so already: nothing changes",
  "POST /api/projects/{projectId}/groups/merge": "merged already: conflict",
  "POST /api/projects/{projectId}/groups/{groupId}/split": "split already: not in the group, or told apart already",
  "POST /api/projects/{projectId}/integrations/{id}/external-projects/{externalProjectId}/board/fields":
    "asks a job for it, which adds none that is there already",
  "POST /api/projects/{projectId}/integrations/{id}/links/restore": "put back already: conflict",
  "POST /api/projects/{projectId}/known-issues/preview": "searches the past, and writes nothing",
};

const posts = (
  await Promise.all(
    appFiles("app/api", "route.ts").map(async (file) => {
      const { contract }: { contract: Record<string, RouteContract> } = await import(
        path.join(root, path.dirname(file), "contract.ts")
      );
      const { POST: handler } = await import(path.join(root, file));
      return Object.values(contract).map((one) => ({ one, handler, key: `${one.method} ${one.path}` }));
    }),
  )
)
  .flat()
  .filter(({ one }) => one.method === "POST");

it("[G3] each route that is posted to takes an Idempotency-Key, or is known to create nothing", () => {
  const keyed = posts.filter(({ one }) => one.creates).map(({ key }) => key);
  expect(keyed.sort()).toEqual(Object.keys(otherBodies).sort());
  const rest = posts.filter(({ one }) => !one.creates).map(({ key }) => key);
  expect(rest.sort()).toEqual(Object.keys(createsNothing).sort());
});

describe.each(posts.filter(({ one }) => one.creates))("$key", ({ one, handler, key: name }) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld();
  });

  const call = async (key: string, change?: object | string) => {
    const headers = headersOf(world, "admin");
    headers.set("idempotency-key", key);
    const { body, ...request } = routes[name]?.request?.(thingsOf(world, "admin")) ?? {};
    const changed = typeof change === "object" ? { ...(body as object), ...change } : (change ?? body);
    const response = await callRoute(handler, headers, { method: "POST", path: one.path, ...request, body: changed });
    return { status: response.status, body: await response.text() };
  };
  const changes = () =>
    prisma.auditEntry.count({ where: { workspaceId: world.own.workspaceId, action: one.audit ?? "" } });

  it("[G3] a key and a body: one change, and the same answer each time, also for ten at once", async () => {
    const key = newId();
    const before = await changes();
    const answers = await Promise.all(Array.from({ length: 10 }, () => call(key)));
    const [first] = answers;
    expect(first?.status, first?.body).toBe(routes[name]?.ok ?? 200);
    for (const answer of answers) expect(answer).toEqual(first);
    expect(await call(key)).toEqual(first);
    expect(await changes()).toBe(before + 1);

    const otherBody = otherBodies[name];
    if (!otherBody) return;
    const other = await call(key, otherBody);
    expect(other.status).toBe(422);
    expect(JSON.parse(other.body)).toMatchObject({ fields: { "Idempotency-Key": expect.any(String) } });
    expect(await changes()).toBe(before + 1);
  });
});
