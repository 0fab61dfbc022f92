import { fields as leftOut } from "./left-out";
import type { Recorded } from "./read";

const ULID_OR_UUID = /\b([0-7][0-9A-HJKMNP-TV-Z]{25}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b/g;
/** The client's own seed of an event's id, and the event's place in its request. */
const SEEDED = /^\d{13},[\w+/]+=*\/\d+$/;
const ISO_DATE = /\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z\b/g;
const EPOCH_MS = 1_600_000_000_000;

/**
 * A request without what differs between any two servers. Ids are numbered in the order of their appearance, so that
 * the same one is the same one on both sides.
 */
export function masked({ url, headers, body }: Recorded): unknown {
  const ids = new Map<string, string>();
  const idOf = (id: string) => {
    if (!ids.has(id)) ids.set(id, `<id ${ids.size + 1}>`);
    return ids.get(id) ?? "";
  };
  const { pathname, searchParams } = new URL(url, "http://localhost");

  const walk = (value: unknown, where: string): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => walk(item, `${where}.${index}`));
    if (typeof value === "object" && value !== null) {
      const kept = Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([key, item]) => {
          const at = `${where}.${key}`;
          const different = leftOut.find((one) => one.where.test(at) && (one.of?.(value) ?? true));
          if (different && !different.as) return [];
          return [[key, walk(different?.as?.(item) ?? item, at)]];
        });
      return Object.fromEntries(kept);
    }
    if (typeof value === "number") return value > EPOCH_MS ? "<time>" : value;
    if (typeof value !== "string") return value;
    if (/(^|[.-])(job_id|job-id)$/.test(where)) return idOf(value);
    if (SEEDED.test(value)) return idOf(value);
    if (where.endsWith("signature")) return value.replace(/^t=\d+&s=[0-9a-f]{64}$/, "<signature>");
    return value.replace(ULID_OR_UUID, idOf).replace(ISO_DATE, "<time>");
  };

  return {
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: walk(headers, "headers"),
    body: walk(body, "body"),
  };
}
