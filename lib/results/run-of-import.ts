import type pg from "pg";
import { newId } from "@/lib/db/ids";
import type { Place } from "@/lib/triage/place";

export type RunFacts = {
  /** The CI system's id of the run; without it each file is a run of its own. */
  run?: string | undefined;
  branch?: string | undefined;
  commit?: string | undefined;
  buildUrl?: string | undefined;
  environment?: string | undefined;
  /** The CI system's attempt at the run; above 1, results become further attempts of those that are there. */
  attempt?: number | undefined;
};

/** Files of one CI run, and whoever changes results of it, wait here for each other until commit. */
export async function lockRun(client: pg.PoolClient, projectId: string, ciRunId: string | null): Promise<void> {
  if (ciRunId === null) return;
  await client.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [`run:${projectId}:${ciRunId}`]);
}

/**
 * The run that a file belongs to, made when it is new. Parallel shards land in one run one after the other.
 */
export async function openRun(
  client: pg.PoolClient,
  { workspaceId, projectId }: Place,
  { run, branch, commit, buildUrl, environment, attempt = 1 }: RunFacts,
  importedById: string,
): Promise<{ id: string; isNew: boolean }> {
  if (run !== undefined) {
    await lockRun(client, projectId, run);
    const { rows } = await client.query<{ id: string }>(
      `select id from "TestRun" where "projectId" = $1 and "ciRunId" = $2 and "workspaceId" = $3`,
      [projectId, run, workspaceId],
    );
    if (rows[0]) return { id: rows[0].id, isNew: false };
  }
  const id = newId();
  await client.query(
    `insert into "TestRun" (id, "workspaceId", "projectId", number, "ciRunId", branch, commit, "buildUrl", environment, attempt, "importedById")
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    // The number is given last, in `numberRun`; until then a number that nobody sees and nobody else has.
    [
      id,
      workspaceId,
      projectId,
      -Math.ceil(Math.random() * 2 ** 31),
      run ?? null,
      branch,
      commit,
      buildUrl,
      environment,
      attempt,
      importedById,
    ],
  );
  return { id, isNew: true };
}

/**
 * Gives a new run its number. The project's row is locked from here to the commit that follows at once, so that imports
 * of one project hold each other up for a moment only, and no number is lost to an import that failed.
 */
export async function numberRun(
  client: pg.PoolClient,
  { workspaceId, projectId }: Place,
  runId: string,
): Promise<void> {
  await client.query(
    `with project as (
       update "Project" set "nextRunNumber" = "nextRunNumber" + 1 where id = $1 and "workspaceId" = $2
       returning "nextRunNumber" - 1 as number)
     update "TestRun" r set number = project.number from project where r.id = $3`,
    [projectId, workspaceId, runId],
  );
}

/** Fills in what the run does not know yet, and its highest attempt. */
export async function completeRun(
  client: pg.PoolClient,
  { workspaceId }: Place,
  runId: string,
  { branch, commit, buildUrl, environment, attempt = 1 }: RunFacts,
): Promise<void> {
  await client.query(
    `update "TestRun" set branch = coalesce(branch, $3), commit = coalesce(commit, $4),
       "buildUrl" = coalesce("buildUrl", $5), environment = coalesce(environment, $6),
       attempt = greatest(attempt, $7)
     where id = $1 and "workspaceId" = $2`,
    [runId, workspaceId, branch, commit, buildUrl, environment, attempt],
  );
}
