import type { RouteContract } from "@/lib/contract";
import { optionsInput } from "@/lib/issues/inputs";
import { optionsPage } from "@/lib/trackers/form-schema";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/issue-form/options",
    access: "issues.create",
    summary: "A page of the choices of a searched field of the tracker's form, by what is typed.",
    query: optionsInput,
    response: optionsPage,
  },
} satisfies Record<string, RouteContract>;
