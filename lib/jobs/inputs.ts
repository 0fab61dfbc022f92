import { z } from "zod";
import { idSchema } from "@/lib/db/ids";

/** How a job stands: what the executor stores, with the time between two attempts and a long wait told apart. */
export const jobStates = ["queued", "running", "retrying", "waiting", "completed", "failed", "cancelled"] as const;
export type JobState = (typeof jobStates)[number];

const day = z.iso.date().refine((text) => text >= "1970" && text < "9999", "must be a day from 1970 on");

/** What the list can be narrowed to; days are whole ones in UTC, both included. `cursor` is the last id seen. */
export const jobsInput = z.object({
  state: z.enum(jobStates).optional(),
  functionId: z
    .string()
    .regex(/^[^\0]{1,200}$/)
    .optional(),
  q: z
    .string()
    .trim()
    .regex(/^[^\0]{0,200}$/)
    .optional()
    .describe("The id of a job, or of what it works for: a creation, an integration."),
  from: day.optional(),
  to: day.optional(),
  cursor: idSchema.optional(),
});

export type JobsFilter = z.output<typeof jobsInput>;

/** The filter of an address: what somebody mistyped there narrows nothing, which the page then shows. */
export function readJobsFilter(given: Record<string, string | string[] | undefined>): JobsFilter {
  const fits = Object.entries(jobsInput.shape).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(given[name] || undefined);
    return parsed.success && parsed.data ? [[name, parsed.data]] : [];
  });
  return jobsInput.parse(Object.fromEntries(fits));
}
