type Figure = { bench: string; figure: string; value: number; unit: string; ratio?: number; limit?: string };

const rounded = (value: number) => Number(value.toPrecision(4));

/** Prints one figure as a line of JSON. */
export function print({ bench, figure, value, unit, ratio, limit }: Figure): void {
  const line = {
    bench,
    figure,
    value: rounded(value),
    unit,
    ratio: ratio === undefined ? null : rounded(ratio),
    limit: limit ?? null,
  };
  console.log(JSON.stringify(line));
}

/** The best times, in milliseconds, of works that take turns for five rounds. */
export async function race<K extends string>(works: Record<K, () => Promise<unknown>>, rounds = 5) {
  const best = {} as Record<K, number>; // filled for every key in the first round
  for (let round = 0; round < rounds; round += 1) {
    for (const name of Object.keys(works) as K[]) {
      const start = performance.now();
      await works[name]();
      best[name] = Math.min(best[name] ?? Number.POSITIVE_INFINITY, performance.now() - start);
    }
  }
  return best;
}
