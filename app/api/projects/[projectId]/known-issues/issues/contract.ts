import type { RouteContract } from "@/lib/contract";
import { issueSearchInput } from "@/lib/triage/rules/inputs";
import { issueChoicesSchema } from "@/lib/triage/rules/shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/known-issues/issues",
    access: "project.manage",
    summary: "Issues for a rule to name: those of the project by title or key, and those that a key or address means.",
    query: issueSearchInput,
    response: issueChoicesSchema,
  },
} satisfies Record<string, RouteContract>;
