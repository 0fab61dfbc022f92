import { beforeEach, describe, expect, it } from "vitest";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { resultsInput } from "@/lib/results/inputs";
import { listResults } from "@/lib/results/results";
import { algorithm } from "./algorithm";
import { getGroup } from "./get-group";
import { importTests, makeTriageScene, type TriageScene } from "./testing/scene";

let scene: TriageScene;

beforeEach(async () => {
  scene = await makeTriageScene();
});

const failing = (name: string, message: string, rest = {}) => ({ name, message, type: "GatewayError", ...rest });

describe("a failure group", () => {
  it("[J1] tells why its failures are in it, and what a split can tell them apart by", async () => {
    const stack =
      "GatewayError: refused\n    at Gateway.call (src/gateway.ts:88:3)\n    at Order.pay (src/order.ts:12:5)";
    const { runId, groupOf, resultOf } = await importTests(scene, [
      failing("pays", "order 4711 was refused by the gateway", { stack }),
      failing("refunds", "order 4712 was refused by the gateway", { stack, suite: "refunds" }),
    ]);
    expect(groupOf("pays")).toBe(groupOf("refunds"));
    const { group, fingerprints, history, changes, sparkRuns } = await getGroup(scene.member, groupOf("pays"), runId);
    expect(group).toMatchObject({ id: groupOf("pays"), failures: 2, cases: 2, suites: 2, isNew: true, spark: [2] });
    expect(sparkRuns).toEqual([{ id: runId, number: 1 }]);
    expect([history, changes]).toEqual([[], []]);
    expect(fingerprints).toMatchObject([
      { joinedBy: "first", similarity: null, threshold: algorithm.threshold, failures: 2, type: "GatewayError" },
    ]);
    expect([resultOf("pays"), resultOf("refunds")]).toContain(fingerprints[0]?.resultId);
    const examples = new Map(
      fingerprints[0]?.splits.map(({ keep, examples }) => [JSON.stringify(keep), examples.sort()]),
    );
    expect(examples.get('{"kind":"suite"}')).toEqual(["checkout", "refunds"]);
    expect(examples.get('{"kind":"case"}')).toEqual(["checkout › pays", "refunds › refunds"]);
    expect([...examples.values()]).toContainEqual(["4711", "4712"]);
    // The stack is the same in both: it tells nothing apart.
    expect([...examples.values()].every((values) => values.length > 1)).toBe(true);
  });

  it("[J1] says how alike a fingerprint is that joined it", async () => {
    const text =
      "could not connect to the payment gateway of the northern region within the time that was allowed for it";
    await importTests(scene, [failing("pays", text)]);
    const { groupOf } = await importTests(scene, [failing("refunds", `${text} today`)]);
    const { fingerprints } = await getGroup(scene.member, groupOf("refunds"));
    expect(fingerprints).toHaveLength(2);
    const joined = fingerprints.find(({ joinedBy }) => joinedBy === "similar");
    expect(joined?.similarity).toBeGreaterThanOrEqual(algorithm.threshold);
    expect(joined?.similarity).toBeLessThan(1);
  });

  it("[J1] counts in the run that is asked for; without one, in all, and shows the last", async () => {
    const first = await importTests(scene, [failing("pays", "boom"), failing("refunds", "boom")]);
    const { runId, groupOf } = await importTests(scene, [failing("pays", "boom")]);
    const id = groupOf("pays");
    const inFirst = await getGroup(scene.member, id, first.runId);
    expect(inFirst).toMatchObject({ group: { failures: 2, isNew: true, spark: [2] }, fingerprints: [{ failures: 2 }] });
    const whole = await getGroup(scene.member, id);
    expect(whole).toMatchObject({
      group: { failures: 1, isNew: false, spark: [2, 1] },
      fingerprints: [{ failures: 3 }],
    });
    const later = await importTests(scene, [failing("ships", "another thing entirely")]);
    const absent = await getGroup(scene.member, id, later.runId);
    expect(absent.group).toMatchObject({ failures: 0, flaky: 0, environments: [], spark: [2, 1, 0] });
    expect(absent.group.lastSeenAt).toBe(
      (await prisma.testRun.findUniqueOrThrow({ where: { id: runId } })).createdAt.toISOString(),
    );
  });

  it("[J1] that was merged into another answers with that one, over any number of merges", async () => {
    const { groupOf } = await importTests(
      scene,
      ["a", "b", "c"].map((name) => failing(name, `${name.repeat(9)} is broken`, { type: name })),
    );
    const [a, b, c] = ["a", "b", "c"].map(groupOf);
    await prisma.failureGroup.update({ where: { id: a }, data: { mergedIntoId: b } });
    await prisma.failureGroup.update({ where: { id: b }, data: { mergedIntoId: c } });
    expect((await getGroup(scene.member, a ?? "")).group.id).toBe(c);
  });

  it("[J1] of another project is not found, nor one that is not there; nor is its run", async () => {
    const { groupOf, runId } = await importTests(scene, [failing("pays", "boom")]);
    const other = await makeTriageScene();
    const theirs = await importTests(other, [failing("pays", "boom")]);
    for (const id of [newId(), "x", theirs.groupOf("pays")])
      await expect(getGroup(scene.member, id, runId)).rejects.toMatchObject({ kind: "not_found" });
    for (const id of [newId(), "x", theirs.runId])
      await expect(getGroup(scene.member, groupOf("pays"), id)).rejects.toMatchObject({ kind: "not_found" });
  });
});

describe("a run's results", () => {
  it("[J1] are those of one group, each exactly once over all pages, failures before flaky ones", async () => {
    const tests = Array.from({ length: 11 }, (_, index) =>
      failing(`test ${index}`, `order ${index} was refused`, index % 4 === 0 ? { status: "flaky" } : {}),
    );
    const { runId, groupOf } = await importTests(scene, [
      ...tests,
      failing("other", "the disk is full", { type: "DiskError" }),
    ]);
    const groupId = groupOf("test 0");
    const other = groupOf("other");
    // Two fingerprints in one group: their stretches of the index come together.
    await prisma.fingerprint.updateMany({ where: { groupId: other }, data: { groupId } });
    const seen: { id: string; status: string }[] = [];
    let cursor: string | null = null;
    do {
      const { results, next } = await listResults(
        scene.member,
        runId,
        resultsInput.parse({ groupId, limit: 5, ...(cursor && { cursor }) }),
      );
      seen.push(...results);
      cursor = next;
    } while (cursor);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(12);
    expect(seen.map(({ status }) => status)).toEqual([...Array(9).fill("failed"), ...Array(3).fill("flaky")]);
    const found = await listResults(scene.member, runId, resultsInput.parse({ groupId, status: "flaky", q: "test 4" }));
    expect(found.results).toMatchObject([{ name: "test 4" }]);
    expect((await listResults(scene.member, runId, resultsInput.parse({ groupId: other }))).results).toEqual([]);
    const theirs = resultsInput.parse({ groupId: newId() });
    await expect(listResults(scene.member, runId, theirs)).rejects.toMatchObject({ kind: "not_found" });
  });
});
