import { z } from "zod";
import { idSchema } from "@/lib/db/ids";
import { statusSchema } from "./inputs";
import { runSchema } from "./shapes";

/** What became of a case from one run to the other, in one of its environments. */
export const becameSchema = z.enum(["new", "fixed", "still", "flaky", "gone"]);
export type Became = z.output<typeof becameSchema>;

/** Without `base`, the run before; without `head`, the latest run. `only` names the list, which is paged. */
export const compareInput = z.object({
  base: z.string().optional(),
  head: z.string().optional(),
  only: becameSchema.default("new"),
  cursor: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const sideSchema = z.object({ resultId: z.string(), status: statusSchema }).nullable();

/** A case in one of the lists: in those environments this became of it. */
export const comparedSchema = z.object({
  caseId: z.string(),
  suite: z.string(),
  className: z.string(),
  name: z.string(),
  /** By name; "" is no environment. The first 20. */
  environments: z.array(z.object({ name: z.string(), base: sideSchema, head: sideSchema })),
  environmentCount: z.number(),
  /** Of the failure, cut at 300 characters: in head, or in base where head has none. */
  message: z.string().nullable(),
});
export type Compared = z.output<typeof comparedSchema>;

export const comparisonSchema = z.object({
  /** Null: there is no run before. */
  base: runSchema.nullable(),
  head: runSchema.nullable(),
  /** Cases; one that did differently in two environments counts in both. With a cursor they are left out. */
  counts: z.record(becameSchema, z.number()).nullable(),
  cases: z.array(comparedSchema),
  next: z.string().nullable(),
});
export type Comparison = z.output<typeof comparisonSchema>;
