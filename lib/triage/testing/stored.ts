import { pool } from "@/lib/db/client";

// Of a split that was undone the new group stays, and leads back; its row is told by where it leads.
const queries = {
  groups: `select id, title, "firstRunId", "firstSeenAt", "lastRunId", "lastSeenAt", severity, "severitySource",
    assessment, "assessedUntil", "mergedIntoId" from "FailureGroup" where "projectId" = $1 order by id`,
  fingerprints: `select hash, "groupId", "joinedBy", similarity from "Fingerprint" where "projectId" = $1 order by hash`,
  counts: `select * from "RunFingerprint" where "projectId" = $1 order by "runId", hash`,
  masks: `select hash, keep from "FingerprintMask" where "projectId" = $1 order by hash`,
  links: `select id, "issueId", "resultId", "groupId", "coversGroup" from "IssueLink" where "projectId" = $1 order by id`,
  results: `select id, fingerprint from "TestResult" where "projectId" = $1 order by id`,
};

export type StoredGroups = Record<keyof typeof queries, Record<string, unknown>[]>;

/** For tests: all that merges and splits change in a project. */
export async function readStored(projectId: string): Promise<StoredGroups> {
  const entries = await Promise.all(
    Object.entries(queries).map(async ([name, sql]) => [name, (await pool.query(sql, [projectId])).rows]),
  );
  return Object.fromEntries(entries);
}

/** The same without groups that are only there to lead to another one. */
export const withoutLed = ({ groups, ...rest }: StoredGroups) => ({
  ...rest,
  groups: groups.filter(({ mergedIntoId }) => mergedIntoId === null),
});
