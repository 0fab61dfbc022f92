import { z } from "zod";
import type { RouteContract } from "@/lib/contract";

export const contract = {
  POST: {
    method: "POST",
    path: "/api/projects/{projectId}/bulk/{bulkId}/cancel",
    access: "issues.create",
    summary: "Stops a bulk creation: what no call has left for is not filed; what is under way comes to its end.",
    response: z.object({ cancelled: z.number() }),
    audit: "bulk.cancelled",
  },
} satisfies Record<string, RouteContract>;
