import { beforeEach, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { type FreshScene, makeFreshScene, start, work } from "./test-scene";

let scene: FreshScene;
beforeEach(async () => {
  scene = await makeFreshScene(sandbox);
});

const post = { method: "POST", path: "/issues$" };
const logged = () =>
  prisma.outboundCall.findFirst({
    where: { integrationId: scene.integrationId, method: "POST" },
    orderBy: { id: "asc" },
    select: { status: true, outcome: true, errorCode: true, rateLimit: true, rateLimitRemaining: true },
  });

describe("the integration log says of a creating call what the creation made of it", () => {
  it.each([
    [
      "a sign-in page with 200",
      { mode: "html" },
      { status: 200, outcome: "refused", errorCode: "tracker_unauthorized" },
    ],
    [
      "broken JSON with 201",
      { mode: "bad-json" },
      { status: 201, outcome: "unknown", errorCode: "tracker_unreadable" },
    ],
    [
      "something else with 200",
      { mode: "status", after: true, status: 200, body: { ok: true } },
      { status: 200, outcome: "unknown", errorCode: "tracker_unreadable" },
    ],
    ["the issue", { mode: "headers" }, { status: 201, outcome: "accepted", errorCode: null }],
  ] as const)("[K2] %s", async (_, fault, told) => {
    sandbox.faults.add({ ...post, ...fault });
    await start(scene);
    await work();
    expect(await logged()).toMatchObject(told);
  });

  it("[K2] [K4] and of an answer that broke off, what its head said is left of the limit", async () => {
    sandbox.faults.add({ ...post, mode: "truncate" });
    await start(scene);
    await work();
    expect(await logged()).toMatchObject({
      outcome: "unknown",
      errorCode: "tracker_unreadable",
      rateLimit: expect.any(Number),
      rateLimitRemaining: expect.any(Number),
    });
  });
});
