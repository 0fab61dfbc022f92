import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { ruleInput } from "@/lib/triage/rules/inputs";
import { ruleSchema } from "@/lib/triage/rules/shapes";

const path = "/api/projects/{projectId}/known-issues";

export const contract = {
  GET: {
    method: "GET",
    path,
    access: "project.read",
    summary: "The known-issue rules of a project, by name: 100 at most.",
    response: z.object({ rules: z.array(ruleSchema) }),
  },
  POST: {
    method: "POST",
    path,
    access: "project.manage",
    summary: "Adds a rule: failures whose text matches are linked to its issue.",
    body: ruleInput,
    response: z.object({ id: z.uuid() }),
    status: 201,
    creates: "once",
    audit: "known_issue_rule.added",
  },
} satisfies Record<string, RouteContract>;
