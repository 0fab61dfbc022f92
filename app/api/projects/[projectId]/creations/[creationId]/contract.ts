import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { creationSchema, issueSchema } from "@/lib/issues/shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/creations/{creationId}",
    access: "project.read",
    summary: "Where the creation of an issue stands.",
    response: z.object({ creation: creationSchema, issue: issueSchema.optional() }),
  },
} satisfies Record<string, RouteContract>;
