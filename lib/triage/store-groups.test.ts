import { beforeEach, describe, expect, it } from "vitest";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { rawTransaction } from "@/lib/db/raw-transaction";
import { limits } from "@/lib/results/formats/entry";
import { algorithm } from "./algorithm";
import { storeGroups } from "./store-groups";
import {
  checkFolded,
  failed,
  groupRows,
  groupsOf,
  importXml,
  makeProject,
  passed,
  suiteOf,
} from "./testing/import-xml";
import { mostCompared } from "./unseen";

let member: Member;

beforeEach(async () => {
  member = await makeProject();
});

const gateway = (index: number) => failed(`pays ${index}`, `gateway did not answer within ${1000 + index * 7} ms`);
const stock = (index: number) => failed(`ships ${index}`, `no warehouse has article ${index} in stock any more`);
const many = <T>(of: (index: number) => T, count: number) => Array.from({ length: count }, (_, index) => of(index));

describe("an import folds", () => {
  it("[J1] failures whose values vary into one problem, and counts them by run", async () => {
    const { run } = await importXml(member, suiteOf(...many(gateway, 30), ...many(stock, 4), passed("a")));
    expect(await groupsOf(run.id)).toMatchObject([
      { failures: 30, flaky: 0, isNew: true },
      { failures: 4, flaky: 0, isNew: true },
    ]);
    await checkFolded(run.id);
    const { groups, counts } = await groupRows(member);
    expect(groups).toHaveLength(2);
    expect(groups[0]).toMatchObject({ workspaceId: member.workspaceId, firstRunId: run.id, lastRunId: run.id });
    expect(counts.map(({ cases, suites, environments }) => ({ cases, suites, environments }))).toContainEqual({
      ...{ cases: 30, suites: 1, environments: [""] },
    });
  });

  it("[J1] what another run has had into its problem, which is new in the first run alone", async () => {
    const first = await importXml(member, suiteOf(...many(gateway, 3)));
    const second = await importXml(member, suiteOf(gateway(9), stock(1)));
    const third = await importXml(member, suiteOf(passed("a")));
    expect(await groupsOf(first.run.id)).toMatchObject([{ failures: 3, isNew: true }]);
    const [known, fresh] = (await groupsOf(second.run.id)).sort((a, b) => Number(a.isNew) - Number(b.isNew));
    expect([known?.isNew, fresh?.isNew]).toEqual([false, true]);
    expect(await groupsOf(third.run.id)).toEqual([]);
    const group = await prisma.failureGroup.findUniqueOrThrow({ where: { id: known?.id ?? "" } });
    const runs = await prisma.testRun.findMany({ where: { id: { in: [first.run.id, second.run.id] } } });
    const at = (id: string) => runs.find((run) => run.id === id)?.createdAt;
    expect(group).toMatchObject({
      ...{ firstRunId: first.run.id, firstSeenAt: at(first.run.id) },
      ...{ lastRunId: second.run.id, lastSeenAt: at(second.run.id) },
    });
  });

  it("[J1] a failure without a word, and one that is marked by an attribute alone", async () => {
    const silent = `<testcase name="x"><failure/></testcase><testcase name="y" status="failed"/>`;
    const { run, totals } = await importXml(member, suiteOf(silent));
    expect(totals.failed).toBe(2);
    expect(await groupsOf(run.id)).toMatchObject([{ failures: 2 }]);
    await checkFolded(run.id);
  });

  it("[J1] nearly equal texts into one problem, and says how alike they are", async () => {
    const long = (word: string) =>
      `the order could not be sent to the warehouse because ${word} the connection was lost`;
    const stack = many((line) => `\tat com.shop.Orders.step${line}(Orders.java:${line})\n`, 6).join("");
    await importXml(member, suiteOf(failed("a", long("suddenly"), stack)));
    const { run } = await importXml(member, suiteOf(failed("b", long("again"), stack)));
    expect(await groupsOf(run.id)).toMatchObject([{ failures: 1, isNew: false }]);
    const { fingerprints } = await groupRows(member);
    const joined = fingerprints.find(({ joinedBy }) => joinedBy === "similar");
    expect(joined?.similarity).toBeGreaterThanOrEqual(algorithm.threshold - 0.0001);
    expect(joined?.similarity).toBeLessThan(1);
  });

  it("[J1] nothing anew when the same file is imported again", async () => {
    const xml = suiteOf(...many(gateway, 5), ...many(stock, 5));
    const first = await importXml(member, xml, { run: "ci" });
    const before = await groupRows(member);
    const again = await importXml(member, xml, { run: "ci" });
    expect(again.run).toEqual(first.run);
    expect(await groupRows(member)).toEqual(before);
  });

  it("[J1] [A4] what another project has into a problem of its own", async () => {
    const other = await makeProject();
    await importXml(member, suiteOf(gateway(1)));
    const before = await groupRows(member);
    const { run } = await importXml(other, suiteOf(gateway(1)));
    expect(await groupsOf(run.id)).toMatchObject([{ isNew: true }]);
    expect(await groupRows(member)).toEqual(before);
  });
});

