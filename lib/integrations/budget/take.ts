import { pool } from "@/lib/db/client";

/** What a call wants from a credential's budget. */
export type Wish = {
  bucket: string;
  isBulk: boolean;
  /** Set for a write where writes go one at a time: how long its call may last, and the pause after it. */
  write: { id: string; holdMs: number; pauseMs: number } | null;
  /** A moment that is so near is waited for where one stands; others get a place in the line. */
  patienceMs: number;
  /** Stands there already or comes back at its time, so that it takes no new place. */
  isInLine: boolean;
};

/** Why a call may not leave yet: the tracker's word, its limit, what is kept for people, or other writes. */
export type Obstacle = "blocked" | "spent" | "reserved" | "turn";
export type Taken = { obstacle: Obstacle | null; waitMs: number };

/** The part of each limit that bulk work leaves to people: the last tenth. */
export const reservedShare = 0.1;
// How far apart those come back whom nothing else paces, and how often one looks who waits for another's answer.
const paceMs = 25;
const lookMs = 50;
// How long bulk work lets a person's write pass that said it waits: it says so again as long as it does.
const awaitedMs = 500;

// How long the first calls after a reset may count on a full limit before one of them says how it is.
const trustMs = 60_000;

/*
 * One statement, so that its locks last a millisecond and no transaction is open during a call. The rows are locked
 * first and the clock is read after that: who had to wait for the lock judges by the newest state and the true time.
 */
const statement = `
with budget as materialized (
  select * from "RateBudget" where "connectionId" = $1 for update
), "window" as materialized (
  select * from "RateWindow" where "connectionId" = $1 and "bucket" = $2 and exists (select from budget) for update
), moment as materialized (
  select b.*, w."limit", w."remaining", w."resetAt", w."seenAt", clock_timestamp() as now
  from budget b left join "window" w on true
), found as materialized (
  select *,
    -- Calls have been made since the reset, and none of their answers is here yet.
    "resetAt" <= now and "seenAt" > "resetAt" and "seenAt" > now - ${trustMs} * interval '1 ms' as is_guess,
    "blockedUntil" > now as is_blocked,
    $3 and "resetAt" > now and "remaining" <= ceil("limit" * $4::numeric) as is_reserved,
    $5::uuid is not null and "writeUntil" > now as is_writing,
    $5::uuid is not null and "nextWriteAt" > now as is_pausing,
    $3 and $5::uuid is not null and "awaitedUntil" > now as is_awaited
  from moment
), judged as materialized (
  select *, "remaining" <= 0 and ("resetAt" > now or is_guess) as is_spent, greatest(
    case when is_blocked then "blockedUntil" end,
    case when "remaining" <= 0 or is_reserved then case when "resetAt" > now then "resetAt" when is_guess then soon end end,
    case when is_writing or is_awaited then soon end,
    case when is_pausing then "nextWriteAt" end
  ) as free_at
  from found, lateral (select now + ${lookMs} * interval '1 ms' as soon) s
), decided as materialized (
  select *, free_at is null as goes,
    $5::uuid is not null and free_at is not null and not ($8 and free_at <= now + $9 * interval '1 ms') as lines_up,
    greatest(free_at, "lineEndsAt", case when $3 then "bulkLineEndsAt" end) as place,
    greatest(${paceMs}, $7::int + "writeMs") * interval '1 ms' as pace
  from judged
), counted as (
  update "RateBudget" b set
    "writeId" = case when goes then $5::uuid else b."writeId" end,
    "writeUntil" = case when goes then now + $6 * interval '1 ms' else b."writeUntil" end,
    "awaitedUntil" = case when not goes and not $3 and free_at <= now + $9 * interval '1 ms'
      then free_at + ${awaitedMs} * interval '1 ms' else b."awaitedUntil" end,
    "lineEndsAt" = case when lines_up and not $3 then place + pace else b."lineEndsAt" end,
    "bulkLineEndsAt" = case when lines_up and $3 then place + pace else b."bulkLineEndsAt" end
  from decided d
  where b."connectionId" = d."connectionId" and $5::uuid is not null
), spent as (
  update "RateWindow" w set
    "remaining" = greatest(0, case when w."resetAt" > now or is_guess then w."remaining" else w."limit" end - 1),
    "seenAt" = case when w."resetAt" > now or is_guess then w."seenAt" else now end
  from decided d
  where w."connectionId" = d."connectionId" and w."bucket" = $2 and goes
)
select
  case when goes then null when is_blocked then 'blocked' when is_spent then 'spent' when is_reserved then 'reserved'
    else 'turn' end as obstacle,
  coalesce(ceil(extract(epoch from (case when lines_up then place else free_at end) - now) * 1000), 0)::int as "waitMs"
from decided`;

/**
 * Takes leave for one call out of a credential's budget, or says why not and for how long. `waitMs` is relative, so
 * that the clocks of our machines need not agree.
 */
export async function take(connectionId: string, wish: Wish): Promise<Taken> {
  const { bucket, isBulk, write, patienceMs, isInLine } = wish;
  const values = [
    ...[connectionId, bucket, isBulk, reservedShare, write?.id ?? null, write?.holdMs ?? 0, write?.pauseMs ?? 0],
    ...[isInLine, patienceMs],
  ];
  const ask = async () => (await pool.query<Taken>({ name: "budget-take", text: statement, values })).rows[0];
  const taken = await ask();
  if (taken) return taken;
  // The first call of a credential makes its row. Without one afterwards, the credential has just been deleted.
  await pool.query(
    `insert into "RateBudget" ("connectionId", "workspaceId")
     select "id", "workspaceId" from "Connection" where "id" = $1 on conflict do nothing`,
    [connectionId],
  );
  return (await ask()) ?? { obstacle: null, waitMs: 0 };
}
