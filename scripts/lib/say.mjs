/** "0.4 s", "41 s", "3 min 12 s". */
export function seconds(ms) {
  const value = ms / 1000;
  if (value < 10) return `${value.toFixed(1)} s`;
  if (value < 120) return `${Math.round(value)} s`;
  return `${Math.floor(value / 60)} min ${Math.round(value % 60)} s`;
}

/** Prints one calm line. */
export function say(line) {
  console.log(`  ${line}`);
}

/**
 * Does one thing, prints its name and time, and answers what it answers.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} run
 */
export async function step(name, run) {
  const startedAt = performance.now();
  let mark = "✗";
  try {
    const result = await run();
    mark = "✓";
    return result;
  } finally {
    say(`${mark} ${name.padEnd(12)} ${seconds(performance.now() - startedAt)}`);
  }
}
