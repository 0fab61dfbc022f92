import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { createProject } from "@/lib/projects/create";
import { getCaseHistory } from "./case-history";
import { caseResultsInput, casesInput } from "./case-inputs";
import { listCaseResults } from "./cases";
import { listCases } from "./list-cases";
import { History, makeProjectAdmin } from "./test-scene";

let member: Member;
let history: History;

describe("a case over its runs", () => {
  beforeEach(async () => {
    member = await makeProjectAdmin();
    history = new History(member);
  });

  const ofPays = async () => getCaseHistory(member, history.caseIds.get("pays") ?? "");

  it("[B5] shows environments by runs, the latest last, and nothing where it was not run", async () => {
    const first = await history.run({ "pays @ chrome": "passed", "pays @ firefox": "failed" }, { commit: "a1" });
    await history.run({ other: "passed" });
    const third = await history.run({ "pays @ chrome": "error" }, { branch: "topic" });
    const { matrix } = await ofPays();
    expect(matrix.runs).toMatchObject([
      { id: first.id, number: 1, branch: "main", commit: "a1" },
      { id: third.id, number: 3, branch: "topic", commit: null },
    ]);
    expect(matrix.environments).toEqual([
      {
        name: "chrome",
        cells: [
          { resultId: first.resultIds.get("pays @ chrome"), status: "passed" },
          { resultId: third.resultIds.get("pays @ chrome"), status: "error" },
        ],
      },
      { name: "firefox", cells: [{ resultId: first.resultIds.get("pays @ firefox"), status: "failed" }, null] },
    ]);
  });

  it("[B5] looks at the latest 50 runs and shows 20 environments, and says how many more there are", async () => {
    for (let run = 0; run < 53; run += 1) await history.run({ pays: "passed" });
    const many = Object.fromEntries(Array.from({ length: 23 }, (_, at) => [`pays @ e${10 + at}`, "passed" as const]));
    await history.run(many);
    const { matrix } = await ofPays();
    expect(matrix.runs).toHaveLength(50);
    expect(matrix.runs.map(({ number }) => number)).toEqual(Array.from({ length: 50 }, (_, at) => at + 5));
    expect(matrix.environments.map(({ name }) => name)).toEqual([
      "",
      ...Array.from({ length: 19 }, (_, at) => `e${10 + at}`),
    ]);
    expect(matrix.moreEnvironments).toBe(4);
  });

  it("[B5] tells its last failure, and its evidence of being flaky with the runs", async () => {
    const a = await history.run({ pays: "passed" }, { commit: "c1" });
    const b = await history.run({ pays: "failed" }, { commit: "c1" });
    const c = await history.run({ pays: "flaky" }, { commit: "c2" });
    await history.run({ pays: "passed" }, { commit: "c3" });
    await history.run({ pays: "skipped" }, { commit: "c3" });
    const { lastFailure, flakiness } = await ofPays();
    expect(lastFailure).toMatchObject({ runId: c.id, runNumber: 3, status: "flaky", message: "pays went wrong" });
    // One of five passed on a rerun, one of five pairs changed.
    expect(flakiness).toMatchObject({ score: 36, word: "flaky", evidenceCount: 2 });
    expect(flakiness.evidence).toMatchObject([
      { kind: "rerun", execution: { runId: c.id, runNumber: 3 } },
      { kind: "changed", before: { runId: a.id }, after: { runId: b.id, status: "failed" }, sameCommit: true },
    ]);
  });

  it("[B5] names the problems of its failures, the latest first, each with its latest result", async () => {
    const { workspaceId, projectId } = member;
    const runs: Awaited<ReturnType<History["run"]>>[] = [];
    for (const status of ["failed", "failed", "error", "passed"] as const)
      runs.push(await history.run({ pays: status }));
    const makeGroup = async (title: string, of: number[]) => {
      const groupId = newId();
      const at = new Date();
      const [first] = of;
      const runId = runs[first ?? 0]?.id ?? "";
      await prisma.failureGroup.create({
        data: {
          ...{ id: groupId, workspaceId, projectId, title, firstRunId: runId, lastRunId: runId },
          ...{ firstSeenAt: at, lastSeenAt: at, assessment: "muted" },
        },
      });
      const hash = newId();
      const ids = of.map((index) => runs[index]?.resultIds.get("pays") ?? "");
      await prisma.fingerprint.create({
        data: { projectId, hash, workspaceId, version: 1, parts: {}, bands: [], groupId, resultId: ids[0] ?? "" },
      });
      await prisma.testResult.updateMany({ where: { id: { in: ids } }, data: { fingerprint: hash } });
      return groupId;
    };
    const early = await makeGroup("early", [0, 1]);
    const late = await makeGroup("late", [2]);
    expect((await ofPays()).groups).toMatchObject([
      { id: late, title: "late", runNumber: 3, assessment: "muted" },
      { id: early, title: "early", runNumber: 2, resultId: runs[1]?.resultIds.get("pays") },
    ]);
  });

  it("[B5] lists every result once over all pages, newest first, those of one moment included", async () => {
    for (let run = 0; run < 5; run += 1)
      await history.run({ "pays @ a": "passed", "pays @ b": "failed", pays: "passed" });
    const caseId = history.caseIds.get("pays") ?? "";
    const seen: { resultId: string; runNumber: number }[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listCaseResults>> = await listCaseResults(
        member,
        caseId,
        caseResultsInput.parse({ limit: 4, ...(cursor && { cursor }) }),
      );
      seen.push(...page.results);
      cursor = page.next;
    } while (cursor);
    expect(new Set(seen.map(({ resultId }) => resultId)).size).toBe(15);
    expect(seen.map(({ runNumber }) => runNumber)).toEqual([5, 5, 5, 4, 4, 4, 3, 3, 3, 2, 2, 2, 1, 1, 1]);
    for (const wrong of ["x", "1_x", "99999999999999999_x"])
      expect(caseResultsInput.safeParse({ cursor: wrong }).success).toBe(false);
  });

  it("[A4] is of its project alone", async () => {
    await history.run({ pays: "failed" });
    const caseId = history.caseIds.get("pays") ?? "";
    const stranger = await makeProjectAdmin();
    const { id } = await createProject(member, { name: "Second", description: "", defaultBranch: "main" });
    for (const as of [stranger, { ...member, projectId: id }]) {
      await expect(getCaseHistory(as, caseId)).rejects.toMatchObject({ kind: "not_found" });
      await expect(listCaseResults(as, caseId, caseResultsInput.parse({}))).rejects.toMatchObject({
        kind: "not_found",
      });
      expect(await listCases(as, casesInput.parse({}))).toEqual({ cases: [], next: null });
    }
  });
});

