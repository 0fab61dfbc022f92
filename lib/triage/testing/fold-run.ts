import type { Member } from "@/lib/auth/member";
import { pool } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { algorithm } from "../algorithm";
import { assign, type Known } from "../join";
import { applyGroupSeverity, applyImportedSeverity } from "../severity";

/** For tests, until an import folds its failures itself: the groups and severities of a run. */
export async function foldRun(member: Member, runId: string): Promise<void> {
  const client = await pool.connect();
  await client.query("begin");
  await client.query(
    `create temp table staging on commit drop as select c.identity, r.properties
     from "TestResult" r join "TestCase" c on c.id = r."caseId" where r."runId" = '${runId}'`,
  );
  await applyImportedSeverity(client, member);
  await client.query("commit");
  await fold(member, runId);
  await applyGroupSeverity(client, member, runId);
  client.release();
}

async function fold({ workspaceId, projectId }: Member, runId: string): Promise<void> {
  const { rows: results } = await pool.query(
    `select id, type, message, stack from "TestResult"
     where "runId" = $1 and status in ('failed', 'error', 'flaky') and fingerprint is null order by rank, id`,
    [runId],
  );
  if (results.length === 0) return;
  const { rows: known } = await pool.query<Known>(
    `select hash, parts, "groupId" from "Fingerprint" where "projectId" = $1`,
    [projectId],
  );
  const prints = results.map((result) => ({ ...algorithm.fingerprint(result), resultId: result.id }));
  const there = new Set(known.map(({ hash }) => hash));
  const assigned = assign(
    prints.filter(({ hash }) => !there.has(hash)),
    known,
    algorithm,
  );
  const founded = new Map<string, string>();
  for (const print of prints) {
    const place = assigned.get(print.hash);
    if (place && !there.has(print.hash)) {
      there.add(print.hash);
      let groupId = "groupId" in place ? place.groupId : founded.get(place.with ?? print.hash);
      if (!groupId) {
        groupId = newId();
        founded.set(print.hash, groupId);
        await pool.query(
          `insert into "FailureGroup" (id, "workspaceId", "projectId", title, type, "firstRunId", "firstSeenAt", "lastRunId", "lastSeenAt")
           select $1, $2, $3, $4, $5, id, "createdAt", id, "createdAt" from "TestRun" where id = $6`,
          [groupId, workspaceId, projectId, algorithm.titleOf(print.parts), print.parts.type, runId],
        );
      }
      const similarity = "similarity" in place ? place.similarity : null;
      await pool.query(
        `insert into "Fingerprint" ("projectId", hash, "workspaceId", version, parts, bands, "groupId", "joinedBy", similarity, "resultId")
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
        [
          ...[projectId, print.hash, workspaceId, algorithm.version, print.parts, print.bands, groupId],
          ...[similarity === null ? "first" : "similar", similarity, print.resultId],
        ],
      );
    }
    await pool.query(`update "TestResult" set fingerprint = $2 where id = $1`, [print.resultId, print.hash]);
  }
  await pool.query(
    `insert into "RunFingerprint" ("runId", hash, "workspaceId", "projectId", failures, flaky, cases, suites, environments, "resultId")
     select $1, r.fingerprint, $2, $3, count(*) filter (where r.rank < 2), count(*) filter (where r.rank = 2),
       count(distinct c.id), count(distinct c.suite), array_agg(distinct r.environment), (array_agg(r.id order by r.rank, r.id))[1]
     from "TestResult" r join "TestCase" c on c.id = r."caseId"
     where r."runId" = $1 and r.fingerprint is not null group by r.fingerprint
     on conflict ("runId", hash) do update set failures = excluded.failures, flaky = excluded.flaky, cases = excluded.cases,
       suites = excluded.suites, environments = excluded.environments, "resultId" = excluded."resultId"`,
    [runId, workspaceId, projectId],
  );
  await pool.query(
    `update "FailureGroup" g set "lastRunId" = r.id, "lastSeenAt" = r."createdAt" from "TestRun" r
     where r.id = $1 and g.id in (select f."groupId" from "RunFingerprint" x join "Fingerprint" f
       on f."projectId" = x."projectId" and f.hash = x.hash where x."runId" = $1)`,
    [runId],
  );
}
