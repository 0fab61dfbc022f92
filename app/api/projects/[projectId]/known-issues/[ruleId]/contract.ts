import type { RouteContract } from "@/lib/contract";
import { ruleChange } from "@/lib/triage/rules/inputs";

const path = "/api/projects/{projectId}/known-issues/{ruleId}";

export const contract = {
  PATCH: {
    method: "PATCH",
    path,
    access: "project.manage",
    summary: "Changes a rule, or switches it on or off. What it has linked stays linked.",
    body: ruleChange,
    status: 204,
    audit: "known_issue_rule.changed",
  },
  DELETE: {
    method: "DELETE",
    path,
    access: "project.manage",
    summary: "Deletes a rule. What it has linked stays linked.",
    status: 204,
    audit: "known_issue_rule.deleted",
  },
} satisfies Record<string, RouteContract>;