describe("the cases of a project", () => {
  beforeAll(async () => {
    member = await makeProjectAdmin();
    history = new History(member);
    await history.caseOf("pays by card", { suite: "Checkout › Cards", owner: "Ada Lovelace" });
    await history.caseOf("pays by 100%_voucher", { component: "Vouchers", tags: ["slow", "Nightly"] });
    await history.run({ "pays by card": "failed", signs_in: "passed", wobbles: "flaky", broke: "failed" });
    await history.run({ "pays by card": "passed", signs_in: "passed", wobbles: "passed", broke: "error" });
    await history.run({ "pays by 100%_voucher": "skipped", wobbles: "passed" });
  });

  const names = async (query: Record<string, unknown>) =>
    (await listCases(member, casesInput.parse(query))).cases.map(({ name }) => name);
  const all = ["pays by card", "pays by 100%_voucher", "signs_in", "wobbles", "broke"];

  it("[B1] come in the order in which they first came, each once over all pages", async () => {
    expect(await names({})).toEqual(all);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listCases>> = await listCases(
        member,
        casesInput.parse({ limit: 2, ...(cursor && { cursor }) }),
      );
      seen.push(...page.cases.map(({ name }) => name));
      cursor = page.next;
    } while (cursor);
    expect(seen).toEqual(all);
  });

  it("[B1] tell their last result, their last failure and how flaky they are", async () => {
    const { cases } = await listCases(member, casesInput.parse({}));
    expect(cases).toMatchObject([
      {
        owner: "Ada Lovelace",
        last: { status: "passed", runNumber: 2 },
        lastFailure: { runNumber: 1 },
        flaky: "sometimes flaky",
      },
      { tags: ["slow", "Nightly"], last: { status: "skipped" }, lastFailure: null, flaky: "stable" },
      { last: { status: "passed" }, lastFailure: null, flakyScore: 0 },
      { last: { runNumber: 3 }, lastFailure: { status: "flaky" }, flakyScore: 20 },
      { last: { status: "error" }, lastFailure: { status: "error" }, flaky: "stable" },
    ]);
  });

  it.each([
    ["the name", "CARD", ["pays by card"]],
    ["the suite", "checkout › c", ["pays by card"]],
    ["the owner", "lovelace", ["pays by card"]],
    ["the component", "vouchers", ["pays by 100%_voucher"]],
    ["a tag", "nightly", ["pays by 100%_voucher"]],
    ["signs of the pattern language, which stand for themselves", "%", ["pays by 100%_voucher"]],
    ["an underscore", "s_i", ["signs_in"]],
    ["two columns, of which none has it all", "card ada", []],
  ])("[B1] are found by %s", async (_, q, expected) => {
    expect(await names({ q })).toEqual(expected);
  });

  it("[B5] are narrowed to those that failed last, and to those that are flaky", async () => {
    expect(await names({ state: "failing" })).toEqual(["broke"]);
    expect(await names({ state: "flaky" })).toEqual(["pays by card", "wobbles"]);
    expect(await names({ state: "flaky", q: "wob" })).toEqual(["wobbles"]);
    expect(casesInput.safeParse({ state: "odd" }).success).toBe(false);
  });

  it("[B1] are all found though one call looks at a part of them only", async () => {
    const many = await makeProjectAdmin();
    const { workspaceId, projectId } = many;
    const rows = Array.from({ length: 2_300 }, (_, at) => {
      const id = newId();
      const name = at === 1_700 || at === 2_299 ? `needle ${at}` : `straw ${at}`;
      return { id, workspaceId, projectId, identity: id, suite: "s", className: "", name };
    });
    await prisma.testCase.createMany({ data: rows });
    const run = await prisma.testRun.create({ data: { workspaceId, projectId, number: 1, branch: "main" } });
    for (const at of [1_700, 2_299]) {
      const caseId = rows[at]?.id ?? "";
      await prisma.testResult.create({
        data: { workspaceId, projectId, runId: run.id, caseId, status: "flaky", rank: 2 },
      });
    }
    const seen: string[] = [];
    let [calls, cursor]: [number, string | null] = [0, null];
    do {
      const page: Awaited<ReturnType<typeof listCases>> = await listCases(
        many,
        casesInput.parse({ state: "flaky", q: "needle", ...(cursor && { cursor }) }),
      );
      seen.push(...page.cases.map(({ name }) => name));
      cursor = page.next;
      calls += 1;
    } while (cursor);
    expect(seen).toEqual(["needle 1700", "needle 2299"]);
    expect(calls).toBe(2);
  });
});
