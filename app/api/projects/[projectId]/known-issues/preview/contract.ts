import type { RouteContract } from "@/lib/contract";
import { previewInput } from "@/lib/triage/rules/inputs";
import { rulePreviewSchema } from "@/lib/triage/rules/shapes";

export const contract = {
  POST: {
    method: "POST",
    path: "/api/projects/{projectId}/known-issues/preview",
    access: "project.manage",
    summary: "What a rule would have matched in the past, as far as it can look in two seconds; no rule is saved.",
    body: previewInput,
    response: rulePreviewSchema,
    reads: true,
  },
} satisfies Record<string, RouteContract>;
