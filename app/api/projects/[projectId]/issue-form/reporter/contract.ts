import type { RouteContract } from "@/lib/contract";
import { reporterFormSchema } from "@/lib/issues/form/reporter-field";
import { reporterInput } from "@/lib/issues/inputs";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/issue-form/reporter",
    access: "issues.create",
    summary:
      "In whose name your issue will be filed: your account at the tracker, found by e-mail address or by a full name that one alone has; null: the owner of the key that Faultline uses.",
    query: reporterInput,
    response: reporterFormSchema,
  },
} satisfies Record<string, RouteContract>;
