import type pg from "pg";
import { limits } from "./formats/entry";

/*
 * One identity several times in one file: attempts of one test when a rerun is marked or the statuses differ, else
 * parameter cases, numbered in their order. Only the whole file shows which, so this happens in the staging table.
 */

const findRepeated = `
  create temp table repeated on commit drop as
  select identity, (bool_or(rerun) or min(status) <> max(status)) as folds
  from staging group by identity having count(*) > 1`;

const numberParameters = `
  update staging s set
    name = s.name || ' #' || n.place,
    identity = encode(sha256(convert_to(s.identity || ' #' || n.place, 'UTF8')), 'hex')
  from (
    select seq, row_number() over (partition by identity order by seq) as place
    from staging join repeated using (identity) where not folds
  ) n
  where n.seq = s.seq and n.place > 1`;

// The order of elements in a file is not always the order in time (shards, reporters that sort), so a test that both
// passed and failed is flaky whichever stands last.
const foldAttempts = `
  create temp table folded on commit drop as
  with back as (
    select s.*, row_number() over (partition by identity order by seq desc) as back,
      row_number() over (partition by identity, status in ('failed', 'error', 'flaky') order by seq desc) as "backAlike"
    from staging s join repeated using (identity) where folds
  )
  select identity, max(seq) as last, least(sum(attempt), 30000)::int as attempt,
    case
      when bool_or(status in ('passed', 'flaky')) and bool_or(status in ('failed', 'error', 'flaky')) then 'flaky'
      else coalesce((array_agg(status order by back) filter (where status <> 'skipped' and back <= $1))[1], 'skipped')
    end as status,
    -- However many attempts have passed since: what is flaky says what it failed with.
    (array_agg(jsonb_build_array(type, message, stack, fingerprint))
      filter (where status in ('failed', 'error', 'flaky') and "backAlike" = 1))[1] as told,
    jsonb_path_query_array(
      jsonb_agg(
        coalesce(attempts, '[]') || case when back = 1 then '[]' else jsonb_build_array(jsonb_build_object(
          'status', status, 'type', type, 'message', message, 'stack', stack, 'durationMs', "durationMs")) end
        order by seq) filter (where back <= $1),
      '$[*][*]') as attempts
  from back group by identity`;

const keepLast = `
  update staging s set status = f.status, attempt = f.attempt, attempts = f.attempts,
    type = case when f.told is null then s.type else f.told ->> 0 end,
    message = case when f.told is null then s.message else f.told ->> 1 end,
    stack = case when f.told is null then s.stack else f.told ->> 2 end,
    fingerprint = case when f.told is null then s.fingerprint else (f.told ->> 3)::uuid end
  from folded f where f.last = s.seq`;

const dropOthers = `delete from staging s using folded f where f.identity = s.identity and f.last <> s.seq`;

/** Makes each identity stand once in the staging table. */
export async function foldRepeated(client: pg.PoolClient): Promise<void> {
  const { rowCount } = await client.query(findRepeated);
  if (rowCount === 0) return;
  await client.query(numberParameters);
  await client.query(foldAttempts.replaceAll("$1", String(limits.attempts)));
  await client.query(keepLast);
  await client.query(dropOthers);
}
