import type { RunnableFunction } from "../config";
import { cancelRuns } from "../finalize";
import { lockRuns } from "../settle-open";
import type { Sql } from "../sql";
import { startRuns } from "../start-runs";
import { gather, type Wanted } from "./gather";
import { type Admitted, limit } from "./limit";

export type { Wanted } from "./gather";

const REASON = "Another run of this function, of which one runs at a time, took its place.";

const isPlain = ({ fn: { config } }: Wanted) =>
  !(
    config.batchEvents ||
    config.rateLimit ||
    config.idempotency ||
    config.debounce ||
    config.throttle ||
    config.singleton
  );

/**
 * Starts what is wanted as the options of each function allow, in the transaction that takes its events: some now, some
 * at a later time, some never, and some wait in a window. `areWaiting` says whether there are any of those. When runs
 * have to make room, `others` tells which ones the transaction is going to lock besides.
 */
export async function admit(
  client: Sql,
  wanted: Wanted[],
  functions: readonly RunnableFunction[],
  others: () => Promise<string[]> = async () => [],
): Promise<{ areWaiting: boolean }> {
  const plain = wanted.filter(isPlain);
  const gathered = await gather(
    client,
    wanted.filter((one) => !isPlain(one)),
  );
  const limited = await limit(client, gathered.now);
  if (limited.cancelled.length > 0) {
    await lockRuns(client, [...limited.cancelled, ...(await others())]);
    await cancelRuns(client, limited.cancelled, REASON);
  }

  const starts: Admitted[] = [...plain, ...limited.starts];
  const runs = await startRuns(
    client,
    starts.map(({ fn, events, startAt, singletonKey }) => ({
      functionId: fn.id,
      events,
      ...(startAt && { dueAt: startAt }),
      ...(singletonKey !== undefined && { singletonKey }),
    })),
    functions,
  );
  const superseded = runs.flatMap(({ runId }, index) => (starts[index]?.isSuperseded ? runId : []));
  if (superseded.length > 0) await cancelRuns(client, superseded, REASON);
  return { areWaiting: gathered.areWaiting || limited.areWaiting };
}
