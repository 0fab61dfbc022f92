import type pg from "pg";
import type { Severity, SeveritySource } from "@/lib/db/generated/enums";
import type { Queries } from "@/lib/db/queries-of";
import { recordHistory } from "./history";
import type { Place } from "./place";

/** What reports call a severity. */
export const severityWords: Record<string, Severity> = {
  ...{ info: "info", informational: "info", trivial: "info", none: "info", p4: "info", s4: "info" },
  ...{ low: "low", minor: "low", p3: "low", s3: "low" },
  ...{ medium: "medium", moderate: "medium", normal: "medium", average: "medium", p2: "medium", s2: "medium" },
  ...{ high: "high", major: "high", important: "high", severe: "high", p1: "high", s1: "high" },
  ...{
    critical: "critical",
    blocker: "critical",
    urgent: "critical",
    fatal: "critical",
    p0: "critical",
    s0: "critical",
  },
};

/** The properties of a test that may tell it. */
const tellingProperties = ["severity", "Severity", "tag", "Tag", "tags", "Tags"];

const longestDetail = 200;

/** As a history tells what a severity comes from. */
export const detailOfRule = (name: string): string => `by the rule ${name}`.slice(0, longestDetail);

/** Tags that may tell a severity; the same form as in SQL below. */
export const tellingTags = (tags: readonly string[]): string[] =>
  tags.filter((tag) => /^@?severity[:=]/i.test(tag.trim())).sort();

const level = (tag: string) => `btrim(substring(lower(btrim(${tag})) from '^@?severity[:=](.+)$'))`;

// A property goes before a tag; of several of a kind the highest counts. Tags are those of the report and those that
// people have given the case.
const readTold = (results: string, cases: string) => `
  told as (
    select s.identity, lower(p.key) as name, p.value
    from ${results} s cross join lateral jsonb_each_text(s.properties) p
    where s.properties ?| $3 and p.key = any($3)),
  word as (
    select identity, 'property' as source, 'severity: ' || value as detail, lower(btrim(value)) as word
    from told where name = 'severity'
    union all
    select identity, 'tag', tag, ${level("tag")}
    from told cross join lateral regexp_split_to_table(value, '[,;[:space:]]+') tag where name <> 'severity'
    union all
    select identity, 'tag', tag, ${level("tag")} from ${cases} cross join lateral unnest(c.tags) tag),
  read as (
    select distinct on (w.identity) w.identity, w.source::"SeveritySource" as source, l.level::"Severity" as severity,
      left(w.detail, ${longestDetail}) as detail
    from word w join unnest($4::text[], $5::text[]) l(word, level) on l.word = w.word
    order by w.identity, w.source::"SeveritySource" desc, l.level::"Severity" desc)`;

// Of a case of which the report says nothing, nothing changes.
const ofTold = `(
  select identity, tags from "TestCase"
  where "projectId" = $2 and "workspaceId" = $1 and identity in (select identity from told)) c`;

const readStaged = `
  with ${readTold("staging", ofTold)}
  select c.id, c.severity as before, read.severity as after, read.source, read.detail
  from "TestCase" c join read on read.identity = c.identity
  where c."projectId" = $2 and c."workspaceId" = $1 and c."severitySource" <> 'hand'
    and (c.severity, c."severitySource") is distinct from (read.severity, read.source)
  order by c.identity for no key update of c`;

const valuesOf = ({ workspaceId, projectId }: Place) => [
  ...[workspaceId, projectId, tellingProperties],
  ...[Object.keys(severityWords), Object.values(severityWords)],
];

/**
 * Gives the cases of the staged file the severity that their properties tell, unless a person has set one. It locks
 * cases, and so comes before anything locks groups.
 */
export async function applyImportedSeverity(client: pg.PoolClient, place: Place): Promise<void> {
  const { rows: told } = await client.query("select 1 from staging where properties ?| $1 limit 1", [
    tellingProperties,
  ]);
  if (told.length === 0) return;
  const { rows } = await client.query<Change>(readStaged, valuesOf(place));
  await store(client, place, "TestCase", rows);
}

const joined = `"TestCase" c
    join "TestResult" r on r."caseId" = c.id and r.fingerprint is not null
    join "Fingerprint" f on f."projectId" = r."projectId" and f.hash = r.fingerprint`;

// Each result of the run looks up its own, however full the tables have become meanwhile: see count-fingerprints. The
// index of the cases of which somebody has said something is small.
const ofRun = `"TestResult" r
    cross join lateral (
      select * from "TestCase"
      where "projectId" = $2 and id = r."caseId" and "severitySource" <> 'default' offset 0) c
    cross join lateral (
      select "groupId" from "Fingerprint" where "projectId" = r."projectId" and hash = r.fingerprint offset 0) f`;

