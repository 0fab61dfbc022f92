import { z } from "zod";
import { idSchema } from "@/lib/db/ids";

export const callOutcomes = ["accepted", "refused", "unknown"] as const;

/** Statuses by their first digit; "none" is a call that got no answer. */
export const callStatuses = ["2xx", "3xx", "4xx", "5xx", "none"] as const;

const hour = 3_600_000;
/** How far back the log can be looked at, besides all of it. */
export const callPeriods = { hour, day: 24 * hour, week: 7 * 24 * hour } as const;

// What somebody mistyped in the address narrows nothing, which the page then shows.
const filter = z.object({
  outcome: z.enum(callOutcomes).optional().catch(undefined),
  status: z.enum(callStatuses).optional().catch(undefined),
  period: z.enum(["hour", "day", "week"]).optional().catch(undefined),
  cursor: idSchema.optional().catch(undefined),
});

/** What the integration log can be narrowed to. `cursor` is the last id seen: ids grow with time. */
export type CallsFilter = z.output<typeof filter>;

export const readCallsFilter = (given: Record<string, string | string[] | undefined>): CallsFilter =>
  filter.parse(given);