describe("at once", () => {
  it("[J1] eight runs that meet the same unseen failures found one problem each", async () => {
    const texts = [
      "gateway timed out",
      "no article in stock",
      "invalid address of customer",
      "card was declined twice",
    ];
    const files = many((index) => {
      const turned = [...texts.slice(index % 4), ...texts.slice(0, index % 4)];
      // Tests of its own: those that two runs bring at once would make one run wait for the other.
      return suiteOf(...turned.flatMap((text) => many((test) => failed(`${index} ${text} ${test}`, text), 50)));
    }, 8);
    const imports = await Promise.all(files.map((xml) => importXml(member, xml)));
    expect((await groupRows(member)).groups).toHaveLength(4);
    for (const { run } of imports) {
      expect((await groupsOf(run.id)).map(({ failures }) => failures)).toEqual([50, 50, 50, 50]);
      await checkFolded(run.id);
    }
  });

  it("[B2] [J1] eight shards of one run are one run with all its problems", async () => {
    const shards = many((shard) => {
      // A test that all shards have: where a deadlock would come from.
      const shared = failed("shared", "shared failure");
      return suiteOf(
        ...many((index) => failed(`${shard}-${index}`, `order ${shard * 100 + index} is lost`), 20),
        shared,
      );
    }, 8);
    const imports = await Promise.all(shards.map((xml) => importXml(member, xml, { run: "ci-8" })));
    const runId = imports[0]?.run.id ?? "";
    expect(new Set(imports.map(({ run }) => run.id)).size).toBe(1);
    expect(await groupsOf(runId)).toMatchObject([{ failures: 160 }, { failures: 1 }]);
    await checkFolded(runId);
  });

  it("[B2] [J1] two runs take further attempts at once, each other's problems included", async () => {
    const texts = many((index) => `failure of kind ${"abcdefgh"[index]}`, 8);
    const all = (order: string[]) => suiteOf(...order.map((text) => failed(text, text)));
    await importXml(member, all(texts), { run: "a" });
    await importXml(member, all(texts), { run: "b" });
    const reversed = [...texts].reverse();
    const imports = await Promise.all(
      many((index) => {
        const order = index % 2 === 0 ? texts : reversed;
        return importXml(member, all([...order, `extra ${index}`]), { run: index % 3 === 0 ? "a" : "b", attempt: 2 });
      }, 8),
    );
    for (const { run } of imports) await checkFolded(run.id);
  });
});

describe("further attempts", () => {
  it("[B2] [J1] wait for a problem that somebody works on before they touch its results", async () => {
    const { run } = await importXml(member, suiteOf(gateway(1)), { run: "ci" });
    const [group] = await groupsOf(run.id);
    const importing = await rawTransaction(async (client) => {
      await client.query(`select 1 from "FailureGroup" where id = $1 for no key update`, [group?.id]);
      const started = importXml(member, suiteOf(passed("pays 1")), { run: "ci", attempt: 2 });
      await new Promise((done) => setTimeout(done, 500));
      await client.query("set local lock_timeout = '3s'");
      await client.query(`select 1 from "TestResult" where "runId" = $1 for no key update`, [run.id]);
      return { started };
    });
    expect((await importing.started).totals.flaky).toBe(1);
  });

  it("[B2] [B7] [J1] take all problems of a run in one order, as whoever works on several does", async () => {
    const told = `<testcase classname="C" name="ships 2"><properties><property name="severity" value="high"/></properties>`;
    const severe = stock(2).replace(/^<testcase[^>]*>/, told);
    const { run } = await importXml(member, suiteOf(stock(1), gateway(1)));
    const [first = "", second = ""] = (await groupsOf(run.id)).map(({ id }) => id).sort();
    // A newer run has it already: that it was seen is nothing new of it, but its severity is.
    const lastSeenAt = new Date(Date.now() + 60_000);
    await prisma.failureGroup.update({ where: { id: first }, data: { lastSeenAt } });
    const importing = await rawTransaction(async (client) => {
      const hold = (id: string) => client.query(`select 1 from "FailureGroup" where id = $1 for no key update`, [id]);
      await hold(first);
      const started = importXml(member, suiteOf(severe, gateway(2)));
      await new Promise((done) => setTimeout(done, 500));
      await client.query("set local lock_timeout = '3s'");
      await hold(second);
      return { started };
    });
    await importing.started;
    expect(await prisma.failureGroup.findUnique({ where: { id: first } })).toMatchObject({ severity: "high" });
  });

  it("[B2] [J4] a failure that passes on the second attempt is flaky and no problem any more", async () => {
    const first = await importXml(member, suiteOf(gateway(1), stock(1)), { run: "ci" });
    const { run } = await importXml(member, suiteOf(passed("pays 1")), { run: "ci", attempt: 2 });
    expect(run.id).toBe(first.run.id);
    expect(await groupsOf(run.id)).toMatchObject([
      { failures: 1, flaky: 0 },
      { failures: 0, flaky: 1 },
    ]);
    await checkFolded(run.id);
    expect(await prisma.testRun.findUnique({ where: { id: run.id } })).toMatchObject({
      attempt: 2,
      flaky: 1,
      failed: 1,
    });
  });

  it("[B2] [J4] a failure before more passes of one file than are kept is flaky, and says with what", async () => {
    const passes = many(() => passed("a"), limits.attempts + 5);
    const { run } = await importXml(member, suiteOf(failed("a", "gateway is gone"), ...passes));
    expect(await groupsOf(run.id)).toMatchObject([{ title: "Oops: gateway is gone", failures: 0, flaky: 1 }]);
    await checkFolded(run.id);
  });

  it("[B2] a failure that is another one on the second attempt moves to that problem", async () => {
    await importXml(member, suiteOf(gateway(1)), { run: "ci" });
    const { run } = await importXml(member, suiteOf(failed("pays 1", "card is refused for good")), {
      ...{ run: "ci", attempt: 2 },
    });
    expect(await groupsOf(run.id)).toMatchObject([{ failures: 1, title: "Oops: card is refused for good" }]);
    await checkFolded(run.id);
  });

  it("[B2] the highest attempt of a run is kept, whichever file comes last", async () => {
    const { run } = await importXml(member, suiteOf(passed("a")), { run: "ci", attempt: 3, branch: "topic" });
    await importXml(member, suiteOf(passed("b")), { run: "ci", attempt: 2, commit: "abc" });
    const stored = await prisma.testRun.findUnique({ where: { id: run.id } });
    expect(stored).toMatchObject({ attempt: 3, branch: "topic", commit: "abc" });
  });

  it.each([1, 7, 64, 100_000])(
    "[B2] [J1] attempts within one file fold alike in pieces of %i characters",
    async (size) => {
      const { importResults } = await import("@/lib/results/import");
      const { inPieces } = await import("@/lib/results/formats/test-read");
      const xml = suiteOf(
        failed("a", "first text"),
        failed("a", "second text"),
        passed("a"),
        failed("b", "only text"),
        `<testcase name="c"><flakyFailure type="T" message="was flaky">at x</flakyFailure></testcase>`,
        `<testcase name="d"><failure message="last"/><rerunFailure message="before"/></testcase>`,
        `<testcase name="e"><skipped message="not today"/></testcase>`,
      );
      const { run } = await importResults(member, inPieces(xml, size));
      expect((await groupsOf(run.id)).map(({ title, failures, flaky }) => [title, failures, flaky])).toEqual([
        ["Oops: only text", 1, 0],
        ["last", 1, 0],
        ["Oops: second text", 0, 1],
        ["T: was flaky", 0, 1],
      ]);
      await checkFolded(run.id);
    },
  );
});

