import type { RouteContract } from "@/lib/contract";

export const contract = {
  DELETE: {
    method: "DELETE",
    path: "/api/projects/{projectId}/drafts/{draftId}",
    access: "issues.create",
    summary: "Throws a draft away.",
    status: 204,
    audit: "draft.discarded",
  },
} satisfies Record<string, RouteContract>;
