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

/** Does one thing and prints its name and time; `run` may return a remark for the line. */
export async function step(name, run) {
  const startedAt = performance.now();
  try {
    const remark = await run();
    const note = typeof remark === "string" && remark ? `, ${remark}` : "";
    say(`✓ ${name.padEnd(12)} ${seconds(performance.now() - startedAt)}${note}`);
  } catch (error) {
    say(`✗ ${name.padEnd(12)} ${seconds(performance.now() - startedAt)}`);
    throw error;
  }
}
