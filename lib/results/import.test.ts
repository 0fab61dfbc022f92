import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Member } from "@/lib/auth/member";
import { pool, prisma } from "@/lib/db/client";
import { announce } from "@/lib/events/announce";
import { createProject } from "@/lib/projects/create";
import { makeAdmin } from "@/lib/workspaces/test-people";
import { inPieces } from "./formats/test-read";
import { type ImportOptions, importResults } from "./import";

vi.mock("@/lib/events/announce", async (original) => {
  const real = await original<typeof import("@/lib/events/announce")>();
  return { ...real, announce: vi.fn(real.announce) };
});

let member: Member;

async function makeMember(): Promise<Member> {
  const admin = await makeAdmin();
  const project = await createProject(admin, { name: "Checkout", description: "", defaultBranch: "main" });
  return { ...admin, projectId: project.id, projectRole: "ADMIN" };
}

beforeEach(async () => {
  member = await makeMember();
});

const suite = (cases: string, name = "s") => `<testsuite name="${name}">${cases}</testsuite>`;
const passed = (name: string) => `<testcase classname="C" name="${name}"/>`;
const failed = (name: string, message = "boom") =>
  `<testcase classname="C" name="${name}"><failure message="${message}">at x</failure></testcase>`;
const skipped = (name: string) => `<testcase classname="C" name="${name}"><skipped/></testcase>`;
const load = (xml: string, options: ImportOptions = {}, by = member) => importResults(by, inPieces(xml, 512), options);
const none = { passed: 0, failed: 0, error: 0, skipped: 0, flaky: 0 };
const stored = (runId: string) =>
  prisma.testResult.findMany({
    where: { runId },
    orderBy: [{ rank: "asc" }, { id: "asc" }],
    include: { testCase: true },
  });

/** Rows of every table that an import writes. */
async function rowCounts(): Promise<unknown> {
  const tables = [
    ...["TestCase", "TestRun", "TestResult", "RunFile", "AuditEntry", "Outbox"],
    ...["FailureGroup", "Fingerprint", "RunFingerprint", "Assessment"],
  ];
  const { rows } = await pool.query(
    tables.map((table) => `select '${table}' as t, count(*)::int as n from "${table}"`).join(" union all ") +
      " order by t",
  );
  return rows;
}

