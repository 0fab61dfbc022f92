import type { Recorded } from "./read";

type Difference = {
  where: RegExp;
  why: string;
  /** What the same thing is called here; without it, it is left out. */
  as?: (value: unknown) => unknown;
};

/**
 * What an Inngest server sends and the embedded executor does not, or otherwise. The comparison knows no other
 * differences but ids, times, traces and signatures.
 */
export const leftOut: readonly Difference[] = [
  {
    where: /^headers\.(host|user-agent|connection|content-length|accept-encoding)$/,
    why: "They belong to the socket, and the call is made without one.",
  },
  { where: /^headers\.account-id$/, why: "Names a tenant of Inngest Cloud; the SDK does not read it." },
  { where: /^headers\.trace(parent|state)$/, why: "Nobody collects traces of an embedded executor." },
  {
    where: /^body\.ctx\.(fn_id|qi_id)$/,
    why: "With them the SDK would report steps while it runs, to an address that does not exist here.",
  },
  {
    where: /^(headers\.x-inngest-generation-id|body\.ctx\.generation_id)$/,
    why: "Tells a dispatch from the one that replaced it. The server counts from 1 for each call, the executor goes on counting through the calls of a run.",
  },
  {
    where: /\.data\._inngest\.(correlation_id|expire|fn_id|gid|isr|name|source_app_id|source_fn_id|source_fn_v|tc)$/,
    why: "The server's own notes on who invoked a run; the executor keeps them beside the run.",
  },
  {
    where: /\.data\.correlation_id$/,
    why: "Finds the invoking step for the server; the executor's run knows its parent.",
  },
  {
    where: /^body\.steps\.[0-9a-f]{40}$/,
    as: (memo) => (hasData(memo) && hasData(memo.data) && "ts" in memo.data ? memo.data : memo),
    why: "The server gives the event that was waited for as it is. The executor wraps it like every other result: the SDK would take an event with nothing but data for its data.",
  },
];

const hasData = (value: unknown): value is { data: unknown } =>
  typeof value === "object" && value !== null && "data" in value;

/** Which events of a burst get a run is the server's choice; the recorded one takes neither the first nor the last. */
const isAnyOf = (event: object) => "name" in event && event.name === "demo/rl";

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
      const fields = Object.entries(value)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([key, item]) => {
          const at = `${where}.${key}`;
          const different = leftOut.find((one) => one.where.test(at));
          if (different && !different.as) return [];
          return [[key, walk(different?.as?.(item) ?? item, at)]];
        });
      return Object.fromEntries(isAnyOf(value) ? fields.filter(([key]) => key !== "data") : fields);
    }
    if (typeof value === "number") return value > EPOCH_MS ? "<time>" : value;
    if (typeof value !== "string") return value;
    if (/(^|[.-])(job_id|job-id)$/.test(where)) return idOf(value);
    if (SEEDED.test(value)) return idOf(value);
    if (where.endsWith("signature")) return value.replace(/^t=\d+&s=[0-9a-f]{64}$/, "<signature>");
    // The paths of the recorded program.
    if (where.endsWith(".stack")) return value.replace(/\n\s+at [\s\S]*$/, "\n<frames>");
    return value.replace(ULID_OR_UUID, idOf).replace(ISO_DATE, "<time>");
  };

  return {
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: walk(headers, "headers"),
    body: walk(body, "body"),
  };
}
