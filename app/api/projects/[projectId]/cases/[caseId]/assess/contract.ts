import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { assessInput } from "@/lib/triage/inputs";

export const contract = {
  POST: {
    method: "POST",
    path: "/api/projects/{projectId}/cases/{caseId}/assess",
    access: "failures.triage",
    audit: "case.assessed",
    summary: "Sets the severity or the assessment of a test case.",
    body: assessInput,
    response: z.object({ changed: z.number() }),
  },
} satisfies Record<string, RouteContract>;
