import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { creationSchema } from "@/lib/issues/shapes";

export const contract = {
  POST: {
    method: "POST",
    path: "/api/projects/{projectId}/creations/{creationId}/dismiss",
    access: "issues.create",
    summary: "Lets go of a creation that failed or waits; its draft stays. Answers the tracker's own form, filled in.",
    response: z.object({
      creation: creationSchema.pick({ id: true, state: true, newIssueUrl: true, isNewIssueUrlCut: true }),
    }),
    status: 200,
    audit: "creation.dismissed",
  },
} satisfies Record<string, RouteContract>;
