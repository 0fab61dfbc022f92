import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import type { AssessmentState, Severity, SeveritySource } from "@/lib/db/generated/enums";
import { creationsOf, issuesOf } from "./group-issues";
import { placesOf, sparksOf } from "./group-spread";
import type { GroupRow } from "./shapes";
import { standingOf } from "./standing";

/** The run that groups are shown of. */
export type OfRun = { id: string; number: number; branch: string | null };

type Row = {
  id: string;
  title: string;
  type: string | null;
  severity: Severity;
  severitySource: SeveritySource;
  assessment: AssessmentState;
  assessedUntil: Date | null;
  firstRunId: string;
  firstRunNumber: number | null;
  firstSeenAt: Date;
  lastSeenAt: Date;
  failures: number;
  flaky: number;
  environments: string[][] | null;
  resultId: string;
  name: string;
  suite: string;
};

const shownEnvironments = 20;

/** Groups of the member's project as the run shows them, in the order of the ids. */
export async function groupRows(member: Member, run: OfRun, ids: string[], now: Date): Promise<GroupRow[]> {
  if (ids.length === 0) return [];
  const [rows, places, sparks, issues, creations] = await Promise.all([
    findRows(member, run, ids),
    placesOf(member, run, ids),
    sparksOf(member, run, ids),
    issuesOf(member, ids),
    creationsOf(member, run, ids),
  ]);
  const views = rows.map((row): GroupRow => {
    const { id, title, type, failures, flaky, resultId, name, suite } = row;
    return {
      ...{ id, title, type, failures, flaky },
      ...standingOf(row, now),
      isNew: row.firstRunId === run.id,
      ...(places.get(id) ?? { cases: 0, suites: 0 }),
      environments: [...new Set(row.environments?.flat())].sort().slice(0, shownEnvironments),
      firstSeenAt: row.firstSeenAt.toISOString(),
      firstRun: { id: row.firstRunId, number: row.firstRunNumber ?? 0 },
      lastSeenAt: row.lastSeenAt.toISOString(),
      spark: sparks.get(id) ?? [],
      sample: { resultId, name, suite },
      ...(issues.get(id) ?? { issues: [], issueCount: 0 }),
      creation: creations.get(id) ?? null,
    };
  });
  const byId = new Map(views.map((view) => [view.id, view]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** The sample is of the fingerprint that failed most in the run; of one that did not occur there, its own. */
const findRows = ({ workspaceId, projectId }: Member, run: OfRun, ids: string[]) => prisma.$queryRaw<Row[]>`
  select g.id, g.title, g.type, g.severity::text as severity, g."severitySource"::text as "severitySource",
    g.assessment::text as assessment, g."assessedUntil", g."firstRunId", first.number as "firstRunNumber",
    g."firstSeenAt", g."lastSeenAt", t.failures, t.flaky, t.environments, s.id as "resultId", c.name, c.suite
  from "FailureGroup" g
  left join "TestRun" first on first.id = g."firstRunId"
  cross join lateral (
    select coalesce(sum(r.failures), 0)::int as failures, coalesce(sum(r.flaky), 0)::int as flaky,
      json_agg(r.environments) filter (where r.hash is not null) as environments,
      (array_agg(coalesce(r."resultId", f."resultId")
        order by r.failures desc nulls last, r.flaky desc nulls last, f.hash))[1] as "resultId"
    from "Fingerprint" f left join "RunFingerprint" r on r."runId" = ${run.id}::uuid and r.hash = f.hash
    where f."groupId" = g.id) t
  join "TestResult" s on s.id = t."resultId"
  join "TestCase" c on c.id = s."caseId"
  where g.id = any(${ids}::uuid[]) and g."workspaceId" = ${workspaceId}::uuid and g."projectId" = ${projectId}::uuid`;
