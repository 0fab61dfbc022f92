import type { RouteContract } from "@/lib/contract";
import { previewSchema } from "@/lib/issues/shapes";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/drafts/{draftId}/preview",
    access: "issues.create",
    summary: "The draft's text exactly as it would be sent, what the tracker cannot keep of it, and as whom.",
    response: previewSchema,
  },
} satisfies Record<string, RouteContract>;
