import type { RouteContract } from "@/lib/contract";
import { bulkItemsInput } from "@/lib/issues/bulk/inputs";
import { bulkPageSchema } from "@/lib/issues/bulk/shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/bulk/{bulkId}",
    access: "project.read",
    summary:
      "A bulk creation with its counts, and a page of its items: what has become of each. `state` takes several.",
    query: bulkItemsInput,
    response: bulkPageSchema,
  },
} satisfies Record<string, RouteContract>;
