import type { Member } from "@/lib/auth/member";
import { pool } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";

/** For tests and benchmarks: so many tests that failed with one error, which makes them one problem. */
export type Failures = { error: string; count: number; status?: "failed" | "error" | "flaky" };

/**
 * A run of these failures, folded as an import folds them, without what an import costs. Tests are called "gateway 1",
 * "gateway 2" after their error.
 */
export async function makeFailures({ workspaceId, projectId }: Member, failures: readonly Failures[]) {
  const runId = newId();
  const total = failures.reduce((sum, { count }) => sum + count, 0);
  await pool.query(
    `insert into "TestRun" (id, "workspaceId", "projectId", number, failed, branch, commit)
     select $1, $2, $3, 1 + coalesce(max(number), 0), $4, 'main', 'a1b9f3c' from "TestRun" where "projectId" = $3`,
    [runId, workspaceId, projectId, total],
  );
  const groups = new Map<string, string>();
  const results = new Map<string, string>();
  for (const { error, count, status = "failed" } of failures) {
    const [groupId, hash] = [newId(), newId()];
    const title = `${error[0]?.toUpperCase()}${error.slice(1)}Error: no answer`;
    groups.set(error, groupId);
    await pool.query(
      `insert into "FailureGroup" (id, "workspaceId", "projectId", title, type, "firstRunId", "firstSeenAt", "lastRunId", "lastSeenAt")
       values ($1, $2, $3, $4, $5, $6, now(), $6, now())`,
      [groupId, workspaceId, projectId, title, `${error}Error`, runId],
    );
    const ids = Array.from({ length: count }, () => ({ resultId: newId(), caseId: newId() }));
    for (const [n, { resultId }] of ids.entries()) results.set(`${error} ${n + 1}`, resultId);
    const values = [workspaceId, projectId, ids.map(({ caseId }) => caseId), error];
    await pool.query(
      `insert into "TestCase" (id, "workspaceId", "projectId", identity, suite, "className", name)
       select id, $1, $2, id::text, 'checkout › ' || $4, $4, $4 || ' ' || n from unnest($3::uuid[]) with ordinality as x(id, n)`,
      values,
    );
    await pool.query(
      `insert into "TestResult" (id, "workspaceId", "projectId", "runId", "caseId", status, rank, type, message, stack, fingerprint)
       select r, $1, $2, $5, c, $6::"ResultStatus", $7, $4 || 'Error', 'the ' || $4 || ' did not answer in ' || n || ' ms',
         $4 || 'Error: no answer' || chr(10) || '    at ' || $4 || 'Client.call (src/' || $4 || '/client.ts:88:3)', $8
       from unnest($3::uuid[], $9::uuid[]) with ordinality as x(c, r, n)`,
      [...values, runId, status, status === "flaky" ? 2 : 1, hash, ids.map(({ resultId }) => resultId)],
    );
    await pool.query(
      `insert into "Fingerprint" ("projectId", hash, "workspaceId", version, parts, bands, "groupId", "resultId")
       values ($1, $2, $3, 1, '{"type":"","message":"","frames":[]}', '{}', $4, $5)`,
      [projectId, hash, workspaceId, groupId, ids[0]?.resultId],
    );
    const flaky = status === "flaky" ? count : 0;
    await pool.query(
      `insert into "RunFingerprint" ("runId", hash, "workspaceId", "projectId", failures, flaky, cases, suites, environments, "resultId")
       values ($1, $2, $3, $4, $5, $6, $7, 1, '{""}', $8)`,
      [runId, hash, workspaceId, projectId, count - flaky, flaky, count, ids[0]?.resultId],
    );
  }
  const found = (ids: ReadonlyMap<string, string>, name: string) => {
    const id = ids.get(name);
    if (!id) throw new Error(`nothing is called "${name}"`);
    return id;
  };
  return {
    runId,
    groupOf: (error: string) => found(groups, error),
    resultOf: (test: string) => found(results, test),
    resultIds: [...results.values()],
  };
}
