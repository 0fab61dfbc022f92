import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { creationInput } from "@/lib/issues/inputs";
import { creationErrorSchema, creationSchema, issueSchema, warningSchema } from "@/lib/issues/shapes";

export const contract = {
  POST: {
    method: "POST",
    path: "/api/integrations/{id}/create-issue",
    access: "issues.create",
    summary:
      "Starts the creation of an issue, or joins the one that is under way for any of the results or for their failure group. A repetition with the same Idempotency-Key gets the same answer.",
    query: z.object({ wait: z.coerce.number().int().min(0).max(60).default(0) }),
    body: creationInput,
    response: z.object({
      creation: creationSchema
        .pick({ id: true, state: true })
        .extend({ error: creationErrorSchema.optional() })
        .nullable(),
      statusUrl: z.string().optional(),
      /** Somebody had asked for it already. */
      joined: z.boolean().optional(),
      /** There is an issue, and nothing was started: ask with `another` for one more. */
      exists: z.boolean().optional(),
      /** What is not sent as it was given: secrets are masked. */
      warnings: z.array(warningSchema).optional(),
      issue: issueSchema.optional(),
    }),
    status: 202,
    creates: "resumable",
    audit: "creation.requested",
  },
} satisfies Record<string, RouteContract>;
