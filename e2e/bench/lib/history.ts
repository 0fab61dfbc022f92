import type { Member } from "@/lib/auth/member";
import { pool } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";

type Size = { runs: number; resultsPerRun: number };

const failuresPerRun = 200;
const fingerprintsPerRun = 50;
const groups = 500;
const issues = 2_000;

/**
 * Years of a project: runs of so many results, each with failures of some groups, and issues for part of them. Written
 * by SQL in the form that imports leave, older than everything that is imported afterwards.
 */
export async function makeHistory(member: Member, { runs, resultsPerRun }: Size): Promise<void> {
  const { workspaceId, projectId, userId } = member;
  const seed = newId();
  // Version and variant of a UUID, so that the edge accepts what it hands out.
  const id = (kind: string, number: string) =>
    `overlay(overlay(md5('${kind}${seed}' || ${number}) placing '7' from 13) placing '8' from 17)::uuid`;
  const at = (run: string) => `now() - interval '1 day' - (${runs} - ${run}) * interval '1 hour'`;
  const place = [workspaceId, projectId];
  const fill = (sql: string, values: unknown[] = []) => pool.query(sql, [...place, ...values]);

  await fill(
    `insert into "TestRun" (id, "workspaceId", "projectId", number, "ciRunId", branch, commit, environment, passed, failed, "createdAt")
     select ${id("run", "n")}, $1, $2, n, 'old-' || n, 'main', md5('commit' || n), 'staging', $4::int - $5::int, $5, ${at("n")}
     from generate_series(1, $3::int) n`,
    [runs, resultsPerRun, failuresPerRun],
  );
  await fill(
    `insert into "TestCase" (id, "workspaceId", "projectId", identity, suite, "className", name)
     select ${id("case", "n")}, $1, $2, md5('old' || n), 'shop › Suite' || n / 100, 'Suite' || n / 100, 'old case ' || n
     from generate_series(1, $3::int) n`,
    [resultsPerRun],
  );
  await fill(
    `insert into "FailureGroup" (id, "workspaceId", "projectId", title, type, "firstRunId", "firstSeenAt", "lastRunId", "lastSeenAt")
     select ${id("group", "n")}, $1, $2, 'OldError: step ' || n || ' did not end', 'OldError',
       ${id("run", "1")}, ${at("1")}, ${id("run", "$4::int")}, ${at("$4::int")}
     from generate_series(0, $3::int - 1) n`,
    [groups, runs],
  );
  await fill(
    `insert into "Fingerprint" ("projectId", hash, "workspaceId", version, parts, bands, "groupId", "resultId")
     select $2, ${id("hash", "n")}, $1, 1, jsonb_build_object('type', 'OldError', 'message', 'step ' || n || ' did not end',
       'frames', jsonb_build_array('Old.step' || n)), array[n, n + 100000, n + 200000], ${id("group", "n % $4::int")}, ${id("result", "1")}
     from generate_series(0, $3::int - 1) n`,
    [groups * 4, groups],
  );
  const hash = `(r * 7 + n % ${fingerprintsPerRun}) % ${groups * 4}`;
  const isFailing = `n <= ${failuresPerRun}`;
  await fill(
    `insert into "TestResult" (id, "workspaceId", "projectId", "runId", "caseId", environment, status, rank, type, message,
       stack, fingerprint, "durationMs", "createdAt")
     select ${id("result", "r * 1000000 + n")}, $1, $2, ${id("run", "r")}, ${id("case", "n")}, 'staging',
       (case when ${isFailing} then 'failed' else 'passed' end)::"ResultStatus", case when ${isFailing} then 1 else 6 end,
       case when ${isFailing} then 'OldError' end, case when ${isFailing} then 'step did not end' end,
       case when ${isFailing} then repeat('at Old.step (old.ts:1)' || chr(10), 20) end,
       case when ${isFailing} then ${id("hash", hash)} end, 20, ${at("r")}
     from generate_series(1, $3::int) r, generate_series(1, $4::int) n`,
    [runs, resultsPerRun],
  );
  await fill(
    `insert into "RunFingerprint" ("runId", hash, "workspaceId", "projectId", failures, flaky, cases, suites, environments, "resultId")
     select ${id("run", "r")}, ${id("hash", hash)}, $1, $2, ${failuresPerRun / fingerprintsPerRun}, 0,
       ${failuresPerRun / fingerprintsPerRun}, 2, '{staging}', ${id("result", "r * 1000000 + n")}
     from generate_series(1, $3::int) r, generate_series(1, ${fingerprintsPerRun}) n`,
    [runs],
  );
  await makeIssues(fill, id, userId);
  await pool.query(`update "Project" set "nextRunNumber" = $2 where id = $1`, [projectId, runs + 1]);
  await pool.query("vacuum analyze");
}

type Fill = (sql: string, values?: unknown[]) => Promise<unknown>;

/** Issues that the oldest failures were filed as, each linked to a result and its group. */
async function makeIssues(fill: Fill, id: (kind: string, number: string) => string, userId: string): Promise<void> {
  const integrationId = newId();
  await fill(
    `insert into "Integration" (id, "workspaceId", provider, name, "baseUrl", "authType", "createdById", "updatedAt")
     select $3, $1, 'github', 'History', 'https://api.github.com', 'pat', $4, now() where $2::uuid is not null`,
    [integrationId, userId],
  );
  await fill(
    `insert into "Issue" (id, "workspaceId", title, state, category, "updatedAt")
     select ${id("issue", "n")}, $1, 'Old issue ' || n, 'open', 'open', now()
     from generate_series(1, $3::int) n where $2::uuid is not null`,
    [issues],
  );
  await fill(
    `insert into "ExternalIssue" (id, "workspaceId", "issueId", "integrationId", "remoteId", "externalProjectId", key, url, labels, "ownLabels")
     select ${id("external", "n")}, $1, ${id("issue", "n")}, $4, n::text, '1', 'acme/old#' || n,
       'https://github.com/acme/old/issues/' || n, '{}', '{}'
     from generate_series(1, $3::int) n where $2::uuid is not null`,
    [issues, integrationId],
  );
  await fill(
    `insert into "IssueLink" (id, "workspaceId", "projectId", "issueId", "caseId", "runId", "resultId", "groupId")
     select ${id("link", "n")}, $1, $2, ${id("issue", "n")}, ${id("case", "1 + n % 200")}, ${id("run", "1 + n / 200")},
       ${id("result", "(1 + n / 200) * 1000000 + 1 + n % 200")}, ${id("group", "n % $4::int")}
     from generate_series(0, $3::int - 1) n where n > 0`,
    [issues, groups],
  );
}
