import { pool } from "@/lib/db/client";
import { lowestIdAt } from "@/lib/db/ids";
import { env } from "@/lib/env";

const day = 24 * 3_600_000;
// Short statements, so that neither a lock nor what has to be written for the others grows with the number of rows.
const batchRows = 5_000;
// One run ends in time, whatever it finds; the next one goes on.
const maxBatches = 200;

/** Deletes what the integration log has held for longer than the setting says. Ids carry the time of their row. */
export async function pruneCalls(now = new Date()): Promise<{ deleted: number }> {
  const before = lowestIdAt(new Date(now.getTime() - env().FAULTLINE_KEEP_CALLS_DAYS * day));
  let deleted = 0;
  for (let batch = 0; batch < maxBatches; batch++) {
    const { rowCount } = await pool.query(
      `delete from "OutboundCall" where "id" in (
         select "id" from "OutboundCall" where "id" < $1 order by "id" limit $2 for update skip locked)`,
      [before, batchRows],
    );
    deleted += rowCount ?? 0;
    if ((rowCount ?? 0) < batchRows) break;
  }
  return { deleted };
}
