import { pool } from "@/lib/db/client";
import { sweepSpool } from "./spool";
import { store } from "./store";

const dayMs = 86_400_000;
const batch = 500;
// One run ends in time, whatever it finds; the next one goes on.
const maxBatches = 100;

/**
 * Deletes what is nobody's after a day: uploads that were never finished or never used, contents whose rows went with
 * a project, a run or a draft, and what killed processes have left.
 */
export async function sweepAttachments(now = new Date()): Promise<{ orphans: number; files: number }> {
  const before = new Date(now.getTime() - dayMs);
  const orphans = await inBatches(async () => {
    const { rowCount } = await pool.query(
      `delete from "Attachment" where "id" in (
         select "id" from "Attachment"
         where "createdAt" < $1
           and ("resultId" is null and "creationId" is null and "draftId" is null or "state" = 'uploading')
         limit $2 for update skip locked)`,
      [before, batch],
    );
    return rowCount ?? 0;
  });
  const files = await inBatches(() => deleteDiscarded());
  await sweepSpool(before);
  return { orphans, files };
}

/** Deletes contents whose rows are gone: those named, or as many as one batch holds. Tells how many. */
export async function deleteDiscarded(ids?: readonly string[]): Promise<number> {
  const { rows } = await pool.query<{ id: string }>(
    `select "id" from "DiscardedFile" where $1::uuid[] is null or "id" = any($1) order by "discardedAt" limit $2`,
    [ids ?? null, batch],
  );
  // The mark goes last: whoever dies in between, or does the same at the same time, finds nothing to delete the next time.
  for (const { id } of rows) {
    await store().delete(id);
    await pool.query(`delete from "DiscardedFile" where "id" = $1`, [id]);
  }
  return rows.length;
}

async function inBatches(work: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let round = 0; round < maxBatches; round++) {
    const count = await work();
    total += count;
    if (count < batch) break;
  }
  return total;
}
