import { creationRequested } from "@/inngest/events";
import { send } from "@/inngest/outbox";
import { type Tx, transaction } from "@/lib/db/client";
import { handOver } from "./hand-over";
import { callEndsWithinMs, overdueMs } from "./timing";
import { waitsForPeople } from "./waits-for-people";

const againAfterMs = 10 * 60_000;
const most = 500;

type Row = { id: string; workspaceId: string; projectId: string; integrationId: string; turnId: string };

/**
 * Asks again for creations that should have gone on by now: harmless when a job works on them all the same, because of
 * one turn there is never more than one unfinished run. And hands those that waited for somebody to mend a credential
 * or an integration to a new job once that has been done.
 */
export async function sweepCreations(): Promise<{ overdue: number; mended: number }> {
  const overdue = await transaction(async (tx) => {
    const rows = await findOverdue(tx);
    await send(
      tx,
      ...rows.map(({ id, workspaceId, integrationId, turnId }) =>
        creationRequested.create({ workspaceId, integrationId, creationId: id, turnId }),
      ),
    );
    return rows.length;
  });
  const mended = await transaction(async (tx) => {
    const rows = await findMended(tx);
    for (const row of rows) await handOver(tx, row);
    return rows.length;
  });
  return { overdue, mended };
}

/** Locked rows are another sweep's; the mark keeps a long queue from being asked for again each minute. */
function findOverdue(tx: Tx) {
  return tx.$queryRaw<Row[]>`
    update "IssueCreation" set "sweptAt" = now() where "id" in (
      select "id" from "IssueCreation"
      where (
          "state" = 'queued' and "updatedAt" < now() - ${overdueMs} * interval '1 ms'
          or "state" = 'sending' and "lastSentAt" < now() - ${overdueMs + callEndsWithinMs} * interval '1 ms'
          or "state" in ('unknown', 'held') and "retryAt" < now() - ${overdueMs} * interval '1 ms'
        )
        and ("sweptAt" is null or "sweptAt" < now() - ${againAfterMs} * interval '1 ms')
      order by "sweptAt" nulls first, "id" limit ${most} for update skip locked
    ) returning "id", "workspaceId", "projectId", "integrationId", "turnId"`;
}

/** Held for a credential or an integration that has been changed since and is in use. */
function findMended(tx: Tx) {
  return tx.$queryRaw<Row[]>`
    select c."id", c."workspaceId", c."projectId", c."integrationId", c."turnId"
    from "IssueCreation" c
    join "Integration" i on i."id" = c."integrationId" and i."status" = 'active'
    join "Connection" k on k."integrationId" = i."id" and k."status" = 'active'
      and case when c."connectionId" is null then k."userId" is null else k."id" = c."connectionId" end
    where c."state" = 'held' and c."retryAt" is null and c."errorKind" = any(${waitsForPeople})
      and greatest(i."updatedAt", k."updatedAt") > c."updatedAt"
    order by c."id" limit ${most} for update of c skip locked`;
}
