import { type Tx, transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { announce } from "@/lib/events/announce";
import { announceLinks } from "@/lib/issues/announce-links";
import { lockGroups } from "@/lib/issues/groups";
import type { Place } from "../place";
import type { Judged } from "./judge";
import { type Rating, rateGroups } from "./rate-groups";

/** A rule as it was when its matches were found. */
export type Applied = Rating & { issueId: string; updatedAt: Date };

type Linked = { ruleId: string; issueId: string; groupId: string | null };

// A page reads again with the first word of a topic.
const mostAnnounced = 50;

/**
 * Links failures to the issues of the rules that they match, and rates their groups; the number of new links. Doing it
 * again adds none.
 *
 * Each failure gets a link of its own, also where a whole group matches. A rule speaks of the text of a failure: a link
 * that covers the group would go on for failures of other runs that say something else, and when the rule is changed or
 * off. That every failure of 50,000 has a row costs about as much as storing it did, and no page reads them one by one.
 */
export async function linkMatches(place: Place, runId: string, judged: readonly Judged<Applied>[]): Promise<number> {
  const matches = judged.flatMap(({ failure, rules }) => rules.map((rule) => ({ failure, rule })));
  if (matches.length === 0) return 0;
  return transaction(async (tx) => {
    // Nobody merges or splits the groups until the links name them.
    const { ofResult } = await lockGroups(tx, place, { resultIds: matches.map(({ failure }) => failure.id) });
    const current = await holdRules(tx, place, new Set(matches.map(({ rule }) => rule)));
    const held = matches.filter(({ rule }) => current.has(rule.id));
    const linked = await insertLinks(tx, place, {
      runId,
      links: held.map(({ failure: { id, caseId }, rule }) => {
        return { resultId: id, caseId, groupId: ofResult.get(id) ?? null, ruleId: rule.id, issueId: rule.issueId };
      }),
    });
    await countLinks(tx, linked);
    // Also where a failure had the issue before: how bad it is, the rule says all the same.
    const rated = await rateGroups(
      tx,
      place,
      runId,
      held.flatMap(({ failure, rule }) => {
        const groupId = ofResult.get(failure.id);
        return groupId ? [{ groupId, rule }] : [];
      }),
    );
    await tell(tx, place, runId, { linked, rated });
    return linked.length;
  });
}

/** Those of the rules that are still as they were, locked: one that was changed, switched off or deleted links nothing. */
async function holdRules(tx: Tx, { workspaceId, projectId }: Place, rules: ReadonlySet<Applied>): Promise<Set<string>> {
  const ids = [...rules].map(({ id }) => id);
  const rows = await tx.$queryRaw<{ id: string; updatedAt: Date }[]>`
    select id, "updatedAt" from "KnownIssueRule"
    where id = any(${ids}::uuid[]) and "workspaceId" = ${workspaceId}::uuid and "projectId" = ${projectId}::uuid
      and enabled and "issueId" is not null and "stoppedAt" is null
    order by id for no key update`;
  const then = new Map([...rules].map(({ id, updatedAt }) => [id, updatedAt.getTime()]));
  return new Set(rows.filter(({ id, updatedAt }) => then.get(id) === updatedAt.getTime()).map(({ id }) => id));
}

type Link = Linked & { resultId: string; caseId: string };

/** A result that was deleted in the meantime is left out; one that has the issue keeps the link that it has. */
const insertLinks = (tx: Tx, { workspaceId, projectId }: Place, { runId, links }: { runId: string; links: Link[] }) =>
  tx.$queryRaw<Linked[]>`
    insert into "IssueLink" (id, "workspaceId", "projectId", "issueId", "caseId", "runId", "resultId", "groupId", "ruleId")
    select m.id, ${workspaceId}::uuid, ${projectId}::uuid, m."issueId", m."caseId", ${runId}::uuid, m."resultId",
      m."groupId", m."ruleId"
    from unnest(
      ${links.map(() => newId())}::uuid[], ${links.map(({ issueId }) => issueId)}::uuid[],
      ${links.map(({ caseId }) => caseId)}::uuid[], ${links.map(({ resultId }) => resultId)}::uuid[],
      ${links.map(({ groupId }) => groupId)}::uuid[], ${links.map(({ ruleId }) => ruleId)}::uuid[])
      m(id, "issueId", "caseId", "resultId", "groupId", "ruleId")
    join "TestResult" r on r.id = m."resultId" and r."workspaceId" = ${workspaceId}::uuid
    order by m."resultId", m.id
    on conflict ("issueId", "resultId") do nothing
    returning "ruleId", "issueId", "groupId"`;

async function countLinks(tx: Tx, linked: readonly Linked[]): Promise<void> {
  // In SQL: `updatedAt` says when a person changed the rule.
  for (const [ruleId, count] of countBy(linked, ({ ruleId }) => ruleId))
    await tx.$executeRaw`
      update "KnownIssueRule" set matched = matched + ${count}, "matchedAt" = now() where id = ${ruleId}::uuid`;
}

type Done = { linked: readonly Linked[]; rated: readonly string[] };

async function tell(tx: Tx, place: Place, runId: string, { linked, rated }: Done): Promise<void> {
  const groups = [...new Set(linked.flatMap(({ groupId }) => groupId ?? []))].slice(0, mostAnnounced);
  for (const [issueId] of countBy(linked, ({ issueId }) => issueId)) await announceLinks(tx, place, issueId, groups);
  for (const id of rated.slice(0, mostAnnounced)) await announce(tx, { ...place, topic: "group", id });
  if (linked.length + rated.length > 0) await announce(tx, { ...place, topic: "run", id: runId });
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
