/**
 * Does together what is asked for at the same time: while `atOnce` batches are under way the next one gathers, so that
 * nothing waits for company and more of it comes together the more there is to do. `work` answers in the order of its
 * items. Two at once, for one can be prepared while the other one waits for the disk.
 */
export function batched<T, R>(
  work: (items: readonly T[]) => Promise<readonly R[]>,
  atOnce = 2,
): (item: T) => Promise<R> {
  type Waiting = { item: T; resolve: (result: R) => void; reject: (error: unknown) => void };
  let waiting: Waiting[] = [];
  let underWay = 0;

  const flush = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        const results = await work(batch.map(({ item }) => item));
        // As many results as items, which the types cannot say.
        batch.forEach(({ resolve }, place) => void resolve(results[place] as R));
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    underWay -= 1;
  };

  return (item) =>
    new Promise((resolve, reject) => {
      // The first to come waits for all that is asked for in the same turn of the loop.
      if (waiting.push({ item, resolve, reject }) > 1 || underWay >= atOnce) return;
      underWay += 1;
      setImmediate(() => void flush());
    });
}
