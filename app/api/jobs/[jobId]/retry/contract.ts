import { z } from "zod";
import type { RouteContract } from "@/lib/contract";

export const contract = {
  POST: {
    method: "POST",
    path: "/api/jobs/{jobId}/retry",
    access: "admin",
    summary: "Starts a failed or cancelled job once more, from its beginning. Answers the new job.",
    status: 201,
    response: z.object({ jobId: z.uuid() }),
    creates: "once",
    audit: "job.retried",
  },
} satisfies Record<string, RouteContract>;
