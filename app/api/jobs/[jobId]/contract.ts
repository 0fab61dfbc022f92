import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { jobDetailSchema } from "@/lib/jobs/shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/jobs/{jobId}",
    access: "admin",
    summary:
      "A job with its steps, and the ids of what it works for. For a run of a real Inngest 409, and `detail` says where to look.",
    response: z.object({ job: jobDetailSchema }),
  },
} satisfies Record<string, RouteContract>;
