import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { resultSchema } from "@/lib/results/shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/runs/{runId}/results/{resultId}",
    access: "project.read",
    summary: "One result with stack, output, attempts and properties.",
    response: z.object({ result: resultSchema }),
  },
} satisfies Record<string, RouteContract>;
