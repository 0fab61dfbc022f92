/** The first and the last byte of a part, both included. */
export type Part = { first: number; last: number };

/**
 * What part the header Range asks for. Null: the whole, also for several parts at once and for what cannot be read,
 * as RFC 9110 allows. "unsatisfiable": the part begins behind the end.
 */
export function readRange(header: string | null, sizeBytes: number): Part | "unsatisfiable" | null {
  const [, from = "", to = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "") ?? [];
  if (from === "" && to === "") return null;
  if (from === "") {
    const count = Math.min(Number(to), sizeBytes);
    return count === 0 ? "unsatisfiable" : { first: sizeBytes - count, last: sizeBytes - 1 };
  }
  const part = { first: Number(from), last: to === "" ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1) };
  if (to !== "" && Number(to) < part.first) return null;
  return part.first >= sizeBytes ? "unsatisfiable" : part;
}
