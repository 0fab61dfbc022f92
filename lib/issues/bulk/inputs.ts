import { z } from "zod";
import { BulkMode } from "@/lib/db/generated/enums";
import { groupsInput } from "@/lib/triage/inputs";
import { creationInput } from "../inputs";
import { outcomes } from "./shapes";

// Ids are taken as any text: a malformed one is answered like one that does not exist.
const id = z.string().max(100);
const ids = z.array(id).min(1, "Name at least one.").max(10_000);

/** So many issues at most come of one job. */
export const mostItems = 2_000;
/** So many failures or problems at most go into one issue. */
export const mostSources = 1_000;

const filter = z
  .object({
    ...groupsInput.pick({ only: true, severity: true, q: true }).shape,
    status: z.string().max(100).optional().describe("Of the list of results; `q` is then looked for there."),
  })
  .strict();

/** Which failures of the run: problems or results that were chosen by hand, all that a list shows, or the whole run. */
const selectionInput = z.union(
  [z.strictObject({ groupIds: ids }), z.strictObject({ resultIds: ids }), z.strictObject({ filter }), z.null()],
  { error: "Name one of groupIds, resultIds and filter; null is the whole run." },
);

/** Many failures of a run that are to become issues. */
export const bulkInput = z.object({
  runId: id,
  integrationId: id,
  externalProject: creationInput.shape.externalProject,
  mode: z
    .enum(BulkMode)
    .describe("separate: an issue for each failure. combined: one for all. per_group: per problem."),
  selection: selectionInput,
  labels: creationInput.shape.labels,
  type: creationInput.shape.type,
  fields: creationInput.shape.fields,
});
export type BulkInput = z.output<typeof bulkInput>;

export const bulkStartInput = bulkInput.extend({
  expected: z
    .int()
    .min(1)
    .optional()
    .describe("The number of issues that the plan told of: when it has changed since, nothing is done."),
});

const whole = (usual: number, most: number) => z.coerce.number().int().min(1).max(most).default(usual);

export const bulksInput = z.object({ runId: id.optional(), limit: whole(20, 100), cursor: id.optional() });

export const bulkItemsInput = z.object({
  cursor: z.coerce.number().int().min(0).max(mostItems).optional().describe("The position of the last item seen."),
  limit: whole(100, 500),
  state: z
    .string()
    .transform((list) => list.split(",").filter(Boolean))
    .pipe(z.array(z.enum(outcomes)))
    .optional(),
});
