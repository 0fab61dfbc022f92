import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { caseInput } from "@/lib/results/case-inputs";
import { caseHistorySchema, caseSchema } from "@/lib/results/case-shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/cases/{caseId}",
    access: "project.read",
    summary: "One test case, and how it did in its latest 250 results.",
    response: z.object({ case: caseSchema, history: caseHistorySchema }),
  },
  PATCH: {
    method: "PATCH",
    path: "/api/projects/{projectId}/cases/{caseId}",
    access: "failures.triage",
    summary: "Edits a test case over the version that was read; 409 when somebody else has edited it meanwhile.",
    body: caseInput,
    response: z.object({ case: caseSchema }),
    audit: "case.edited",
  },
} satisfies Record<string, RouteContract>;
