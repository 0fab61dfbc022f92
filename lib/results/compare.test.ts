import { beforeAll, describe, expect, it } from "vitest";
import type { Member } from "@/lib/auth/member";
import type { ResultStatus } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/ids";
import { createProject } from "@/lib/projects/create";
import { compareRuns } from "./compare";
import { type Became, compareInput } from "./compare-shapes";
import { History, makeProjectAdmin } from "./test-scene";

let member: Member;
let history: History;
let pair: { base: string; head: string };

beforeAll(async () => {
  member = await makeProjectAdmin();
  history = new History(member);
  const base = await history.run({
    "breaks @ chrome": "passed",
    "breaks @ firefox": "passed",
    "breaks @ safari": "failed",
    mends: "failed",
    "mends flaky": "error",
    stays: "failed",
    "stays, otherwise": "error",
    goes: "failed",
    "is skipped": "failed",
    "was flaky": "flaky",
    "was skipped": "skipped",
    passes: "passed",
    "goes green": "passed",
  });
  const head = await history.run({
    "breaks @ chrome": "failed",
    "breaks @ firefox": "error",
    "breaks @ safari": "failed",
    mends: "passed",
    "mends flaky": "flaky",
    stays: "failed",
    "stays, otherwise": "failed",
    "is skipped": "skipped",
    "was flaky": "failed",
    "was skipped": "failed",
    comes: "failed",
    "comes flaky": "flaky",
    "comes green": "passed",
    passes: "passed",
  });
  pair = { base: base.id, head: head.id };
});

const compare = (query: Record<string, unknown>, as = member) => compareRuns(as, compareInput.parse(query));

const expected: Record<Became, string[]> = {
  new: ["breaks", "was flaky", "was skipped", "comes"],
  still: ["breaks", "stays", "stays, otherwise"],
  flaky: ["mends flaky", "comes flaky"],
  fixed: ["mends"],
  gone: ["goes", "is skipped"],
};

describe("two runs compared", () => {
  it.each(Object.entries(expected))("[B8] %s", async (only, names) => {
    const { cases, counts, next } = await compare({ ...pair, only });
    expect(cases.map(({ name }) => name)).toEqual(names);
    expect(next).toBeNull();
    expect(counts).toEqual({ new: 4, still: 3, flaky: 2, fixed: 1, gone: 2 });
  });

  it("[B8] a case is one line with its environments, each from one result to the other", async () => {
    const { cases } = await compare({ ...pair, only: "new" });
    expect(cases[0]).toMatchObject({
      name: "breaks",
      suite: "checkout",
      message: "breaks went wrong",
      environmentCount: 2,
      environments: [
        { name: "chrome", base: { status: "passed" }, head: { status: "failed" } },
        { name: "firefox", base: { status: "passed" }, head: { status: "error" } },
      ],
    });
    expect(cases[3]).toMatchObject({ name: "comes", environments: [{ base: null, head: { status: "failed" } }] });
    const gone = await compare({ ...pair, only: "gone" });
    expect(gone.cases[0]).toMatchObject({
      message: "goes went wrong",
      environments: [{ base: { status: "failed" }, head: null }],
    });
  });

  it("[B8] each case comes once over all pages", async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof compare>> = await compare({ ...pair, limit: 1, ...(cursor && { cursor }) });
      expect(page.counts === null).toBe(cursor !== null);
      seen.push(...page.cases.map(({ name }) => name));
      cursor = page.next;
    } while (cursor);
    expect(seen).toEqual(expected.new);
  });

  it("[B8] turned round, what broke is fixed", async () => {
    const { cases } = await compare({ base: pair.head, head: pair.base, only: "fixed" });
    expect(cases.map(({ name }) => name)).toEqual(["breaks"]);
    expect(cases[0]?.environmentCount).toBe(2);
  });
});

// By the status in base, one for each in head, in this order; "absent" has no result.
const statuses = ["absent", "error", "failed", "flaky", "blocked", "retest", "skipped", "passed"] as const;
const failing = "gone still still flaky gone gone gone fixed";
const other = "- new new flaky - - - -";
const table: Record<(typeof statuses)[number], string> = {
  ...{ absent: other, error: failing, failed: failing, flaky: other },
  ...{ blocked: other, retest: other, skipped: other, passed: other },
};

it("[B8] every status beside every other, one environment never taken for another", async () => {
  const own = new History(await makeProjectAdmin());
  const [base, head]: Record<string, ResultStatus>[] = [{}, {}];
  const expected: Record<string, string[]> = { new: [], fixed: [], still: [], flaky: [], gone: [] };
  for (const before of statuses)
    for (const [place, after] of statuses.entries()) {
      const name = `${before} ${after}`;
      // What happens there is of that environment alone.
      if (base && before !== "absent")
        Object.assign(base, { [`${name} @ here`]: before, [`${name} @ there`]: "skipped" });
      if (head && after !== "absent")
        Object.assign(head, { [`${name} @ here`]: after, [`${name} @ elsewhere`]: "passed" });
      expected[table[before].split(" ")[place] ?? ""]?.push(name);
    }
  const pair = { base: (await own.run(base ?? {})).id, head: (await own.run(head ?? {})).id };
  for (const [only, names] of Object.entries(expected)) {
    const { cases, counts } = await compare({ ...pair, only, limit: 200 }, own.member);
    expect(cases.map(({ name }) => name).sort()).toEqual(names.sort());
    expect(counts?.[only as Became]).toBe(names.length); // its keys are those of the table
    for (const { environments } of cases) expect(environments.map(({ name }) => name)).toEqual(["here"]);
  }
});

describe("what a run is compared with", () => {
  it("[B8] the run before of its branch, else of the default branch, else nothing", async () => {
    const own = new History(await makeProjectAdmin());
    const first = await own.run({ a: "passed" }, { branch: "topic" });
    const second = await own.run({ a: "failed" }, { branch: "main" });
    const third = await own.run({ a: "passed" }, { branch: "topic" });
    const fourth = await own.run({ a: "failed" }, { branch: "other" });
    const of = async (head?: string) => {
      const found = await compare(head ? { head } : {}, own.member);
      return [found.base?.id, found.head?.id];
    };
    expect(await of(first.id)).toEqual([undefined, first.id]);
    expect(await of(second.id)).toEqual([undefined, second.id]);
    expect(await of(third.id)).toEqual([first.id, third.id]);
    expect(await of(fourth.id)).toEqual([second.id, fourth.id]);
    expect(await of()).toEqual([second.id, fourth.id]);
  });

  it("[B8] a project without a run has nothing to compare", async () => {
    expect(await compare({}, await makeProjectAdmin())).toMatchObject({
      base: null,
      head: null,
      counts: null,
      cases: [],
    });
  });
});

it("[A4] runs of another workspace or project are not found, as absent ones", async () => {
  const stranger = await makeProjectAdmin();
  const { id } = await createProject(member, { name: "Second", description: "", defaultBranch: "main" });
  for (const as of [stranger, { ...member, projectId: id }])
    for (const query of [pair, { head: pair.head }, { base: pair.base, head: newId() }, { head: "x" }])
      await expect(compare(query, as)).rejects.toMatchObject({ kind: "not_found" });
  const own = await new History(stranger).run({ a: "passed" });
  await expect(compare({ base: pair.base, head: own.id }, stranger)).rejects.toMatchObject({ kind: "not_found" });
});
