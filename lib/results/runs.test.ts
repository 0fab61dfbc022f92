import { beforeAll, describe, expect, it } from "vitest";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { runsInput } from "./inputs";
import { listRunFacets, listRuns } from "./runs";
import { makeProjectAdmin } from "./test-scene";

let member: Member;
const ids: string[] = [];

const facts = [
  { branch: "main", commit: "a1b9f3c0", environment: "staging" },
  { branch: "topic", commit: "A1C00000", environment: null },
  { branch: "main", commit: null, environment: "production", attempt: 3 },
  { branch: null, commit: "ffff", environment: "staging" },
  { branch: "alpha", commit: "a1b9f3c0", environment: "staging" },
];

/** A group first seen in the first of the runs, with so many failures and flaky results in each of them. */
async function makeGroup(runs: [run: number, failures: number, flaky: number][], fingerprints = 1) {
  const { workspaceId, projectId } = member;
  const groupId = newId();
  const runId = ids[runs[0]?.[0] ?? 0] ?? "";
  const at = new Date();
  await prisma.failureGroup.create({
    data: {
      ...{ id: groupId, workspaceId, projectId, title: "t", firstSeenAt: at, lastSeenAt: at },
      ...{ firstRunId: runId, lastRunId: runId },
    },
  });
  for (let each = 0; each < fingerprints; each += 1) {
    const hash = newId();
    const resultId = newId();
    const place = { projectId, workspaceId, hash, resultId };
    await prisma.fingerprint.create({ data: { ...place, version: 1, parts: {}, bands: [], groupId } });
    for (const [run, failures, flaky] of runs)
      await prisma.runFingerprint.create({
        data: { ...place, runId: ids[run] ?? "", failures, flaky, cases: 1, suites: 1, environments: [] },
      });
  }
}

beforeAll(async () => {
  member = await makeProjectAdmin();
  const { workspaceId, projectId } = member;
  for (const [index, fact] of facts.entries()) {
    const { id } = await prisma.testRun.create({ data: { workspaceId, projectId, number: index + 1, ...fact } });
    ids.push(id);
  }
  // Two fingerprints of one group are one problem; what was flaky alone is none.
  await makeGroup(
    [
      [0, 3, 0],
      [2, 1, 1],
    ],
    2,
  );
  await makeGroup([[2, 5, 0]]);
  await makeGroup([
    [0, 0, 2],
    [2, 0, 1],
  ]);
});

const numbers = async (query: Record<string, unknown>) =>
  (await listRuns(member, runsInput.parse(query))).runs.map(({ number }) => number);

describe("the runs of a project", () => {
  it.each([
    [{}, [5, 4, 3, 2, 1]],
    [{ branch: "main" }, [3, 1]],
    [{ environment: "staging" }, [5, 4, 1]],
    [{ commit: "a1" }, [5, 2, 1]],
    [{ commit: "A1B9" }, [5, 1]],
    [{ commit: "_1" }, []],
    [{ branch: "main", environment: "staging", commit: "a" }, [1]],
    [{ branch: "mai" }, []],
  ])("[B1] narrowed by %o are %o", async (query, expected) => {
    expect(await numbers(query)).toEqual(expected);
  });

  it("[B1] stay narrowed from page to page", async () => {
    const first = await listRuns(member, runsInput.parse({ branch: "main", limit: 1 }));
    expect(first).toMatchObject({ runs: [{ number: 3 }], next: "3" });
    const second = await listRuns(member, runsInput.parse({ branch: "main", limit: 1, cursor: first.next }));
    expect(second).toMatchObject({ runs: [{ number: 1 }], next: null });
  });

  it("[J1] say how many problems they have, and how many of them are new; [J4] flaky ones are none", async () => {
    const { runs } = await listRuns(member, runsInput.parse({}));
    expect(runs.map(({ number, problems, newProblems }) => [number, problems, newProblems])).toEqual([
      [5, 0, 0],
      [4, 0, 0],
      [3, 2, 1],
      [2, 0, 0],
      [1, 1, 1],
    ]);
  });

  it("[B1] tell the attempt, and what they can be narrowed to, the default branch first", async () => {
    const { runs } = await listRuns(member, runsInput.parse({}));
    expect(runs.map(({ attempt }) => attempt)).toEqual([1, 1, 3, 1, 1]);
    expect(await listRunFacets(member)).toEqual({
      branches: ["main", "alpha", "topic"],
      environments: ["production", "staging"],
    });
    expect(await listRunFacets(await makeProjectAdmin())).toEqual({ branches: [], environments: [] });
  });
});
