import type pg from "pg";
import { z } from "zod";
import { idSchema } from "@/lib/db/ids";

/** A fingerprint as it was before a person moved it. */
export const movedSchema = z.object({
  hash: z.guid(),
  groupId: idSchema,
  joinedBy: z.string(),
  similarity: z.number().nullable(),
});
export type Moved = z.infer<typeof movedSchema>;

/** Moves fingerprints of groups into one, all of them or those that are named. Answers how they were. */
export async function moveFingerprints(
  client: pg.PoolClient,
  from: readonly string[],
  to: string,
  hashes: readonly string[] | null = null,
): Promise<Moved[]> {
  const { rows } = await client.query<Moved>(
    `with old as (
       select "projectId", hash, "groupId", "joinedBy", similarity from "Fingerprint"
       where "groupId" = any($1::uuid[]) and ($3::uuid[] is null or hash = any($3)))
     update "Fingerprint" f set "groupId" = $2, "joinedBy" = 'hand', similarity = null
     from old where old."projectId" = f."projectId" and old.hash = f.hash
     returning old.hash, old."groupId", old."joinedBy", old.similarity`,
    [from, to, hashes],
  );
  return rows;
}

/** Puts fingerprints back as they were, those of them that are where the change had put them. */
export async function moveBack(
  client: pg.PoolClient,
  projectId: string,
  from: readonly string[],
  moved: readonly Moved[],
): Promise<void> {
  await client.query(
    `update "Fingerprint" f set "groupId" = m."groupId", "joinedBy" = m."joinedBy", similarity = m.similarity
     from jsonb_to_recordset($1::jsonb) m(hash uuid, "groupId" uuid, "joinedBy" text, similarity real)
     where f."projectId" = $2 and f.hash = m.hash and f."groupId" = any($3::uuid[])`,
    [JSON.stringify(moved), projectId, from],
  );
}

/** Moves fingerprints into a group that nobody has put there by hand: why they are where they are stays as it was. */
export async function takeAlong(
  client: pg.PoolClient,
  from: readonly string[],
  to: string,
  hashes: readonly string[] | null = null,
): Promise<void> {
  await client.query(
    `update "Fingerprint" set "groupId" = $2
     where "groupId" = any($1::uuid[]) and ($3::uuid[] is null or hash = any($3))`,
    [from, to, hashes],
  );
}

/** Moves all issue links of groups to one. Answers which, by the group that they were of. */
export async function moveLinks(
  client: pg.PoolClient,
  from: readonly string[],
  to: string,
): Promise<Record<string, string[]>> {
  const { rows } = await client.query<{ id: string; groupId: string }>(
    `update "IssueLink" l set "groupId" = $2 from (
       select id, "groupId" from "IssueLink" where "groupId" = any($1::uuid[]) order by id for no key update) old
     where old.id = l.id returning l.id, old."groupId"`,
    [from, to],
  );
  const byGroup: Record<string, string[]> = {};
  for (const { id, groupId } of rows) {
    byGroup[groupId] ??= [];
    byGroup[groupId].push(id);
  }
  return byGroup;
}

/**
 * Lets the links of results in a group follow their results to where those are now. A link for all failures of the group
 * stays, unless `covering` goes along too.
 */
export async function moveLinksOfResults(
  client: pg.PoolClient,
  from: string,
  to: readonly string[],
  { covering = false } = {},
): Promise<void> {
  await client.query(
    `update "IssueLink" l set "groupId" = f."groupId"
     from "TestResult" r join "Fingerprint" f on f."projectId" = r."projectId" and f.hash = r.fingerprint
     where l."groupId" = $1 and r.id = l."resultId" and f."groupId" = any($2::uuid[])
       and (${covering} or not l."coversGroup")`,
    [from, to],
  );
}
