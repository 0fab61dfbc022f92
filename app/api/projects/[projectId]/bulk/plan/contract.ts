import type { RouteContract } from "@/lib/contract";
import { bulkInput } from "@/lib/issues/bulk/inputs";
import { planSchema } from "@/lib/issues/bulk/shapes";
import { formSchema } from "@/lib/issues/shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/bulk/plan",
    access: "issues.create",
    summary: "Where issues of this project can go, and where yours went last.",
    response: formSchema,
  },
  POST: {
    method: "POST",
    path: "/api/projects/{projectId}/bulk/plan",
    access: "issues.create",
    summary:
      "What a bulk creation would do, in numbers: how many issues, what is left out and why, how long it takes. Nothing is written, and the tracker is not asked.",
    body: bulkInput,
    response: planSchema,
    reads: true,
  },
} satisfies Record<string, RouteContract>;
