import type { RouteContract } from "@/lib/contract";
import { previewInput } from "@/lib/issues/inputs";
import { previewSchema } from "@/lib/issues/shapes";

export const contract = {
  POST: {
    method: "POST",
    path: "/api/projects/{projectId}/drafts/preview",
    access: "issues.create",
    summary: "The text exactly as it would be sent, what the tracker cannot keep of it, and as whom. Changes nothing.",
    body: previewInput,
    response: previewSchema,
  },
} satisfies Record<string, RouteContract>;
