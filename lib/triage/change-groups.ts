import type pg from "pg";
import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import type { AssessmentState, Severity, SeveritySource } from "@/lib/db/generated/enums";
import { isId, newId } from "@/lib/db/ids";
import { plainTx } from "@/lib/db/plain-tx";
import { rawTransaction } from "@/lib/db/raw-transaction";
import { AppError, notFound } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import { lockGroups, type Place } from "./place";
import type { GroupChangeView } from "./shapes";

/** Changes the groups of a project alone: imports, merges and splits of it wait for each other. */
export const changeGroups = <T>(place: Place, work: (client: pg.PoolClient) => Promise<T>): Promise<T> =>
  rawTransaction(async (client) => {
    await lockGroups(client, place);
    return work(client);
  });

export type Held = {
  id: string;
  title: string;
  mergedIntoId: string | null;
  lastRunId: string;
  lastSeenAt: Date;
  severity: Severity;
  severitySource: SeveritySource;
  assessment: AssessmentState;
  assessedUntil: Date | null;
};

/** The groups, locked in the order of their ids. Throws not_found unless all are of the project. */
export async function holdGroupRows(
  client: pg.PoolClient,
  { workspaceId, projectId }: Place,
  groupIds: readonly string[],
): Promise<Map<string, Held>> {
  const ids = [...new Set(groupIds)];
  if (!ids.every(isId)) throw notFound("failure group");
  const { rows } = await client.query<Held>(
    `select id, title, "mergedIntoId", "lastRunId", "lastSeenAt", severity, "severitySource",
       assessment, "assessedUntil" from "FailureGroup"
     where id = any($1::uuid[]) and "projectId" = $2 and "workspaceId" = $3 order by id for no key update`,
    [ids, projectId, workspaceId],
  );
  if (rows.length !== ids.length) throw notFound("failure group");
  return new Map(rows.map((row) => [row.id, row]));
}

/** Somebody else was faster: what was merged holds nothing any more. */
export function checkNotMerged(groups: Iterable<Held>): void {
  // Not by its title: that is what a failure says, and messages go to the log.
  for (const { mergedIntoId } of groups)
    if (mergedIntoId)
      throw new AppError("conflict", "One of these has been merged into another group in the meantime. Look again.");
}

/** The group of that id among those that are held. */
export function heldOf(groups: ReadonlyMap<string, Held>, id: string): Held {
  const group = groups.get(id);
  if (!group) throw notFound("failure group");
  return group;
}

type Change = { kind: GroupChangeView["kind"]; groupIds: string[]; undo: object };

/** Writes down what was changed and how it is undone; its time is that of the lock, so that changes are in order. */
export async function recordChange(
  client: pg.PoolClient,
  member: Member,
  { kind, groupIds, undo }: Change,
): Promise<string> {
  const id = newId();
  await client.query(
    `insert into "GroupChange" (id, "workspaceId", "projectId", kind, "groupIds", "actorId", undo, "createdAt")
     values ($1, $2, $3, $4, $5, $6, $7, clock_timestamp())`,
    [id, member.workspaceId, member.projectId, kind, groupIds, member.userId, JSON.stringify(undo)],
  );
  return id;
}

type Told = { action: string; groupId: string; groupIds: readonly string[]; after: Record<string, string | number> };

/** The audit row, and the word to open pages. */
export async function tell(
  client: pg.PoolClient,
  member: Member,
  { action, groupId, groupIds, after }: Told,
): Promise<void> {
  const { workspaceId, projectId } = member;
  const tx = plainTx(client);
  await audit(tx, member, action, { subjectType: "group", subjectId: groupId, projectId, after });
  for (const id of new Set(groupIds)) await announce(tx, { workspaceId, projectId, topic: "group", id });
}

/** Groups are as old as the oldest run that they occur in, and were last seen in the newest. */
export async function markSeenAnew(client: pg.PoolClient, groupIds: readonly string[]): Promise<void> {
  const seen = (order: "asc" | "desc") => `
    select r.id, r."createdAt" from "Fingerprint" f
    join "RunFingerprint" x on x."projectId" = f."projectId" and x.hash = f.hash
    join "TestRun" r on r.id = x."runId"
    where f."groupId" = a.id order by r."createdAt" ${order}, r.id ${order} limit 1`;
  await client.query(
    `update "FailureGroup" g set "firstRunId" = s."firstRunId", "firstSeenAt" = s."firstSeenAt",
       "lastRunId" = s."lastRunId", "lastSeenAt" = s."lastSeenAt", "updatedAt" = now()
     from (
       select a.id, first.id as "firstRunId", first."createdAt" as "firstSeenAt", last.id as "lastRunId",
         last."createdAt" as "lastSeenAt"
       from unnest($1::uuid[]) a(id) cross join lateral (${seen("asc")}) first cross join lateral (${seen("desc")}) last) s
     where s.id = g.id`,
    [groupIds],
  );
}
