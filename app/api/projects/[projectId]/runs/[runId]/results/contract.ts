import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { resultsInput } from "@/lib/results/inputs";
import { resultRowSchema } from "@/lib/results/shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/runs/{runId}/results",
    access: "project.read",
    summary: "The results of a run, failures first, 100 a page; messages are cut at 1,000 characters.",
    query: resultsInput,
    response: z.object({ results: z.array(resultRowSchema), next: z.string().nullable() }),
  },
} satisfies Record<string, RouteContract>;
