import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { caseSchema } from "@/lib/results/shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/cases/{caseId}",
    access: "project.read",
    summary: "One test case with its 50 latest results.",
    response: z.object({ case: caseSchema }),
  },
} satisfies Record<string, RouteContract>;
