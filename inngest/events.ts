import { z } from "zod";
import { AppError } from "@/lib/errors";

type Definition<S extends z.ZodType> = {
  name: string;
  create(data: z.input<S>, id?: string): AppEvent;
  /** What a job gets. Throws invalid_input, which no repetition can mend. */
  read(data: unknown): z.output<S>;
};

/** An event as the outbox keeps it. `id` makes a repetition harmless: one run per function and id in 24 hours. */
export type AppEvent = { name: string; data: Record<string, unknown>; id?: string };

/** Names an event and says what it carries: ids, never secrets and never bodies. */
function define<S extends z.ZodObject>(name: string, schema: S): Definition<S> {
  return {
    name,
    create: (data, id) => ({ name, data: schema.parse(data), ...(id && { id }) }),
    read: (data) => {
      const parsed = schema.safeParse(data);
      if (parsed.success) return parsed.data;
      throw new AppError("invalid_input", `The event ${name} does not carry what it should.`, { cause: parsed.error });
    },
  };
}

// Each event of a tenant carries its workspace: its runs are shown to that workspace's administrators alone.

/**
 * Somebody asked for an issue; the row says everything else. The integration shares out the places of the job, and of
 * one turn (one asking) there is never more than one unfinished run.
 */
export const creationRequested = define(
  "issue/creation.requested",
  z.object({ workspaceId: z.uuid(), integrationId: z.uuid(), creationId: z.uuid(), turnId: z.uuid() }),
);

/** Many failures are to become issues, or some of them once more; the rows say which. */
export const bulkRequested = define("issue/bulk.requested", z.object({ workspaceId: z.uuid(), bulkId: z.uuid() }));

/** Results were committed to a run. */
export const resultsImported = define(
  "results/run.imported",
  z.object({ workspaceId: z.uuid(), runId: z.uuid(), fileId: z.uuid() }),
);

/** A known-issue rule was saved that is to be applied to the past as well. */
export const knownIssueRuleSaved = define(
  "triage/known-issue-rule.saved",
  z.object({ workspaceId: z.uuid(), ruleId: z.uuid() }),
);

/** What a tracker says of its forms was shown, and is no longer fresh. */
export const metadataStale = define(
  "integration/metadata.stale",
  z.object({ workspaceId: z.uuid(), cacheId: z.uuid() }),
);

/** A board lacks a field that somebody wants there. */
export const boardFieldRequested = define(
  "integration/board_field.requested",
  z.object({ workspaceId: z.uuid(), externalProjectId: z.uuid(), field: z.enum(["priority", "status"]) }),
);

/** The engine's own news of a run that failed or was cancelled: what it was started with. */
export const runEnded = define(
  "inngest/function.*",
  z.object({ run_id: z.string(), function_id: z.string(), event: z.object({ data: z.unknown() }) }),
);
