import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { casesInput } from "@/lib/results/case-inputs";
import { caseRowSchema } from "@/lib/results/case-shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/cases",
    access: "project.read",
    summary:
      "The test cases of a project, in the order in which they first came. One call looks at a part of them: with a filter a page may have few rows or none, and `next` leads on.",
    query: casesInput,
    response: z.object({ cases: z.array(caseRowSchema), next: z.string().nullable() }),
  },
} satisfies Record<string, RouteContract>;
