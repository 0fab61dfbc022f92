import type { RouteContract } from "@/lib/contract";
import { groupsInput } from "@/lib/triage/inputs";
import { groupsPageSchema } from "@/lib/triage/shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/runs/{runId}/groups",
    access: "project.read",
    summary:
      "The failure groups of a run, 100 a page: active problems, flaky ones, those assessed away. Totals are of the whole run.",
    query: groupsInput,
    response: groupsPageSchema,
  },
} satisfies Record<string, RouteContract>;
