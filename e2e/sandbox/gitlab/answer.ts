import type { Answer } from "../faults";
import { json } from "../front";

export const refuse = (status: number, message: string | object): Answer => json({ message }, status);
export const notFound = (what: string) => refuse(404, `404 ${what} Not Found`);
export const forbidden = () => refuse(403, "403 Forbidden");
/** What Grape says of a parameter, before any work. */
export const badParameter = (error: string) => json({ error }, 400);

const number = (text: string | null, fallback: number) =>
  text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : fallback;

/** One numbered page, with all that GitLab says of it. */
export function page<T>(url: URL, all: readonly T[], shown: (one: T) => unknown): Answer {
  const at = number(url.searchParams.get("page"), 1);
  const size = Math.min(number(url.searchParams.get("per_page"), 20), 100);
  const pages = Math.max(1, Math.ceil(all.length / size));
  const next = at < pages ? String(at + 1) : "";
  const items = all.slice((at - 1) * size, at * size);
  return json(items.map(shown), 200, {
    "x-page": String(at),
    "x-per-page": String(size),
    "x-next-page": next,
    "x-prev-page": at > 1 ? String(at - 1) : "",
    // Counting stops being worth it there.
    ...(all.length <= 10_000 && { "x-total": String(all.length), "x-total-pages": String(pages) }),
    ...(next && { link: linkTo(url, { page: next }) }),
  });
}

/** A page that begins after an id; nothing but the link leads on. */
export function keysetPage<T extends { id: number }>(url: URL, all: readonly T[], shown: (one: T) => unknown): Answer {
  const size = Math.min(number(url.searchParams.get("per_page"), 20), 100);
  const isDown = url.searchParams.get("sort") !== "asc";
  const key = isDown ? "id_before" : "id_after";
  const from = url.searchParams.get(key);
  const sorted = all
    .filter(({ id }) => from === null || (isDown ? id < Number(from) : id > Number(from)))
    .toSorted((a, b) => (isDown ? b.id - a.id : a.id - b.id));
  const items = sorted.slice(0, size);
  const last = items.at(-1);
  const isMore = sorted.length > size && last !== undefined;
  return json(items.map(shown), 200, isMore ? { link: linkTo(url, { [key]: String(last.id) }) } : {});
}

function linkTo(url: URL, params: Record<string, string>): string {
  const next = new URL(url);
  for (const [name, value] of Object.entries(params)) next.searchParams.set(name, value);
  return `<${next.href}>; rel="next"`;
}
