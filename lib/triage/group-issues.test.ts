import { beforeEach, describe, expect, it } from "vitest";
import { prisma } from "@/lib/db/client";
import type { CreationState } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/ids";
import { groupsInput } from "./inputs";
import { listGroups } from "./list-groups";
import { mergeGroups } from "./merge";
import { importTests, linkNewIssue, makeTriageScene, type TriageScene } from "./testing/scene";

let scene: TriageScene;
let integrationId: string;

const gateway = { name: "pays", type: "GatewayError", message: "the payment gateway did not answer in time" };
const stock = { name: "orders", type: "StockError", message: "warehouse seven has nothing left of it" };

beforeEach(async () => {
  scene = await makeTriageScene();
  const run = await importTests(scene, [gateway]);
  const issueId = await linkNewIssue(scene, run.groupOf("pays"));
  const { external } = await prisma.issue.findUniqueOrThrow({ where: { id: issueId }, include: { external: true } });
  integrationId = external?.integrationId ?? "";
});

type Asked = { resultId: string; groupId?: string; state?: CreationState; dismissedAt?: Date };

async function ask({ resultId, groupId, state = "queued", dismissedAt }: Asked): Promise<string> {
  const { workspaceId, projectId, userId } = scene.member;
  const id = newId();
  await prisma.issueCreation.create({
    data: {
      ...{ id, workspaceId, projectId, integrationId, clientKey: id, marker: id, state, title: "Pays twice" },
      ...{ description: {}, externalProjectId: "1", externalProjectKey: "a/b", requestedById: userId },
      ...(dismissedAt && { dismissedAt }),
      sources: {
        create: {
          id: newId(),
          workspaceId,
          integrationId,
          resultId,
          groupId: groupId ?? null,
          finished: state === "failed",
        },
      },
    },
  });
  return id;
}

const creations = async (runId: string) =>
  new Map(
    (await listGroups(scene.member, runId, groupsInput.parse({}))).groups.map(({ id, creation }) => [id, creation]),
  );

describe("the creation of a group", () => {
  it("[J1] is the one for the whole group, in whichever run it was asked for", async () => {
    const first = await importTests(scene, [gateway, stock]);
    const { runId, groupOf } = await importTests(scene, [gateway, stock]);
    const id = await ask({ resultId: first.resultOf("pays"), groupId: groupOf("pays"), state: "held" });
    expect(await creations(runId)).toEqual(
      new Map([
        [groupOf("pays"), { id, state: "held" }],
        [groupOf("orders"), null],
      ]),
    );
  });

  it("[J1] is the one for a result of the group in this run, and not for one of another run", async () => {
    const first = await importTests(scene, [gateway]);
    const { runId, groupOf, resultOf } = await importTests(scene, [gateway]);
    await ask({ resultId: first.resultOf("pays") });
    expect((await creations(runId)).get(groupOf("pays"))).toBeNull();
    const id = await ask({ resultId: resultOf("pays") });
    expect((await creations(runId)).get(groupOf("pays"))).toEqual({ id, state: "queued" });
  });

  it("[J1] goes along when its group is merged into another one", async () => {
    const { runId, groupOf, resultOf } = await importTests(scene, [gateway, stock]);
    const id = await ask({ resultId: resultOf("orders"), groupId: groupOf("orders") });
    await mergeGroups(scene.member, { into: groupOf("pays"), groupIds: [groupOf("orders")] });
    expect(await creations(runId)).toEqual(new Map([[groupOf("pays"), { id, state: "queued" }]]));
  });

  it("[J1] that is under way goes before one that failed, and one that was let go of or is done is none", async () => {
    const { runId, groupOf, resultOf } = await importTests(scene, [gateway, stock]);
    const underWay = await ask({ resultId: resultOf("pays"), state: "sending" });
    await ask({ resultId: resultOf("pays"), state: "failed" });
    await ask({ resultId: resultOf("orders"), state: "failed", dismissedAt: new Date() });
    await ask({ resultId: resultOf("orders"), state: "created" });
    const found = await creations(runId);
    expect(found.get(groupOf("pays"))).toEqual({ id: underWay, state: "sending" });
    expect(found.get(groupOf("orders"))).toBeNull();
  });
});
