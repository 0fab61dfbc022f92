import type { RouteContract } from "@/lib/contract";
import { mergeInput } from "@/lib/triage/inputs";
import { changedSchema } from "@/lib/triage/shapes";

export const contract = {
  POST: {
    method: "POST",
    path: "/api/projects/{projectId}/groups/merge",
    access: "failures.triage",
    audit: "group.merged",
    summary: "Makes failure groups one, with their issues; `into` stays, and later failures of all of them join it.",
    body: mergeInput,
    response: changedSchema,
  },
} satisfies Record<string, RouteContract>;
