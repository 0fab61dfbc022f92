import { beforeEach, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { mergeGroups } from "@/lib/triage/merge";
import { importTests } from "@/lib/triage/testing/scene";
import { dismissCreation } from "./dismiss-creation";
import { getOrStartDraft } from "./drafts";
import { listIssues } from "./list-issues";
import { previewDraft } from "./preview";
import { retryCreation } from "./retry-creation";
import { ask, type FreshScene, makeFreshScene, passTime, readCreation, start, work, workUntil } from "./test-scene";

let scene: FreshScene;
let night: Awaited<ReturnType<typeof importTests>>;

const kinds = ["Gateway", "Stock", "Login", "Clock", "Disk", "Queue"];
const messages = new Map([
  ["Gateway", "the payment gateway did not answer in time"],
  ["Stock", "no article left in the warehouse of the shop"],
  ["Login", "password refused for this account"],
  ["Clock", "clocks of both hosts drift apart"],
  ["Disk", "device is full, nothing can be written"],
  ["Queue", "consumer fell behind its producers"],
]);
const red = (run = 0) =>
  kinds.flatMap((kind) =>
    Array.from({ length: 4 }, (_, index) => ({
      name: `${kind} ${index}`,
      type: `${kind}Error`,
      message: `${messages.get(kind)} (${run * 1_000 + index})`,
    })),
  );

beforeEach(async () => {
  scene = await makeFreshScene(sandbox);
  night = await importTests(scene, red());
});

const result = (name: string) => night.resultOf(name);
const group = (name: string) => night.groupOf(`${name} 0`);
/** For all failures of a kind, from its first result. */
const whole = (kind: string, { resultOf } = night) => ({
  groupIds: [group(kind)],
  resultIds: [resultOf(`${kind} 0`)],
});
const issuesOf = (subject: Parameters<typeof listIssues>[1]) => listIssues(scene.member, subject);

describe("one issue for a whole failure group", () => {
  const atOnce = "[G3] when eight at once ask for a group or for one of its results, of three groups: three issues";
  it(atOnce, { timeout: 90_000 }, async () => {
    const some = kinds.slice(0, 3);
    const askers = some.flatMap((kind) =>
      Array.from({ length: 8 }, (_, i) => {
        const what = i % 3 === 0 ? { resultIds: [result(`${kind} 2`)] } : whole(kind);
        return ask(scene, what, i % 2 ? scene.owner : scene.member).then((asked) => ({ kind, asked }));
      }),
    );
    const asked = await Promise.all(askers);
    for (const kind of some) {
      const ours = asked.filter((one) => one.kind === kind);
      expect(new Set(ours.map(({ asked: { creation } }) => creation?.id)).size).toBe(1);
      expect(ours.filter(({ asked: { outcome } }) => outcome === "started")).toHaveLength(1);
    }
    await work(30_000);
    expect(await scene.createdCount()).toBe(3);
    for (const kind of some) {
      const [issue, ...more] = await issuesOf({ groupId: group(kind) });
      expect(more).toEqual([]);
      // Those that nobody asked for have it too, because it is for all of them.
      for (const index of [0, 2, 3])
        expect(await issuesOf({ resultId: result(`${kind} ${index}`) })).toMatchObject([{ id: issue?.id }]);
      const covers = await prisma.issueLink.count({ where: { groupId: group(kind), coversGroup: true } });
      expect(covers).toBe(1);
    }
  });

  it("[G3] when the form of the group is sent twice by one person, and another sends theirs", async () => {
    const place = { integrationId: scene.integrationId, resultId: result("Gateway 0"), groupId: group("Gateway") };
    const [mine, theirs] = await Promise.all([
      getOrStartDraft(scene.member, place),
      getOrStartDraft(scene.owner, place),
    ]);
    const asked = await Promise.all([
      ask(scene, { ...whole("Gateway"), draftId: mine.id }),
      ask(scene, { ...whole("Gateway"), draftId: mine.id }),
      ask(scene, { ...whole("Gateway"), draftId: theirs.id }, scene.owner),
    ]);
    expect(new Set(asked.map(({ creation }) => creation?.id)).size).toBe(1);
    await work();
    expect(await scene.createdCount()).toBe(1);
  });

  it("[G3] [J1] when two people ask for it from two runs, it is of both", async () => {
    const next = await importTests(scene, red(1));
    expect(next.groupOf("Stock 0")).toBe(group("Stock"));
    await Promise.all([ask(scene, whole("Stock")), ask(scene, whole("Stock", next), scene.owner)]);
    await work();
    expect(await scene.createdCount()).toBe(1);
    for (const { runId } of [night, next]) expect(await issuesOf({ runId })).toHaveLength(1);
  });

  it("[G3] when its creation is on its way out: whoever asks for the group then has it linked to the group", async () => {
    sandbox.faults.add({ method: "POST", path: "/issues$", mode: "drop-reply" });
    const id = await start(scene, { resultIds: [result("Login 1")] });
    await workUntil(id, "unknown");
    expect(await ask(scene, whole("Login"), scene.owner)).toMatchObject({ outcome: "joined", creation: { id } });
    await passTime(15_000);
    await work();
    expect(await scene.createdCount()).toBe(1);
    expect(await issuesOf({ resultId: result("Login 3") })).toMatchObject([
      { links: [{ coversGroup: true, resultId: result("Login 0") }] },
    ]);
  });

  it("[G3] when the very result that the group is asked with is under way: it covers the group from then on", async () => {
    const id = await start(scene, { resultIds: [result("Clock 0")] });
    expect(await ask(scene, whole("Clock"))).toMatchObject({ outcome: "joined", creation: { id } });
    await work();
    expect(await issuesOf({ resultId: result("Clock 1") })).toHaveLength(1);
    expect(await prisma.issueLink.count({ where: { projectId: scene.projectId } })).toBe(1);
  });

  it("[G3] afterwards there is one: for each result, in runs to come, and one more is a choice of its own", async () => {
    await start(scene, whole("Disk"));
    await work();
    const next = await importTests(scene, red(2));
    for (const change of [whole("Disk"), { resultIds: [result("Disk 3")] }, { resultIds: [next.resultOf("Disk 1")] }])
      expect(await ask(scene, change)).toMatchObject({ outcome: "exists" });
    // The issue of one result is the group's too; the group's is everybody's, that of a result is no other result's.
    await start(scene, { resultIds: [result("Queue 1")] });
    await work();
    expect(await ask(scene, whole("Queue"))).toMatchObject({ outcome: "exists" });
    expect(await ask(scene, { resultIds: [result("Queue 2")] })).toMatchObject({ outcome: "started" });
    expect(await ask(scene, { ...whole("Disk"), another: true })).toMatchObject({ outcome: "started" });
  });

  it("[G3] [H3] a combined one covers each of its groups, also when some of them are under way", async () => {
    const id = await start(scene, whole("Gateway"));
    const [stock, login] = [whole("Stock"), whole("Login")];
    const other = await start(scene, { resultIds: login.resultIds });
    const combined = [whole("Gateway"), stock, login];
    const asked = await ask(scene, {
      groupIds: combined.flatMap(({ groupIds }) => groupIds),
      resultIds: combined.flatMap(({ resultIds }) => resultIds),
    });
    expect(asked).toMatchObject({ outcome: "joined", creation: { id } });
    await work();
    expect(await scene.createdCount()).toBe(2);
    const links = await prisma.issueLink.findMany({ where: { projectId: scene.projectId, coversGroup: true } });
    expect(links.map(({ groupId }) => groupId).sort()).toEqual(["Gateway", "Stock", "Login"].map(group).sort());
    expect((await readCreation(other)).state).toBe("created");
  });
});

describe("while an issue for a whole group is on its way", () => {
  it("[G3] nobody is led to the tracker's own form, from any of its results", async () => {
    const { integrationId } = scene;
    const at = { integrationId, resultId: result("Stock 2") };
    const drafts = [
      await getOrStartDraft(scene.member, at),
      await getOrStartDraft(scene.owner, { ...at, groupId: group("Stock") }),
    ];
    const offered = async () => {
      const [alone, all] = drafts;
      return [
        (await previewDraft(scene.member, alone?.id ?? "")).newIssueUrl,
        (await previewDraft(scene.owner, all?.id ?? "")).newIssueUrl,
      ];
    };
    const form = expect.stringContaining("/acme/checkout/issues/new?");
    expect(await offered()).toEqual([form, form]);
    await start(scene, whole("Stock"));
    expect(await offered()).toEqual([undefined, undefined]);
  });
});

const asBulk =
  "[G6] [K4] an item of a bulk creation is not counted as a person's asking, and its calls let people's pass";
it(asBulk, { timeout: 60_000 }, async () => {
  const { member } = scene;
  const countOf = async () =>
    (await prisma.attemptWindow.aggregate({ where: { key: `create:${member.userId}` }, _sum: { count: true } }))._sum
      .count;
  const bulkLine = async () =>
    (await prisma.rateBudget.findMany({ where: { connection: { integrationId: scene.integrationId } } })).some(
      ({ bulkLineEndsAt }) => bulkLineEndsAt !== null,
    );
  for (const kind of ["Stock", "Disk", "Queue"]) await start(scene, whole(kind));
  await work();
  expect([await countOf(), await bulkLine()]).toEqual([3, false]);
  const bulkId = newId();
  for (const kind of ["Gateway", "Login", "Clock"]) {
    const clientKey = newId();
    expect(await ask(scene, { ...whole(kind), clientKey, bulkId })).toMatchObject({ creation: { id: clientKey } });
  }
  await work();
  expect(await prisma.issueCreation.count({ where: { bulkId, state: "created" } })).toBe(3);
  expect([await countOf(), await bulkLine()]).toEqual([3, true]);
});

describe("groups that change meanwhile", () => {
  it("[G3] [J1] merged into another while it is asked for: that one's askers join, and the link is there", async () => {
    const id = await start(scene, whole("Gateway"));
    await mergeGroups(scene.member, { into: group("Stock"), groupIds: [group("Gateway")] });
    for (const change of [{ resultIds: [result("Stock 3")] }, whole("Stock"), whole("Gateway")])
      expect(await ask(scene, change, scene.owner)).toMatchObject({ outcome: "joined", creation: { id } });
    await work();
    expect(await scene.createdCount()).toBe(1);
    const links = await prisma.issueLink.findMany({ where: { projectId: scene.projectId } });
    expect(new Set(links.map(({ groupId }) => groupId))).toEqual(new Set([group("Stock")]));
    expect(await issuesOf({ groupId: group("Gateway") })).toHaveLength(1);
  });

  const meanwhile =
    "[G3] [J1] merged at the very moment that many ask and jobs store: nothing is lost and nothing left behind";
  it(meanwhile, { timeout: 90_000 }, async () => {
    sandbox.faults.add({ method: "POST", path: "/issues$", mode: "delay", delayMs: 50, times: 20 });
    const asking = kinds.flatMap((kind) => [ask(scene, whole(kind)), ask(scene, whole(kind), scene.owner)]);
    const [first = "", ...others] = kinds;
    const merging = others.map((kind) => mergeGroups(scene.owner, { into: group(first), groupIds: [group(kind)] }));
    await Promise.all([...asking, ...merging, work(30_000)]);
    await work(30_000);
    const issues = await scene.createdCount();
    expect(issues).toBeGreaterThan(0);
    expect(issues).toBeLessThanOrEqual(kinds.length);
    expect(await prisma.issueCreation.count({ where: { projectId: scene.projectId, state: "created" } })).toBe(issues);
    const links = await prisma.issueLink.findMany({ where: { projectId: scene.projectId } });
    expect(new Set(links.map(({ groupId }) => groupId))).toEqual(new Set([group(first)]));
    expect(await issuesOf({ groupId: group(first) })).toHaveLength(issues);
  });
});

describe("a creation for a group that stopped", () => {
  it("[G3] [G11] is not tried again beside one that somebody has begun for one of its results", async () => {
    sandbox.faults.add({ method: "POST", path: "/issues$", mode: "status", status: 422, body: { message: "no" } });
    const failed = await start(scene, whole("Gateway"));
    await work();
    expect((await readCreation(failed)).state).toBe("failed");
    const id = await start(scene, { resultIds: [result("Gateway 3")] });
    expect(await retryCreation(scene.member, failed)).toMatchObject({ outcome: "joined", creation: { id } });
    await work();
    expect(await retryCreation(scene.member, failed)).toMatchObject({ outcome: "exists" });
    expect(await scene.createdCount()).toBe(1);
  });

  it("[G3] and was let go of leaves the group and its results to others", async () => {
    sandbox.faults.add({ method: "POST", path: "/issues$", mode: "status", status: 422, body: { message: "no" } });
    const failed = await start(scene, whole("Gateway"));
    await work();
    await dismissCreation(scene.member, failed);
    expect(await ask(scene, whole("Gateway"), scene.owner)).toMatchObject({ outcome: "started" });
    await work();
    expect(await scene.createdCount()).toBe(1);
  });
});

describe("what is not of the group", () => {
  it("[A4] [G1] results of another group are refused, other projects' groups are not found", async () => {
    const other = await makeOther();
    const kindOf = (change: Parameters<typeof ask>[1]) => ask(scene, change).catch(({ kind }) => kind);
    expect(await kindOf({ ...whole("Gateway"), resultIds: [result("Stock 0")] })).toBe("invalid_input");
    expect(await kindOf({ ...whole("Gateway"), resultIds: [result("Gateway 0"), result("Stock 0")] })).toBe(
      "invalid_input",
    );
    for (const id of [other, newId(), "no-such-id"])
      expect(await kindOf({ ...whole("Gateway"), groupIds: [id] })).toBe("not_found");
    expect(await prisma.issueCreation.count({ where: { projectId: scene.projectId } })).toBe(0);
  });
});

async function makeOther(): Promise<string> {
  const elsewhere = await makeFreshScene(sandbox);
  return (await importTests(elsewhere, red())).groupOf("Gateway 0");
}
