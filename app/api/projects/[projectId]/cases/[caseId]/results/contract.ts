import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { caseResultsInput } from "@/lib/results/case-inputs";
import { historyRowSchema } from "@/lib/results/case-shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/cases/{caseId}/results",
    access: "project.read",
    summary: "The results of a test case, newest first, 50 a page; messages are cut at 1,000 characters.",
    query: caseResultsInput,
    response: z.object({ results: z.array(historyRowSchema), next: z.string().nullable() }),
  },
} satisfies Record<string, RouteContract>;
