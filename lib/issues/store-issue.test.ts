import { expect, it } from "vitest";
import { prisma, transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import type { RemoteIssue } from "@/lib/trackers/tracker";
import { makeAdmin } from "@/lib/workspaces/test-people";
import { storeIssue } from "./store-issue";

it("[G3] keeps an issue in whose texts there is what the database takes in none, as news of it too", async () => {
  const { workspaceId, userId } = await makeAdmin();
  const integrationId = newId();
  const base = { workspaceId, provider: "github", baseUrl: "https://example.com", authType: "pat" };
  await prisma.integration.create({ data: { ...base, id: integrationId, name: "T", createdById: userId } });
  const odd = "a\u0000b\ud83d 😀";
  const now = new Date();
  const who = { remoteId: "1", name: odd };
  const remote: RemoteIssue = {
    ...{ remoteId: "1", key: "a/b#1", ref: "1", url: "https://example.com/1", title: odd, state: odd },
    ...{ category: "open", type: odd, priority: odd, labels: [odd], assignee: who, author: who },
    ...{ createdAt: now, updatedAt: now, projectRemoteId: "1", projectKey: "a/b" },
  };
  const store = () => transaction((tx) => storeIssue(tx, { workspaceId, integrationId, createdById: userId }, remote));
  const id = await store();
  expect(await store()).toBe(id);
  const kept = "a�b� 😀";
  const found = await prisma.issue.findUniqueOrThrow({ where: { id }, include: { external: true } });
  expect(found).toMatchObject({
    ...{ title: kept, state: kept },
    external: { type: kept, priority: kept, assignee: kept, labels: [kept] },
  });
});
