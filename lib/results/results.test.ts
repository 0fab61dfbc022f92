import { beforeAll, describe, expect, it } from "vitest";
import type { Member } from "@/lib/auth/member";
import { newId } from "@/lib/db/ids";
import { createProject } from "@/lib/projects/create";
import { makeAdmin } from "@/lib/workspaces/test-people";
import { getCase, listCaseResults } from "./cases";
import { inPieces } from "./formats/test-read";
import { importResults } from "./import";
import { importInput, resultsInput, runsInput } from "./inputs";
import { getResult, listResults } from "./results";
import { getRun, listRuns } from "./runs";

let member: Member;
let other: Member;
let runId: string;

async function makeMember(): Promise<Member> {
  const admin = await makeAdmin();
  const project = await createProject(admin, { name: "Shop", description: "", defaultBranch: "main" });
  return { ...admin, projectId: project.id, projectRole: "ADMIN" };
}

const report = [
  ...Array.from({ length: 230 }, (_, index) => `<testcase classname="C" name="passes ${index}"/>`),
  ...Array.from(
    { length: 12 },
    (_, index) => `<testcase name="fails ${index}"><failure message="100% of ${index}_x"/></testcase>`,
  ),
  `<testcase name="breaks"><error message="bad" type="T">at x</error><system-out>out</system-out>
   <properties><property name="severity" value="high"/></properties></testcase>`,
  `<testcase name="wobbles"><flakyFailure message="once"/></testcase>`,
  `<testcase name="waits"><skipped/></testcase>`,
].join("");

beforeAll(async () => {
  [member, other] = await Promise.all([makeMember(), makeMember()]);
  const imported = await importResults(member, inPieces(`<testsuite name="s">${report}</testsuite>`), { run: "1" });
  runId = imported.run.id;
});

const page = (query: Record<string, unknown>) => listResults(member, runId, resultsInput.parse(query));

describe("a run's results", () => {
  it("[B1] come failures first, each exactly once over all pages", async () => {
    const seen: { id: string; status: string }[] = [];
    let cursor: string | null = null;
    do {
      const { results, next } = await page(cursor ? { cursor, limit: 7 } : { limit: 7 });
      seen.push(...results);
      cursor = next;
    } while (cursor);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(245);
    const order = ["error", "failed", "flaky", "skipped", "passed"];
    expect(seen.map(({ status }) => status)).toEqual(
      [1, 12, 1, 1, 230].flatMap((count, index) => Array(count).fill(order[index])),
    );
  });

  it("[B1] come 100 a page, and say when there are no more", async () => {
    const first = await page({});
    expect(first.results).toHaveLength(100);
    expect(first.next).toMatch(/^6_/);
    expect((await page({ limit: 500 })).next).toBeNull();
    expect(Object.keys(first.results[0] ?? {}).sort()).toEqual(
      [
        "attempt",
        "caseId",
        "className",
        "durationMs",
        "environment",
        "id",
        "message",
        "name",
        "status",
        "suite",
      ].sort(),
    );
  });

  it("[B1] are filtered by several statuses and by text in suite, name or message", async () => {
    expect((await page({ status: "failed,error" })).results).toHaveLength(13);
    expect((await page({ q: "FAILS 1" })).results).toHaveLength(3);
    expect((await page({ q: "100%" })).results).toHaveLength(12);
    // Signs of the pattern language stand for themselves.
    expect((await page({ q: "0_X" })).results).toHaveLength(2);
    expect((await page({ q: "%" })).results).toHaveLength(12);
    expect((await page({ q: "fails", status: "passed" })).results).toEqual([]);
  });

  it("[B1] refuse a cursor that is none, and a limit above 500", () => {
    for (const query of [
      { cursor: "x" },
      { cursor: "1_zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz" },
      { limit: 501 },
      { status: "odd" },
    ])
      expect(resultsInput.safeParse(query).success).toBe(false);
  });

  it("[B1] are told whole one by one", async () => {
    const [first] = (await page({})).results;
    const result = await getResult(member, { runId, resultId: first?.id ?? "" });
    expect(result).toMatchObject({
      name: "breaks",
      status: "error",
      type: "T",
      stack: "at x",
      output: "out",
      properties: { severity: "high" },
      attempts: [],
    });
    const history = await listCaseResults(member, result.caseId, { limit: 50 });
    expect(history.results).toMatchObject([{ resultId: result.id, runId, runNumber: 1, status: "error" }]);
  });
});

describe("another workspace", () => {
  it("[A4] cannot see run, results, result or case; foreign and absent ids answer alike", async () => {
    const [first] = (await page({})).results;
    const resultId = first?.id ?? "";
    for (const id of [runId, newId(), "x"]) {
      await expect(getRun(other, id)).rejects.toMatchObject({ kind: "not_found" });
      await expect(listResults(other, id, resultsInput.parse({}))).rejects.toMatchObject({ kind: "not_found" });
      await expect(getResult(other, { runId: id, resultId })).rejects.toMatchObject({ kind: "not_found" });
    }
    await expect(getCase(other, first?.caseId ?? "")).rejects.toMatchObject({ kind: "not_found" });
    expect(await listRuns(other, runsInput.parse({}))).toEqual({ runs: [], next: null });
  });

  it("[A4] nor can another project of the same workspace", async () => {
    const project = await createProject(member, { name: "Second", description: "", defaultBranch: "main" });
    const beside = { ...member, projectId: project.id };
    const [first] = (await page({})).results;
    await expect(getRun(beside, runId)).rejects.toMatchObject({ kind: "not_found" });
    await expect(getResult(beside, { runId, resultId: first?.id ?? "" })).rejects.toMatchObject({ kind: "not_found" });
    await expect(getCase(beside, first?.caseId ?? "")).rejects.toMatchObject({ kind: "not_found" });
  });
});

it("[B1] runs are listed newest first, page after page", async () => {
  const busy = await makeMember();
  for (let run = 1; run <= 5; run += 1)
    await importResults(busy, inPieces("<testsuite><testcase name='a'/></testsuite>"));
  const first = await listRuns(busy, runsInput.parse({ limit: 2 }));
  expect(first.runs.map(({ number }) => number)).toEqual([5, 4]);
  const second = await listRuns(busy, runsInput.parse({ limit: 3, cursor: first.next }));
  expect(second.runs.map(({ number }) => number)).toEqual([3, 2, 1]);
  expect(second.next).toBeNull();
});

it.each([
  [resultsInput, { limit: "501" }, "must be a whole number from 1 to 500"],
  [resultsInput, { limit: "many" }, "must be a whole number from 1 to 500"],
  [importInput, { attempt: "0" }, "must be a whole number from 1 to 1000"],
  [importInput, { attempt: "second" }, "must be a whole number from 1 to 1000"],
])("[B2] says what a number has to be: %#", (schema, query, message) => {
  expect(schema.safeParse(query).error?.issues[0]?.message).toBe(message);
});
