import type { ResultStatus } from "@/lib/db/generated/enums";

/** What people look at first: the order of results in a run. */
export const ranks: Record<ResultStatus, number> = {
  error: 0,
  failed: 1,
  flaky: 2,
  blocked: 3,
  retest: 4,
  skipped: 5,
  passed: 6,
};

/** It failed, at least once: a failure group counts it. */
export const isFailing = (status: ResultStatus): boolean => ranks[status] <= ranks.flaky;

/** SQL for the rank of a status expression. */
export const rankSql = (status: string): string =>
  `case ${status} ${Object.entries(ranks)
    .map(([name, rank]) => `when '${name}' then ${rank}`)
    .join(" ")} end`;

/** The status that has the rank. */
export function statusOfRank(rank: number): ResultStatus {
  const found = (Object.keys(ranks) as ResultStatus[]).find((status) => ranks[status] === rank); // keys forget their type
  if (!found) throw new Error(`no status has the rank ${rank}`);
  return found;
}
