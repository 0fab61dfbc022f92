import type pg from "pg";
import { plainTx } from "@/lib/db/plain-tx";
import { notFound } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import { carryFingerprints } from "./carry";
import { countFingerprints } from "./count-fingerprints";
import type { Algorithm } from "./fingerprint/types";
import { fingerprintResults } from "./fingerprint-results";
import { areSame, loadMasks, type Masks } from "./masks";
import { lockGroups, type Place } from "./place";
import { applyGroupSeverity } from "./severity";
import { groupUnseen, hasUnseen, mostCompared, type Run } from "./unseen";

export type Folding = {
  algorithm: Algorithm;
  /** By which the results that were just stored got their fingerprints. */
  masks: Masks;
};

/** So much of what a new version of the algorithm has left behind an import carries at once; the job carries the rest. */
export const mostCarried = 2_000;

/**
 * Before results of a run are stored that others may see already: holds the groups of those results, because everybody
 * else takes groups before results too.
 */
export async function holdGroups(client: pg.PoolClient, place: Place, runId: string): Promise<void> {
  await lockGroups(client, place);
  await client.query(
    `select g.id from "FailureGroup" g
     where g."workspaceId" = $3 and g.id in (
       select f."groupId" from "Fingerprint" f where f."projectId" = $2 and f.hash in (
         select fingerprint from staging union select hash from "RunFingerprint" where "runId" = $1))
     order by g.id for no key update of g`,
    [runId, place.projectId, place.workspaceId],
  );
}

/**
 * Folds the failing results of a run into the project's groups and counts them. For the end of a transaction that has
 * changed results of the run. Answers what people should know of it.
 */
export async function storeGroups(
  client: pg.PoolClient,
  place: Place,
  runId: string,
  { algorithm, masks: used }: Folding,
): Promise<string[]> {
  await lockGroups(client, place);
  let carried = await carryFingerprints(client, place, algorithm, mostCarried);
  const masks = await loadMasks(client, place);
  // Somebody has told failures apart, or taken that back, since these got their fingerprints.
  if (!areSame(used, masks)) await fingerprintResults(client, place, runId, { algorithm, masks, which: "all" });
  const hadFailures = await hasCounts(client, place, runId);
  const hasFailures = (await countFingerprints(client, place, runId)) > 0;
  if (!hadFailures && !hasFailures) return [];

  // What looks unseen may be what was not carried yet; rather than call it new, this one import waits for the rest.
  while (carried === mostCarried && (await hasUnseen(client, place, runId)))
    carried = await carryFingerprints(client, place, algorithm, mostCarried);
  const run = { id: runId, createdAt: await createdAtOf(client, place, runId) };
  const unseen = await groupUnseen(client, place, run, { algorithm, masks });
  await markSeen(client, place, run);
  await applyGroupSeverity(client, place, runId);
  await announce(plainTx(client), { ...place, topic: "group", id: runId });
  if (unseen <= mostCompared) return [];
  return [
    `${unseen} kinds of failure were seen for the first time; the ${mostCompared} most frequent were compared with the others.`,
  ];
}

const hasCounts = async (client: pg.PoolClient, { workspaceId }: Place, runId: string) => {
  const sql = `select 1 from "RunFingerprint" where "runId" = $1 and "workspaceId" = $2 limit 1`;
  return (await client.query(sql, [runId, workspaceId])).rowCount !== 0;
};

async function createdAtOf(client: pg.PoolClient, { workspaceId }: Place, runId: string): Promise<Date> {
  const { rows } = await client.query<{ createdAt: Date }>(
    `select "createdAt" from "TestRun" where id = $1 and "workspaceId" = $2`,
    [runId, workspaceId],
  );
  if (!rows[0]) throw notFound("run");
  return rows[0].createdAt;
}

/**
 * A group is as old as the oldest run that it occurs in and was last seen in the newest, in whichever order the runs'
 * files arrive. All groups of the run are held from here on: what else is said of them locks none in another order.
 */
async function markSeen(client: pg.PoolClient, place: Place, run: Run): Promise<void> {
  await client.query(
    `with seen as (
       select g.id from "FailureGroup" g where g."workspaceId" = $1 and g.id in (
         select (select f."groupId" from "Fingerprint" f where f."projectId" = r."projectId" and f.hash = r.hash)
         from "RunFingerprint" r where r."runId" = $2)
       order by g.id for no key update of g)
     update "FailureGroup" g set
       "firstRunId" = case when g."firstSeenAt" > $3 then $2 else g."firstRunId" end,
       "firstSeenAt" = least(g."firstSeenAt", $3),
       "lastRunId" = case when g."lastSeenAt" < $3 then $2 else g."lastRunId" end,
       "lastSeenAt" = greatest(g."lastSeenAt", $3)
     from seen where seen.id = g.id and (g."firstSeenAt" > $3 or g."lastSeenAt" < $3)`,
    [place.workspaceId, run.id, run.createdAt],
  );
}
