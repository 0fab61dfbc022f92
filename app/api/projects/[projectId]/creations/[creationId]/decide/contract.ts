import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { decisionInput } from "@/lib/issues/inputs";
import { creationSchema } from "@/lib/issues/shapes";

export const contract = {
  POST: {
    method: "POST",
    path: "/api/projects/{projectId}/creations/{creationId}/decide",
    access: "issues.create",
    summary:
      "Says whether the issue of an undecided creation is there: by its key or address, or that there is none, so that it is created after one more look.",
    body: decisionInput,
    response: z.object({ creation: creationSchema.pick({ id: true, state: true }) }),
    creates: "once",
    audit: "creation.decided",
  },
} satisfies Record<string, RouteContract>;