describe("an import", () => {
  it("[B2] answers with what was read, what is stored and where", async () => {
    const imported = await load(suite(passed("a") + failed("b") + skipped("c")), { branch: "main", filename: "r.xml" });
    expect(imported).toEqual({
      run: { id: imported.run.id, url: `http://localhost:3000/projects/${member.projectId}/runs/${imported.run.id}` },
      read: { ...none, passed: 1, failed: 1, skipped: 1 },
      totals: { ...none, passed: 1, failed: 1, skipped: 1 },
      cases: { created: 3, existing: 0 },
      results: { created: 3, folded: 0, duplicates: 0 },
      warnings: [],
    });
    const run = await prisma.testRun.findUniqueOrThrow({ where: { id: imported.run.id }, include: { files: true } });
    expect(run).toMatchObject({ number: 1, branch: "main", passed: 1, failed: 1, skipped: 1, ciRunId: null });
    expect(run.files).toHaveLength(1);
    const [first] = await stored(run.id);
    expect(first).toMatchObject({ status: "failed", rank: 1, message: "boom", stack: "at x", attempt: 1 });
    expect(first?.testCase).toMatchObject({ suite: "s", className: "C", name: "b", workspaceId: member.workspaceId });
  });

  it("[B2] leaves an audit row and an event with the run", async () => {
    const { run } = await load(suite(passed("a")));
    const audit = await prisma.auditEntry.findFirst({ where: { subjectId: run.id } });
    expect(audit).toMatchObject({ action: "results.imported", projectId: member.projectId, actorId: member.userId });
    const event = await prisma.outbox.findFirst({ where: { data: { path: ["runId"], equals: run.id } } });
    expect(event?.name).toBe("results/run.imported");
  });

  it("[B1] makes a run of each upload without a run id, numbered in the project, and knows the cases again", async () => {
    const first = await load(suite(passed("a") + passed("b")));
    const second = await load(suite(passed("b") + passed("c")));
    expect(second.run.id).not.toBe(first.run.id);
    expect(second.cases).toEqual({ created: 1, existing: 1 });
    expect(second.totals.passed).toBe(2);
    const numbers = await prisma.testRun.findMany({
      where: { projectId: member.projectId },
      orderBy: { number: "asc" },
    });
    expect(numbers.map(({ number }) => number)).toEqual([1, 2]);
  });

  it("[B2] adds the files of one run id to one run", async () => {
    const first = await load(suite(passed("a")), { run: "ci-1" });
    const second = await load(suite(failed("b")), { run: "ci-1", branch: "main" });
    expect(second.run).toEqual(first.run);
    expect(second.totals).toEqual({ ...none, passed: 1, failed: 1 });
    expect(await prisma.testRun.findUnique({ where: { id: first.run.id } })).toMatchObject({
      branch: "main",
      number: 1,
    });
  });

  it("[B2] adds nothing for the same bytes in the same run", async () => {
    const xml = suite(passed("a") + failed("b"));
    const first = await load(xml, { run: "ci-1" });
    const before = await rowCounts();
    const again = await load(xml, { run: "ci-1" });
    expect(again).toEqual({
      ...first,
      cases: { created: 0, existing: 2 },
      results: { created: 0, folded: 0, duplicates: 2 },
    });
    expect(await rowCounts()).toEqual(before);
    expect((await load(xml, { run: "ci-2" })).results.created).toBe(2);
  });

  it("[B2] adds bytes that another run has to a run that is there already", async () => {
    const xml = suite(passed("a") + failed("b"));
    await load(xml, { run: "ci-1" });
    await load(suite(passed("c")), { run: "ci-2" });
    expect((await load(xml, { run: "ci-2" })).results).toEqual({ created: 2, folded: 0, duplicates: 0 });
  });

  it("[B2] lands eight shards that are posted at once in one run with all results", async () => {
    const shards = Array.from({ length: 8 }, (_, shard) =>
      suite(
        Array.from({ length: 50 }, (_, index) => passed(`${shard}-${index}`)).join("") +
          // Cases that every shard has, in orders that differ: where a deadlock would come from.
          [0, 1, 2, 3].map((n) => passed(`shared ${(n + shard) % 4}`)).join(""),
      ),
    );
    const answers = await Promise.all(shards.map((xml) => load(xml, { run: "ci-8" })));
    expect(new Set(answers.map(({ run }) => run.id)).size).toBe(1);
    expect(answers.reduce((sum, { results }) => sum + results.created, 0)).toBe(404);
    expect(answers.reduce((sum, { results }) => sum + results.folded, 0)).toBe(28);
    const runs = await prisma.testRun.findMany({ where: { projectId: member.projectId } });
    expect(runs).toHaveLength(1);
    expect(runs[0]).toMatchObject({ number: 1, passed: 404 });
  });

  it("[B2] numbers runs without gaps when many are imported at once, of the same cases", async () => {
    // Each in an order of its own, long enough that two are surely in the middle at once: where a deadlock would come from.
    const names = Array.from({ length: 3_000 }, (_, index) => `t${index}`);
    const turned = (by: number) => suite([...names.slice(by * 400), ...names.slice(0, by * 400)].map(passed).join(""));
    await Promise.all(Array.from({ length: 8 }, (_, index) => load(turned(index))));
    const runs = await prisma.testRun.findMany({ where: { projectId: member.projectId }, orderBy: { number: "asc" } });
    expect(runs.map(({ number, passed: count }) => [number, count])).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8].map((number) => [number, 3_000]),
    );
    expect(await prisma.testCase.count({ where: { projectId: member.projectId } })).toBe(3_000);
  });

  it("[A4] never touches a run of another project that has the same CI run id", async () => {
    const other = await makeMember();
    const theirs = await load(suite(passed("a")), { run: "ci-1" }, other);
    const ours = await load(suite(passed("a")), { run: "ci-1" });
    expect(ours.run.id).not.toBe(theirs.run.id);
    expect(ours.cases).toEqual({ created: 1, existing: 0 });
    expect(ours.totals.passed).toBe(1);
  });
});

