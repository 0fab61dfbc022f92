import { pool } from "@/lib/db/client";
import { rawTransaction } from "@/lib/db/raw-transaction";
import { lockRun } from "@/lib/results/run-of-import";
import { type Algorithm, algorithm as current } from "./algorithm";
import { fingerprintResults } from "./fingerprint-results";
import { loadMasks } from "./masks";
import type { Place } from "./place";
import { storeGroups } from "./store-groups";

/*
 * Runs whose failures are not all counted by fingerprints: they were imported before there were any. The latest of each
 * project are folded afterwards, the oldest first, so that a group is first seen where it was.
 */

/** After which run to go on. */
export type FoldCursor = { projectId: string; number: number };
type Run = Place & { id: string; number: number; ciRunId: string | null };

const latest = 200;
const pieceSize = 500;

const findNext = async (after: FoldCursor | null): Promise<Run | null> => {
  const { rows } = await pool.query<Run>(
    `select r.id, r."workspaceId", r."projectId", r.number, r."ciRunId"
     from "TestRun" r join "Project" p on p.id = r."projectId" and r.number >= p."nextRunNumber" - $3
     where (r."projectId", r.number) > ($1::uuid, $2::int) and r.failed + r.error + r.flaky > 0
       and r.failed + r.error + r.flaky <> (
         select coalesce(sum(f.failures + f.flaky), 0) from "RunFingerprint" f where f."runId" = r.id)
     order by r."projectId", r.number limit 1`,
    [after?.projectId ?? "00000000-0000-0000-0000-000000000000", after?.number ?? 0, latest],
  );
  return rows[0] ?? null;
};

/**
 * Folds earlier runs for about so long. Answers where to go on, or null when there is no more; what a run has got is
 * kept, so that it may be left in the middle.
 */
export async function foldEarlier(
  after: FoldCursor | null,
  algorithm: Algorithm = current,
  budgetMs = 2_000,
): Promise<FoldCursor | null> {
  const endsAt = performance.now() + budgetMs;
  let cursor = after;
  for (let run = await findNext(cursor); run; run = await findNext(cursor)) {
    if (!(await foldRun(run, algorithm, endsAt))) return cursor ?? { projectId: run.projectId, number: run.number - 1 };
    cursor = { projectId: run.projectId, number: run.number };
    if (performance.now() > endsAt) return cursor;
  }
  return null;
}

/** False when the time was over before all of it had fingerprints. */
async function foldRun(run: Run, algorithm: Algorithm, endsAt: number): Promise<boolean> {
  const { projectId, ciRunId } = run;
  for (;;) {
    // By pieces: people who work on these results wait for one only. The groups come in a transaction of their own,
    // because everybody else takes them before results.
    const masks = await rawTransaction(async (client) => {
      await lockRun(client, projectId, ciRunId);
      const now = await loadMasks(client, run);
      const read = await fingerprintResults(client, run, run.id, {
        ...{ algorithm, masks: now, which: "missing", most: pieceSize },
      });
      return read < pieceSize ? now : null;
    });
    if (masks) {
      await rawTransaction(async (client) => {
        await lockRun(client, projectId, ciRunId);
        await storeGroups(client, run, run.id, { algorithm, masks });
      });
      return true;
    }
    if (performance.now() > endsAt) return false;
  }
}
