import type { RouteContract } from "@/lib/contract";
import { splitInput } from "@/lib/triage/inputs";
import { changedSchema } from "@/lib/triage/shapes";

export const contract = {
  POST: {
    method: "POST",
    path: "/api/projects/{projectId}/groups/{groupId}/split",
    access: "failures.triage",
    audit: "group.split",
    summary: "Takes fingerprints out of a failure group, or tells the failures of one apart by a varying part.",
    body: splitInput,
    response: changedSchema,
  },
} satisfies Record<string, RouteContract>;
