import type { Member } from "@/lib/auth/member";
import { pool } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";

/** A run of so many results, the first `failed` of them failures, and as many issues, each linked to a failure. */
export async function makeCrowd(member: Member, { results, issues }: { results: number; issues: number }) {
  const { workspaceId, projectId, userId } = member;
  const [runId, integrationId] = [newId(), newId()];
  // Version and variant of a UUID, so that the edge accepts what it hands out.
  const id = (kind: string, number: string) =>
    `overlay(overlay(md5('${kind}${runId}' || ${number}) placing '7' from 13) placing '8' from 17)::uuid`;
  const run = async (sql: string, values: unknown[] = []) => (await pool.query(sql, values)).rows;

  await run(
    `insert into "TestRun" (id, "workspaceId", "projectId", number, passed, failed) values ($1, $2, $3, 1, $4, $5)`,
    [runId, workspaceId, projectId, results - issues, issues],
  );
  await run(
    `insert into "TestCase" (id, "workspaceId", "projectId", identity, suite, "className", name)
     select ${id("case", "n")}, $1, $2, md5('case' || n), 'checkout › Suite' || n / 100, 'Suite' || n / 100, 'case ' || n
     from generate_series(1, $3::int) n`,
    [workspaceId, projectId, results],
  );
  await run(
    `insert into "TestResult" (id, "workspaceId", "projectId", "runId", "caseId", status, rank, message)
     select ${id("result", "n")}, $1, $2, $3, ${id("case", "n")},
       (case when n <= $5::int then 'failed' else 'passed' end)::"ResultStatus", case when n <= $5::int then 1 else 6 end,
       case when n <= $5::int then 'expected 200 but got 504' end
     from generate_series(1, $4::int) n`,
    [workspaceId, projectId, runId, results, issues],
  );
  await run(
    `insert into "Integration" (id, "workspaceId", provider, name, "baseUrl", "authType", "createdById", "updatedAt")
     values ($1, $2, 'github', 'Crowd', 'https://api.github.com', 'pat', $3, now())`,
    [integrationId, workspaceId, userId],
  );
  await run(
    `insert into "Issue" (id, "workspaceId", title, state, category, "updatedAt")
     select ${id("issue", "n")}, $1, 'Issue ' || n, 'open', 'open', now() from generate_series(1, $2::int) n`,
    [workspaceId, issues],
  );
  await run(
    `insert into "ExternalIssue" (id, "workspaceId", "issueId", "integrationId", "remoteId", "externalProjectId", key, url,
       labels, "ownLabels")
     select ${id("external", "n")}, $1, ${id("issue", "n")}, $2, n::text, '1', 'acme/checkout#' || n,
       'https://github.com/acme/checkout/issues/' || n, '{}', '{}' from generate_series(1, $3::int) n`,
    [workspaceId, integrationId, issues],
  );
  await run(
    `insert into "IssueLink" (id, "workspaceId", "projectId", "issueId", "caseId", "runId", "resultId")
     select ${id("link", "n")}, $1, $2, ${id("issue", "n")}, ${id("case", "n")}, $3, ${id("result", "n")}
     from generate_series(1, $4::int) n`,
    [workspaceId, projectId, runId, issues],
  );
  await run(`update "Project" set "nextRunNumber" = 2 where id = $1`, [projectId]);
  await run("vacuum analyze");
  const [first] = await run(`select ${id("result", "1")} as id`);
  return { runId, resultId: String(first?.id) };
}
