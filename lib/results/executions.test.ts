import { expect, it } from "vitest";
import { pool } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { makeProject } from "@/lib/triage/testing/import-xml";
import { listExecutions, listTellingExecutions } from "./executions";
import { flakinessOf } from "./flaky";
import { isFailing, ranks } from "./statuses";

it("[B5] what a list reads of cases tells the same as all their latest results, and is one of those that pass", async () => {
  const member = await makeProject();
  const { workspaceId, projectId } = member;
  // By environment: "a" of the even runs, "b" of the odd ones; the newest run first.
  const histories = [
    "p".repeat(300),
    "",
    "s",
    `${"p".repeat(240)}f`,
    "pfsyefpp",
    "pf".repeat(140),
    `${"s".repeat(60)}fpfp`,
  ];
  const cases = histories.map((history) => ({ id: newId(), history }));
  await pool.query(
    `insert into "TestRun" (id, "workspaceId", "projectId", number, branch, commit)
     select gen_random_uuid(), $1, $2, n, 'main', 'c' || n / 4 from generate_series(1, 300) n`,
    [workspaceId, projectId],
  );
  for (const { id, history } of cases) {
    await pool.query(
      `insert into "TestCase" (id, "workspaceId", "projectId", identity, suite, "className", name)
       values ($1, $2, $3, $4, 's', '', $4)`,
      [id, workspaceId, projectId, id],
    );
    const statuses = [...history].map(
      (letter) => (({ p: "passed", f: "failed", e: "error", y: "flaky", s: "skipped" }) as const)[letter] ?? "passed",
    );
    await pool.query(
      `insert into "TestResult" (id, "workspaceId", "projectId", "runId", "caseId", environment, status, rank, "createdAt")
       select gen_random_uuid(), $1, $2, r.id, $3, case when h.at % 2 = 0 then 'a' else 'b' end,
         h.status::"ResultStatus", h.rank, now() - h.at * interval '1 minute'
       from unnest($4::text[], $5::int[]) with ordinality h(status, rank, at)
       join "TestRun" r on r."projectId" = $2 and r.number = h.at`,
      [workspaceId, projectId, id, statuses, statuses.map((status) => ranks[status])],
    );
  }
  const ids = cases.map(({ id }) => id);
  const [all, telling] = [await listExecutions(member, ids), await listTellingExecutions(member, ids)];
  const read = cases.map(({ id }) => {
    const [one = [], other = []] = [all.get(id), telling.get(id)];
    const isOdd = one.some(({ status }) => isFailing(status));
    expect(other[0]).toEqual(one[0]);
    expect(other.find(({ status }) => isFailing(status))).toEqual(one.find(({ status }) => isFailing(status)));
    if (isOdd) expect(flakinessOf(other)).toEqual(flakinessOf(one));
    else expect(flakinessOf(one).score).toBe(0);
    return other.length;
  });
  // Of each environment 50 with a verdict, the last one, and the last failure.
  expect(read).toEqual([1, 0, 1, 101, 7, 100, 5]);
});
