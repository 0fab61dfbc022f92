import { newId } from "@/lib/db/ids";
import { toJsonb } from "../jsonb";
import type { Sql } from "../sql";
import type { FlowEvent } from "./event";

/**
 * Leaves an event to a release that can read the function's description, as a window that is due at once and that only
 * a process with that function opens: the event is out of the outbox for everybody else, and its run is not lost.
 */
export async function handOver(client: Sql, left: readonly { functionId: string; event: FlowEvent }[]): Promise<void> {
  if (left.length === 0) return;
  await client.query(
    `INSERT INTO executor.window (function_id, kind, key, event_ids, due_at)
     SELECT "functionId", 'event', key, ARRAY["eventId"], now()
     FROM jsonb_to_recordset($1) AS w ("functionId" text, key text, "eventId" uuid)`,
    [toJsonb(left.map(({ functionId, event }) => ({ functionId, key: newId(), eventId: event.id })))],
  );
}
