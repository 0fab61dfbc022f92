import type { Tx } from "@/lib/db/client";
import { Severity, type SeveritySource } from "@/lib/db/generated/enums";
import { queriesOf } from "@/lib/db/queries-of";
import { recordHistory } from "../history";
import type { Place } from "../place";
import { detailOfRule } from "../severity";

/** What a rule says of how bad its matches are. */
export type Rating = { id: string; name: string; severity: Severity | null };
type Rated = { id: string; name: string; severity: Severity };
type Group = {
  id: string;
  severity: Severity;
  severitySource: SeveritySource;
  ratedById: string | null;
  ratedInRun: number | null;
  /** What the rule that has rated it last says today; null where it says nothing any more. */
  ratedAs: Severity | null;
  run: number;
};

const order = Object.values(Severity);
const isWorse = (a: Severity, b: Severity) => order.indexOf(a) > order.indexOf(b);

/**
 * Makes groups as severe as the rules say that match failures of theirs in the run, unless a person has said it; the ids
 * of those that changed. Of several rules the highest counts; of several runs the newest, as the past is gone through
 * from its end. Whoever calls holds the groups.
 */
export async function rateGroups(
  tx: Tx,
  place: Place,
  runId: string,
  matches: readonly { groupId: string; rule: Rating }[],
): Promise<string[]> {
  const byGroup = new Map<string, Map<string, Rated>>();
  for (const { groupId, rule } of matches) {
    if (!rule.severity) continue;
    const rules = byGroup.get(groupId) ?? new Map<string, Rated>();
    byGroup.set(groupId, rules.set(rule.id, { ...rule, severity: rule.severity }));
  }
  if (byGroup.size === 0) return [];
  const groups = await readGroups(tx, place, runId, [...byGroup.keys()]);
  const rated = groups.flatMap((group) => {
    const rules = byGroup.get(group.id) ?? new Map<string, Rated>();
    const highest = [...rules.values()].reduce((a, b) => (isWorse(b.severity, a.severity) ? b : a));
    return isItsTurn(group, rules, highest) ? [{ group, rule: highest }] : [];
  });
  await store(tx, rated);
  const changed = rated.filter(
    ({ group: { severity, severitySource }, rule }) =>
      severitySource !== "hand" && (severity !== rule.severity || severitySource !== "rule"),
  );
  await recordHistory(
    queriesOf(tx),
    place,
    changed.map(({ group, rule }) => ({
      ...{ groupId: group.id, field: "severity", before: group.severity, after: rule.severity },
      ...{ source: "rule", detail: detailOfRule(rule.name), by: "Known issues" },
    })),
  );
  return changed.map(({ group }) => group.id);
}

/** A rule may change what it has said itself of a run; of others what is worse holds. */
function isItsTurn({ ratedById, ratedInRun, ratedAs, run }: Group, rules: ReadonlyMap<string, Rated>, rule: Rated) {
  if (ratedById === null || ratedInRun === null || ratedAs === null || ratedInRun < run) return true;
  return ratedInRun === run && (rules.has(ratedById) || isWorse(rule.severity, ratedAs));
}

const readGroups = (tx: Tx, { workspaceId, projectId }: Place, runId: string, groupIds: readonly string[]) =>
  tx.$queryRaw<Group[]>`
    select g.id, g.severity::text, g."severitySource"::text, g."ratedById", g."ratedInRun", k.severity::text as "ratedAs",
      run.number as run
    from "FailureGroup" g
    join "TestRun" run on run.id = ${runId}::uuid and run."projectId" = g."projectId"
    left join "KnownIssueRule" k on k.id = g."ratedById" and k."projectId" = g."projectId"
    where g.id = any(${[...groupIds]}::uuid[]) and g."projectId" = ${projectId}::uuid
      and g."workspaceId" = ${workspaceId}::uuid
    order by g.id`;

async function store(tx: Tx, rated: readonly { group: Group; rule: Rated }[]): Promise<void> {
  if (rated.length === 0) return;
  // Of a group that a person has rated it is remembered too: that is what it goes back to.
  await tx.$executeRaw`
    update "FailureGroup" g set "ratedById" = c.rule, "ratedInRun" = c.run,
      severity = case g."severitySource" when 'hand' then g.severity else c.severity::"Severity" end,
      "severitySource" = case g."severitySource" when 'hand' then 'hand' else 'rule' end::"SeveritySource",
      "updatedAt" = now()
    from unnest(
      ${rated.map(({ group }) => group.id)}::uuid[], ${rated.map(({ rule }) => rule.id)}::uuid[],
      ${rated.map(({ group }) => group.run)}::int[], ${rated.map(({ rule }) => rule.severity)}::text[])
      c(id, rule, run, severity)
    where g.id = c.id`;
}
