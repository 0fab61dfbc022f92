import { z } from "zod";
import type { RouteContract } from "@/lib/contract";

export const contract = {
  POST: {
    method: "POST",
    path: "/api/projects/{projectId}/bulk/{bulkId}/retry",
    access: "issues.create",
    summary: "Asks once more for what failed, and for nothing else.",
    response: z.object({ retried: z.number() }),
    status: 202,
    creates: "once",
    audit: "bulk.retried",
  },
} satisfies Record<string, RouteContract>;
