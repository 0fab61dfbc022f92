import type { RouteContract } from "@/lib/contract";
import { trackerFormSchema } from "@/lib/issues/form/tracker-form";
import { trackerFormInput } from "@/lib/issues/inputs";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/issue-form",
    access: "issues.create",
    summary:
      "The tracker's own form for a place and type: its types, the fields in its order with what can be chosen, and what you chose last. Answered from what is known; `reload` asks the tracker anew.",
    query: trackerFormInput,
    response: trackerFormSchema,
  },
} satisfies Record<string, RouteContract>;
