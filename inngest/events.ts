import { z } from "zod";

type Definition<S extends z.ZodType> = { name: string; schema: S; create(data: z.input<S>, id?: string): AppEvent };

/** An event as the outbox keeps it. `id` makes a repetition harmless: one run per function and id in 24 hours. */
export type AppEvent = { name: string; data: Record<string, unknown>; id?: string };

/** Names an event and says what it carries: ids, never secrets and never bodies. */
function define<S extends z.ZodObject>(name: string, schema: S): Definition<S> {
  return { name, schema, create: (data, id) => ({ name, data: schema.parse(data), ...(id && { id }) }) };
}

/** Somebody asked for an issue; the row says everything else. */
export const creationRequested = define("issue/creation.requested", z.object({ creationId: z.uuid() }));

/** Results were committed to a run. */
export const resultsImported = define("results/run.imported", z.object({ runId: z.uuid(), fileId: z.uuid() }));
