import type pg from "pg";

/** Where an import works: taken from the member, or from the rows that a job has found. */
export type Place = { workspaceId: string; projectId: string };

/**
 * Whoever founds, merges or splits groups of the project does so alone until the transaction ends; of two imports that
 * meet the same unseen failure, the second one finds the group of the first.
 */
export async function lockGroups(client: pg.PoolClient, { projectId }: Place): Promise<void> {
  await client.query("select pg_advisory_xact_lock(hashtextextended('triage:' || $1, 0))", [projectId]);
}
