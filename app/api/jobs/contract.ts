import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { jobsInput } from "@/lib/jobs/inputs";
import { jobSchema } from "@/lib/jobs/shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/jobs",
    access: "admin",
    summary:
      "The workspace's jobs in the embedded executor, newest first. With a real Inngest 409, and `detail` says where to look.",
    query: jobsInput,
    response: z.object({ jobs: z.array(jobSchema), next: z.string().nullable() }),
  },
} satisfies Record<string, RouteContract>;