describe("what people have told apart", () => {
  const mask = (hash: string, keep: object) =>
    prisma.fingerprintMask.create({
      data: { workspaceId: member.workspaceId, projectId: member.projectId, hash, keep, createdById: newId() },
    });
  const baseHash = () => algorithm.fingerprint({ type: "Oops", message: "order 500 is missing", stack: null }).hash;
  const missing = (name: string, code: number) => failed(name, `order ${code} is missing`);

  it("[J1] stays told apart by its value in later runs", async () => {
    await importXml(member, suiteOf(missing("a", 500), missing("b", 404)));
    expect((await groupRows(member)).groups).toHaveLength(1);
    await mask(baseHash(), { kind: "value", index: 0 });
    const { run } = await importXml(member, suiteOf(missing("a", 500), missing("b", 404), missing("c", 404)));
    expect((await groupsOf(run.id)).map(({ failures }) => failures)).toEqual([2, 1]);
    await checkFolded(run.id);
  });

  it("[J1] by its case has the name that the case gets, also where it stands several times", async () => {
    await mask(baseHash(), { kind: "case" });
    const { run } = await importXml(member, suiteOf(missing("a", 500), missing("a", 500), missing("b", 500)));
    expect(await groupsOf(run.id)).toHaveLength(3);
    await checkFolded(run.id);
  });

  it("[J1] is told apart in an import that began before somebody said so", async () => {
    const { run } = await importXml(member, suiteOf(missing("a", 500), missing("b", 404)));
    await mask(baseHash(), { kind: "value", index: 0 });
    await rawTransaction((client) => storeGroups(client, member, run.id, { algorithm, masks: new Map() }));
    expect(await groupsOf(run.id)).toHaveLength(2);
    await checkFolded(run.id);
  });
});

it("[J1] compares a bounded number of unseen failures, and says so", async () => {
  const word = (index: number) => index.toString(26).replace(/\d/g, (digit) => "qrstuvwxyz"[Number(digit)] ?? "");
  const texts = many((index) => failed(`t${index}`, `${word(index)} ${word(index * 31)} ${word(index * 57)}`), 2_200);
  const { run, warnings } = await importXml(member, suiteOf(...texts));
  await checkFolded(run.id);
  const { _count: unseen } = await prisma.fingerprint.aggregate({
    where: { projectId: member.projectId },
    _count: true,
  });
  expect(unseen).toBeGreaterThan(mostCompared);
  expect(warnings).toEqual([expect.stringContaining(`${unseen} kinds of failure`)]);
  expect(await prisma.runFile.findFirst({ where: { runId: run.id } })).toMatchObject({ warnings });
});
