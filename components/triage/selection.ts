/** Rows that are chosen; a range goes from the anchor to where it was last drawn. */
export type Selection = { ids: ReadonlySet<string>; anchor: string | null; reach: string | null };

export const nothing: Selection = { ids: new Set(), anchor: null, reach: null };

/** Takes a row in or out; the next range begins at it. */
export function toggled({ ids }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id, reach: id };
}

/** A new range that begins at this row, beside what is chosen already. */
export const begun = ({ ids }: Selection, id: string): Selection => ({
  ids: new Set(ids).add(id),
  anchor: id,
  reach: id,
});

/** Draws the range from the anchor to this row: it grows and shrinks, and what was chosen beside it stays. */
export function extended({ ids, anchor, reach }: Selection, order: readonly string[], to: string): Selection {
  const from = anchor !== null && order.includes(anchor) ? anchor : to;
  const next = new Set(ids);
  if (from === anchor && reach !== null) for (const id of between(order, from, reach)) next.delete(id);
  for (const id of between(order, from, to)) next.add(id);
  return { ids: next, anchor: from, reach: to };
}

function between(order: readonly string[], from: string, to: string): readonly string[] {
  const [a, b] = [order.indexOf(from), order.indexOf(to)];
  return a < 0 || b < 0 ? [] : order.slice(Math.min(a, b), Math.max(a, b) + 1);
}