describe("one test several times", () => {
  it("[B1] numbers entries that ended alike as parameter cases", async () => {
    const { run, results, cases } = await load(suite(passed("a") + passed("b") + passed("a") + passed("a")));
    expect(results).toEqual({ created: 4, folded: 0, duplicates: 0 });
    expect(cases.created).toBe(4);
    expect((await stored(run.id)).map(({ testCase }) => testCase.name).sort()).toEqual(["a", "a #2", "a #3", "b"]);
    const again = await load(suite(passed("a") + passed("a")));
    expect(again.cases).toEqual({ created: 0, existing: 2 });
  });

  it("[B2] folds entries that ended differently into one flaky result with its attempts", async () => {
    const imported = await load(suite(failed("a", "first") + failed("a", "second") + passed("a") + passed("b")));
    expect(imported.read).toEqual({ ...none, passed: 2, failed: 2 });
    expect(imported.totals).toEqual({ ...none, passed: 1, flaky: 1 });
    expect(imported.results).toEqual({ created: 2, folded: 2, duplicates: 0 });
    const [flaky] = await stored(imported.run.id);
    expect(flaky).toMatchObject({ status: "flaky", rank: 2, attempt: 3, message: "second", stack: "at x" });
    expect(flaky?.attempts).toMatchObject([
      { status: "failed", message: "first" },
      { status: "failed", message: "second" },
    ]);
  });

  it("[B2] keeps a test that was skipped and then failed as failed", async () => {
    const { totals } = await load(suite(skipped("a") + failed("a")));
    expect(totals).toEqual({ ...none, failed: 1 });
  });

  it("[B2] folds entries that ended alike when a rerun is marked", async () => {
    const marked = `<testcase classname="C" name="a" retry="1"><failure message="again"/></testcase>`;
    const { totals, results, run } = await load(suite(failed("a") + marked));
    expect(totals).toEqual({ ...none, failed: 1 });
    expect(results).toEqual({ created: 1, folded: 1, duplicates: 0 });
    expect((await stored(run.id))[0]).toMatchObject({ attempt: 2, message: "again" });
  });

  it("[B2] turns failed into flaky when a later CI attempt passes, and adds the attempt", async () => {
    await load(suite(failed("a") + passed("b")), { run: "ci", attempt: 1 });
    const { totals, results, run } = await load(suite(passed("a")), { run: "ci", attempt: 2 });
    expect(totals).toEqual({ ...none, passed: 1, flaky: 1 });
    expect(results).toEqual({ created: 0, folded: 1, duplicates: 0 });
    const [flaky] = await stored(run.id);
    expect(flaky).toMatchObject({ status: "flaky", attempt: 2, message: "boom" });
    expect(flaky?.attempts).toMatchObject([{ status: "failed", message: "boom" }]);
  });

  it("[B2] gives a later CI attempt that fails the last word", async () => {
    await load(suite(passed("a")), { run: "ci", attempt: 1 });
    expect((await load(suite(failed("a")), { run: "ci", attempt: 2 })).totals).toEqual({ ...none, failed: 1 });
  });

  it("[B1] stores one result for each environment", async () => {
    await load(suite(passed("a")), { run: "ci", environment: "chrome" });
    const second = await load(suite(failed("a")), { run: "ci", environment: "firefox" });
    expect(second.totals).toEqual({ ...none, passed: 1, failed: 1 });
    expect(second.cases).toEqual({ created: 0, existing: 1 });
  });

  it("[B1] gives a case that is known by its test_id its new name", async () => {
    const named = (name: string) =>
      suite(`<testcase name="${name}"><properties><property name="test_id" value="T1"/></properties></testcase>`);
    await load(named("old"));
    expect((await load(named("new"))).cases).toEqual({ created: 0, existing: 1 });
    expect(await prisma.testCase.findMany({ where: { projectId: member.projectId } })).toMatchObject([{ name: "new" }]);
  });
});

describe("all or nothing", () => {
  const large = Array.from({ length: 20_000 }, (_, index) => passed(`case number ${index}`)).join("");

  it.each([
    ["a file that is malformed at its end", suite(`${large}<testcase>`), undefined, "invalid_input"],
    ["an upload that ends early", suite(large), 10_000_000, "malformed_request"],
    ["a file that is too large", suite(large), 10_000_000_000, "too_large"],
  ])("[B2] stores nothing of %s", async (_label, xml, expectedBytes, kind) => {
    const before = await rowCounts();
    await expect(importResults(member, inPieces(xml), {}, { expectedBytes })).rejects.toMatchObject({ kind });
    expect(await rowCounts()).toEqual(before);
  });

  it("[B2] stores nothing when the body breaks off after rows have reached the database", async () => {
    const before = await rowCounts();
    async function* broken() {
      yield* inPieces(`<testsuite name="s">${large}`);
      throw new Error("connection reset");
    }
    await expect(importResults(member, broken())).rejects.toThrow("connection reset");
    expect(await rowCounts()).toEqual(before);
    // The connection that was in the middle of a COPY serves again.
    expect((await load(suite(passed("a")))).totals.passed).toBe(1);
  });

  it("[B2] stores nothing when our own last step fails", async () => {
    const before = await rowCounts();
    // The word to open pages that the groups have changed, and the one that the run has.
    vi.mocked(announce).mockResolvedValueOnce().mockRejectedValueOnce(new Error("the last step failed"));
    await expect(load(suite(passed("a") + failed("b")))).rejects.toThrow("the last step failed");
    expect(await rowCounts()).toEqual(before);
  });

  it("[B2] stores nothing when the database refuses in the middle", async () => {
    await pool.query(`alter table "RunFile" add constraint test_refuse check (filename is distinct from 'refuse.xml')`);
    try {
      const before = await rowCounts();
      await expect(load(suite(large), { filename: "refuse.xml" })).rejects.toThrow();
      expect(await rowCounts()).toEqual(before);
    } finally {
      await pool.query(`alter table "RunFile" drop constraint test_refuse`);
    }
    expect((await load(suite(passed("a")))).run.id).toBeTruthy();
    expect(await prisma.testRun.findFirst({ where: { projectId: member.projectId } })).toMatchObject({ number: 1 });
  });
});

it("[B2] keeps every character of a text on its way through COPY", async () => {
  const text = "tab\t back\\slash \\N \\. quote' \" $1 ü 😀 \u2028";
  const { run } = await load(
    suite(`<testcase name="a"><failure message="m"><![CDATA[${text}\nline 2\\]]></failure></testcase>`),
  );
  expect((await stored(run.id))[0]?.stack).toBe(`${text}\nline 2\\`);
});
