import { pool } from "@/lib/db/client";
import type { Finding } from "./read-answer";

/** How a call ended, for the budget that it was taken out of. */
export type Ended = {
  /** The bucket that it was counted in when it left. */
  bucket: string;
  write: { id: string; pauseMs: number } | null;
  durationMs: number;
  /** null: no answer came. */
  finding: Finding | null;
  isSent: boolean;
};

const isPast = `w."resetAt" <= clock_timestamp() - interval '60 s'`;
const mostBuckets = 20;

/*
 * An answer that overtook another one must not give back what is spent: of one window the lowest figure counts, and of
 * its end the earliest, because each estimate lies past the true moment. Trackers name that moment with a second's
 * play. An answer out of an earlier window says nothing; but none comes so late after a window's end, so that by then
 * the tracker's clock has been put back. The wait that the tracker left open doubles each time. A tracker may name its
 * buckets as it likes, but not any number of them.
 */
const statement = `
with budget as (
  update "RateBudget" set
    "blockedUntil" = case when $6::int is null then "blockedUntil" else greatest("blockedUntil", clock_timestamp() +
      least($6 * case when $7 then 1 else power(2, "strikes") end, 86400000) * interval '1 ms') end,
    "strikes" = case when $8 and not $7 then least("strikes" + 1, 6) when $8 is false then 0 else "strikes" end,
    "nextWriteAt" = case when $2::uuid is null or not $5 then "nextWriteAt"
      else greatest("nextWriteAt", clock_timestamp() + $3 * interval '1 ms') end,
    "writeMs" = case when $2::uuid is null or $8 is null then "writeMs" when "writeMs" = 0 then $4
      else ("writeMs" * 3 + $4) / 4 end,
    "writeUntil" = case when "writeId" = $2 then null else "writeUntil" end,
    "writeId" = nullif("writeId", $2)
  where "connectionId" = $1
  returning "workspaceId"
), given_back as (
  update "RateWindow" set "remaining" = least("remaining" + 1, "limit")
  where "connectionId" = $1 and "bucket" = $9 and not $5 and exists (select from budget)
)
insert into "RateWindow" as w
  ("connectionId", "workspaceId", "bucket", "limit", "remaining", "resetAt", "remoteResetAt", "seenAt")
select $1, "workspaceId", $10, $11, $12, now + $13 * interval '1 ms', $14, now
from budget, lateral (select clock_timestamp() as now) c
where $10::text is not null and ($10 = $9 or (select count(*) from "RateWindow" known
  where known."connectionId" = $1 and known."bucket" <> $10) < ${mostBuckets})
on conflict ("connectionId", "bucket") do update set
  "limit" = excluded."limit",
  "remaining" = case
    when ${isPast} and excluded."remoteResetAt" <= w."remoteResetAt" + interval '1 s' then excluded."remaining"
    when excluded."remoteResetAt" <= w."remoteResetAt" + interval '1 s' then least(w."remaining", excluded."remaining")
    -- Calls since the reset have been counted from the full limit, those still on their way included.
    when w."resetAt" <= clock_timestamp() and w."seenAt" > w."resetAt" then least(w."remaining", excluded."remaining")
    else excluded."remaining" end,
  "resetAt" = case
    when ${isPast} then excluded."resetAt"
    when excluded."remoteResetAt" <= w."remoteResetAt" + interval '1 s' then least(w."resetAt", excluded."resetAt")
    else excluded."resetAt" end,
  "remoteResetAt" = case when ${isPast} then excluded."remoteResetAt"
    else greatest(w."remoteResetAt", excluded."remoteResetAt") end,
  "seenAt" = excluded."seenAt"
where ${isPast} or excluded."remoteResetAt" > w."remoteResetAt" + interval '1 s'
  or (w."resetAt" > clock_timestamp() and excluded."remoteResetAt" >= w."remoteResetAt" - interval '1 s')`;

/** Writes down what a call's end says of its credential's budget, and lets the next write take its turn. */
export async function settle(connectionId: string, ended: Ended): Promise<void> {
  const { bucket, write, durationMs, finding, isSent } = ended;
  const window = finding?.window;
  const values = [
    ...[connectionId, write?.id ?? null, write?.pauseMs ?? 0, Math.round(durationMs), isSent],
    ...[finding?.block?.ms ?? null, finding?.block?.isStated ?? true, finding?.isLimited ?? null, bucket],
    ...[window?.bucket ?? null, window?.limit ?? null, window?.remaining ?? null, window?.resetInMs ?? null],
    window?.remoteResetAt ?? null,
  ];
  await pool.query({ name: "budget-settle", text: statement, values });
}
