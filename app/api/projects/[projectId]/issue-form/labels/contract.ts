import type { RouteContract } from "@/lib/contract";
import { labelsInput } from "@/lib/issues/inputs";
import { labelsPage } from "@/lib/trackers/form-schema";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/issue-form/labels",
    access: "issues.create",
    summary: "A page of the labels that there are at the tracker, by what is typed.",
    query: labelsInput,
    response: labelsPage,
  },
} satisfies Record<string, RouteContract>;
