import type { RouteContract } from "@/lib/contract";

export const contract = {
  POST: {
    method: "POST",
    path: "/api/jobs/{jobId}/cancel",
    access: "admin",
    summary: "Ends a job that has not ended.",
    status: 204,
    audit: "job.cancelled",
  },
} satisfies Record<string, RouteContract>;
