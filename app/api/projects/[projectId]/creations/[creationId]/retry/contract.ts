import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { creationSchema } from "@/lib/issues/shapes";

export const contract = {
  POST: {
    method: "POST",
    path: "/api/projects/{projectId}/creations/{creationId}/retry",
    access: "issues.create",
    summary: "Tries once more what failed or waits; looks first where an earlier call may have gone out.",
    response: z.object({ creation: creationSchema.pick({ id: true, state: true }).nullable() }),
    status: 202,
    creates: "resumable",
    audit: "creation.requested",
  },
} satisfies Record<string, RouteContract>;
