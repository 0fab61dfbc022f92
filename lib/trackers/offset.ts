import type { Page } from "./shapes";

/** Where the page begins that a cursor names; what is no cursor of ours names the first. */
export const offsetOf = (cursor: string | null | undefined): number =>
  cursor && /^\d{1,7}$/.test(cursor) ? Number(cursor) : 0;

/** A page of a list that the tracker tells only as a whole. */
export function pageOfAll<T>(all: readonly T[], cursor: string | null | undefined, size: number): Page<T> {
  const from = offsetOf(cursor);
  const to = from + size;
  return { items: all.slice(from, to), next: to < all.length ? String(to) : null };
}