// What nobody has said of a case says nothing of the group, so that one such case does not make "low" medium.
const readCases = (where: string, from = joined) => `
  told as (
    select distinct on (f."groupId") f."groupId" as id, c.severity,
      -- By hand is only what a person has set on the group itself.
      case c."severitySource" when 'hand' then 'default' else c."severitySource" end as source,
      left(case c."severitySource" when 'hand' then 'set by hand on ' else 'of ' end || c.name, ${longestDetail}) as detail
    from ${from}
    where c."projectId" = $2 and c."workspaceId" = $1 and c."severitySource" <> 'default' and ${where}
    order by f."groupId", c.severity desc, c."severitySource" desc, c.id)`;

const readGroups = `
  with ${readCases(`r."runId" = $3 and r.fingerprint is not null`, ofRun)}
  select g.id, g.severity as before, told.severity as after, told.source, told.detail
  from "FailureGroup" g join told on told.id = g.id
  where g."severitySource" not in ('hand', 'rule')
    and (g.severity, g."severitySource") is distinct from (told.severity, told.source)
  order by g.id for no key update of g`;

/**
 * Gives the groups of a run the highest severity that their cases in it have, unless a person or a rule has set one.
 * It locks groups, and so comes after the run's fingerprints have theirs.
 */
export async function applyGroupSeverity(client: pg.PoolClient, place: Place, runId: string): Promise<void> {
  // Most projects say nothing of their cases, and a run may have failed ten thousand times.
  const { rowCount: told } = await client.query(
    `select from "TestCase" where "projectId" = $1 and "severitySource" <> 'default' limit 1`,
    [place.projectId],
  );
  if (!told) return;
  const { rows } = await client.query<Change>(readGroups, [place.workspaceId, place.projectId, runId]);
  await store(client, place, "FailureGroup", rows);
}

export type Told = { severity: Severity; source: SeveritySource; detail: string | null };

const untold: Told = { severity: "medium", source: "default", detail: null };

/** The severity that a case has when no person has set one: what its latest result and its tags tell. */
export async function toldOfCase(client: Queries, place: Place, caseId: string): Promise<Told> {
  const latest = `(
    select c.identity, r.properties from "TestResult" r join "TestCase" c on c.id = r."caseId"
    where r."caseId" = $6::uuid and r."projectId" = $2 and r."workspaceId" = $1 order by r."createdAt" desc, r.id desc limit 1)`;
  const itself = `(
    select identity, tags from "TestCase" where id = $6::uuid and "projectId" = $2 and "workspaceId" = $1) c`;
  const sql = `with ${readTold(latest, itself)} select severity::text, source::text, detail from read`;
  const { rows } = await client.query<Told>(sql, [...valuesOf(place), caseId]);
  return rows[0] ?? untold;
}

/**
 * The severities that groups have when no person has set one: what the rule says that has matched last, else the highest
 * of their cases in the run of the last failure.
 */
export async function toldOfGroups(
  client: pg.PoolClient,
  { workspaceId, projectId }: Place,
  groupIds: readonly string[],
): Promise<(groupId: string) => Told> {
  const last = `f."groupId" = any($3::uuid[])
    and r."runId" = (select g."lastRunId" from "FailureGroup" g where g.id = f."groupId")`;
  const { rows } = await client.query<Told & { id: string }>(`with ${readCases(last)} select * from told`, [
    ...[workspaceId, projectId, groupIds],
  ]);
  const { rows: rated } = await client.query<{ id: string; severity: Severity; name: string }>(
    `select g.id, k.severity, k.name from "FailureGroup" g
     join "KnownIssueRule" k on k.id = g."ratedById" and k."projectId" = g."projectId" and k.severity is not null
     where g.id = any($3::uuid[]) and g."projectId" = $2 and g."workspaceId" = $1`,
    [workspaceId, projectId, groupIds],
  );
  const told = new Map<string, Told>(rows.map(({ id, ...rest }) => [id, rest]));
  for (const { id, severity, name } of rated) told.set(id, { severity, source: "rule", detail: detailOfRule(name) });
  return (groupId) => told.get(groupId) ?? untold;
}

type Change = { id: string; before: Severity; after: Severity; source: SeveritySource; detail: string | null };

/** Sets severities that nobody asked for in person, and writes down where they come from. */
async function store(
  client: pg.PoolClient,
  place: Place,
  table: "TestCase" | "FailureGroup",
  changes: readonly Change[],
): Promise<void> {
  if (changes.length === 0) return;
  await client.query(
    `update "${table}" t set severity = c.severity, "severitySource" = c.source, "updatedAt" = now()
     from unnest($1::uuid[], $2::"Severity"[], $3::"SeveritySource"[]) c(id, severity, source) where t.id = c.id`,
    [changes.map(({ id }) => id), changes.map(({ after }) => after), changes.map(({ source }) => source)],
  );
  const rows = changes.map(({ id, ...change }) => ({
    ...change,
    ...(table === "TestCase" ? { caseId: id } : { groupId: id }),
    field: "severity" as const,
    by: "Import",
  }));
  await recordHistory(client, place, rows);
}
