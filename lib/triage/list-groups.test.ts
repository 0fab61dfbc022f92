import { beforeEach, describe, expect, it } from "vitest";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { groupsInput } from "./inputs";
import { listGroups } from "./list-groups";
import { mergeGroups } from "./merge";
import { splitGroup } from "./split";
import { importTests, linkNewIssue, makeTriageScene, type TriageScene } from "./testing/scene";

let scene: TriageScene;

beforeEach(async () => {
  scene = await makeTriageScene();
});

const page = (runId: string, query: Record<string, unknown> = {}, as = scene.member) =>
  listGroups(as, runId, groupsInput.parse(query));

const times = (count: number, name: string, message: string, rest = {}) =>
  Array.from({ length: count }, (_, index) => ({ name: `${name} ${index}`, message, type: `${name}Error`, ...rest }));

const red = [
  ...times(3, "Gateway", "gateway does not answer"),
  ...times(5, "Stock", "no stock left in the warehouse"),
  ...times(1, "Login", "the password is wrong"),
  ...times(2, "Clock", "clock goes backwards", { status: "flaky" as const }),
];

describe("the groups of a run", () => {
  it("[J1] come new ones first and then by failures, flaky and assessed-away ones last, with totals of the run", async () => {
    await importTests(scene, [
      ...times(5, "Stock", "no stock left in the warehouse"),
      ...times(1, "Login", "the password is wrong"),
    ]);
    const { runId, groupOf } = await importTests(scene, red);
    await prisma.failureGroup.update({ where: { id: groupOf("Stock 0") }, data: { assessment: "muted" } });

    const { groups, totals, next } = await page(runId);
    expect(groups.map(({ id }) => id)).toEqual(["Gateway 0", "Login 0", "Clock 0", "Stock 0"].map(groupOf));
    expect(groups.map(({ isNew }) => isNew)).toEqual([true, false, true, false]);
    expect(totals).toEqual({ failures: 9, problems: 3, new: 1, known: 2, flaky: 1, assessedAway: 1, withIssue: 0 });
    expect(next).toBeNull();
  });

  it("[J4] show what passed on a rerun as flaky, and count no problem for it", async () => {
    const { runId } = await importTests(scene, times(2, "Clock", "clock goes backwards", { status: "flaky" }));
    const { groups, totals } = await page(runId);
    expect(groups).toMatchObject([{ failures: 0, flaky: 2 }]);
    expect(totals).toMatchObject({ failures: 0, problems: 0, new: 0, known: 0, flaky: 1 });
  });

  it("[J1] come each exactly once over all pages, whatever their number of failures", async () => {
    const many = Array.from({ length: 23 }, (_, index) => {
      const letter = "abcdefghijklmnopqrstuvwxyz"[index] ?? "";
      // Nothing that they share: what is alike would be one problem.
      return times(1 + (index % 3), `Kind${letter}`, `${letter.repeat(5)} ${letter.repeat(7)}`);
    }).flat();
    const { runId } = await importTests(scene, many);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const { groups, next, totals } = await page(runId, { limit: 4, ...(cursor && { cursor }) });
      expect(totals.problems).toBe(23);
      seen.push(...groups.map(({ id }) => id));
      cursor = next;
    } while (cursor);
    expect(seen).toHaveLength(23);
    expect(seen).toEqual((await page(runId)).groups.map(({ id }) => id));
  });

  it("[B8] are one each over all environments, with their cases and suites counted once", async () => {
    const tests = [
      { name: "pays", suite: "a", message: "gateway does not answer" },
      { name: "refunds", suite: "b", message: "gateway does not answer" },
    ];
    await importTests(scene, tests, { run: "ci-1", environment: "staging" });
    const more = [...tests, { name: "ships", message: "", status: "passed" as const }];
    const { runId } = await importTests(scene, more, { run: "ci-1", environment: "chrome" });
    const { groups } = await page(runId);
    expect(groups).toMatchObject([{ failures: 4, cases: 2, suites: 2, environments: ["chrome", "staging"] }]);
  });

  it("[J1] count the cases and suites that several fingerprints of a group share once", async () => {
    const place = (name: string, suite: string) => ({ name, suite });
    const { runId, groupOf } = await importTests(scene, [
      { ...place("pays", "a"), message: "gateway does not answer" },
      { ...place("orders", "c"), message: "gateway does not answer" },
      { ...place("refunds", "a"), message: "no stock left in the warehouse", type: "StockError" },
      { ...place("ships", "b"), message: "no stock left in the warehouse", type: "StockError" },
    ]);
    await mergeGroups(scene.member, { into: groupOf("pays"), groupIds: [groupOf("ships")] });
    expect((await page(runId)).groups).toMatchObject([{ failures: 4, cases: 4, suites: 3 }]);
    await splitGroup(scene.member, groupOf("pays"), [await hashOf("pays")]);
    const { groups } = await page(runId);
    expect(groups.map(({ cases, suites }) => [cases, suites])).toEqual([
      [2, 2],
      [2, 2],
    ]);
  });

  it("[J1] tell in which runs of the branch they occurred, oldest first", async () => {
    const failing = [{ name: "pays", message: "gateway does not answer" }];
    const passing = [{ name: "pays", message: "", status: "passed" as const }];
    const first = await importTests(scene, [...failing, { name: "refunds", message: "gateway does not answer" }], {
      branch: "main",
    });
    await importTests(scene, failing, { branch: "feature" });
    await importTests(scene, passing, { branch: "main" });
    const { runId } = await importTests(scene, failing, { branch: "main" });
    await importTests(scene, failing, { branch: "main" });
    const { groups } = await page(runId);
    expect(groups).toMatchObject([{ spark: [2, 0, 1], isNew: false, firstRun: { id: first.runId, number: 1 } }]);
  });

  it("[J1] are filtered by kind, severity, title and sample", async () => {
    await importTests(scene, times(1, "Login", "the password is wrong"));
    const { runId, groupOf } = await importTests(scene, red);
    await prisma.failureGroup.update({ where: { id: groupOf("Login 0") }, data: { severity: "critical" } });
    await prisma.failureGroup.update({ where: { id: groupOf("Stock 0") }, data: { assessment: "false_positive" } });
    await linkNewIssue(scene, groupOf("Gateway 0"));
    const found = async (query: Record<string, unknown>) => (await page(runId, query)).groups.map(({ id }) => id);

    expect(await found({ only: "new" })).toEqual([groupOf("Gateway 0"), groupOf("Stock 0")]);
    expect(await found({ only: "known" })).toEqual([groupOf("Login 0")]);
    expect(await found({ only: "flaky" })).toEqual([groupOf("Clock 0")]);
    expect(await found({ only: "assessed_away" })).toEqual([groupOf("Stock 0")]);
    expect(await found({ only: "with_issue" })).toEqual([groupOf("Gateway 0")]);
    expect(await found({ only: "without_issue" })).toEqual([groupOf("Login 0"), groupOf("Stock 0")]);
    expect(await found({ severity: "critical,info" })).toEqual([groupOf("Login 0")]);
    expect(await found({ q: "WAREHOUSE" })).toEqual([groupOf("Stock 0")]);
    expect(await found({ q: "login 0" })).toEqual([groupOf("Login 0")]);
    expect(await found({ q: "100%" })).toEqual([]);
    expect((await page(runId, { q: "nothing of the kind" })).totals.problems).toBe(3);
  });

  it("[J1] name their three newest issues, each once however many results are linked, and count all", async () => {
    const { runId, groupOf } = await importTests(scene, red);
    const groupId = groupOf("Gateway 0");
    const ids: string[] = [];
    for (let index = 0; index < 5; index++) ids.push(await linkNewIssue(scene, groupId));
    await prisma.issueLink.create({
      data: {
        id: newId(),
        workspaceId: scene.member.workspaceId,
        projectId: scene.projectId,
        issueId: ids[0] ?? "",
        groupId,
      },
    });
    const { groups, totals } = await page(runId, { only: "with_issue" });
    expect(groups[0]?.issueCount).toBe(5);
    expect(groups[0]?.issues.map(({ id }) => id)).toEqual([ids[0], ids[4], ids[3]]);
    expect(totals.withIssue).toBe(1);
  });

  it("[J1] count an accepted risk as active again once its date has passed", async () => {
    const { runId, groupOf } = await importTests(scene, times(1, "Login", "the password is wrong"));
    const accept = (assessedUntil: Date) =>
      prisma.failureGroup.update({
        where: { id: groupOf("Login 0") },
        data: { assessment: "risk_accepted", assessedUntil },
      });
    await accept(new Date(Date.now() + 60_000));
    expect(await page(runId)).toMatchObject({ totals: { assessedAway: 1 }, groups: [{ assessment: "risk_accepted" }] });
    await accept(new Date(Date.now() - 60_000));
    expect(await page(runId)).toMatchObject({ totals: { assessedAway: 0 }, groups: [{ assessment: "active" }] });
  });

  it("[J1] of another project or workspace are not found, as those of a run that is not there", async () => {
    const { runId } = await importTests(scene, red);
    const other = await makeTriageScene();
    for (const id of [newId(), "x"]) await expect(page(id)).rejects.toMatchObject({ kind: "not_found" });
    await expect(page(runId, {}, other.member)).rejects.toMatchObject({ kind: "not_found" });
  });
});

async function hashOf(name: string): Promise<string> {
  const where = { projectId: scene.projectId, testCase: { name } };
  return (await prisma.testResult.findFirstOrThrow({ where })).fingerprint ?? "";
}
