/** Something that a format cannot hold: which kind, how often, where first, and what became of it. */
export type Loss = { kind: string; count: number; where: string; became: string };

export type Converted = { output: string; losses: Loss[] };

/** Adds to the list, one line for each kind and outcome. */
export function lose(losses: Loss[], kind: string, where: string, became: string, count = 1): void {
  const known = losses.find((loss) => loss.kind === kind && loss.became === became);
  if (known) known.count += count;
  else losses.push({ kind, count, where: where.length > 60 ? `${where.slice(0, 59)}…` : where, became });
}
