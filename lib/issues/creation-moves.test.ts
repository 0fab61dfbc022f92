import type pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { pool, prisma, transaction } from "@/lib/db/client";
import { CreationState } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/ids";
import { channel } from "@/lib/events/announce";
import { move } from "./creation/move";
import { canMove, isFinished, type MoveName, moves } from "./creation-state";
import { makeScene, type Scene } from "./test-scene";

let scene: Scene;
let listener: pg.PoolClient;
const heard: string[] = [];
beforeAll(async () => {
  scene = await makeScene(sandbox.github);
  listener = await pool.connect();
  listener.on("notification", ({ payload = "{}" }) => heard.push(JSON.parse(payload).id));
  await listener.query(`listen ${channel}`);
});
afterAll(() => listener.release());

type Standing = { state: CreationState; retryAt: Date | null };

async function makeCreation(standing: Standing) {
  const id = newId();
  const { projectId, integrationId, member, results } = scene;
  const own = { workspaceId: member.workspaceId, integrationId };
  const source = { ...own, resultId: results[0].resultId, finished: isFinished(standing.state) };
  // One unfinished creation for a result at a time: the one before makes room.
  await prisma.issueCreationSource.updateMany({ where: { ...own }, data: { finished: true } });
  await prisma.issueCreation.create({
    data: {
      ...{ ...own, id, projectId, clientKey: id, marker: id, ...standing, requestedById: member.userId },
      ...{ title: "It fails", description: {}, externalProjectId: "1", externalProjectKey: "acme/checkout" },
      sources: { create: [{ ...source, id: newId() }] },
    },
  });
  return { id, workspaceId: member.workspaceId, projectId };
}

const read = (id: string) =>
  prisma.issueCreation.findUniqueOrThrow({ where: { id }, select: { state: true, sources: true } });

const later = new Date(Date.now() + 60_000);
const standings = Object.values(CreationState).flatMap((state) =>
  [null, later].map((retryAt) => ({ state, retryAt, name: `${state}${retryAt ? " until later" : ""}` })),
);
const names = Object.keys(moves) as MoveName[]; // Object.keys forgets the key type

describe.each(standings)("on the database, $name", ({ name: _, ...standing }) => {
  it.each(names)("[G3] %s does what the table says: state, sources, page; or nothing at all", async (name) => {
    const creation = await makeCreation(standing);
    const isAllowed = canMove(standing, name);
    expect(await transaction((tx) => move(tx, creation, name))).toBe(isAllowed);
    const state = isAllowed ? moves[name].to : standing.state;
    const now = await read(creation.id);
    expect(now.state).toBe(state);
    // Freed by created and failed, taken again by a retry; the index would refuse a second unfinished one.
    expect(now.sources).toMatchObject([{ finished: isFinished(state) }]);
    // The listener's own connection hears what was committed before this.
    await listener.query("select 1");
    expect(heard.includes(creation.id)).toBe(isAllowed);
  });
});

it("[G3] of two moves out of one state one is made: whoever comes second is told", async () => {
  for (const [one, other] of [
    ["retry", "dismiss"],
    ["dismiss", "retry"],
    ["retry", "retry"],
  ] as const) {
    const creation = await makeCreation({ state: "held", retryAt: null });
    // `dismiss` and `retry` lead where the other may lead out again, so that the state alone does not tell.
    const where = { state: "held" as const };
    const made = await Promise.all(
      [one, other].map((name) => transaction((tx) => move(tx, creation, name, {}, where))),
    );
    expect(made.filter(Boolean)).toHaveLength(1);
  }
});
