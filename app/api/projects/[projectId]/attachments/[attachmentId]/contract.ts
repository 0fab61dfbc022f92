import { serveInput } from "@/lib/attachments/inputs";
import type { RouteContract } from "@/lib/contract";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/attachments/{attachmentId}",
    access: "project.read",
    summary: "Downloads a file, or a part of it (Range). With `inline=1` an image that has a width is shown.",
    query: serveInput,
  },
  DELETE: {
    method: "DELETE",
    path: "/api/projects/{projectId}/attachments/{attachmentId}",
    access: "issues.create",
    summary: "Deletes a file that you have added (project administrators: any of a result) and that no issue shows.",
    audit: "attachment.deleted",
    status: 204,
  },
} satisfies Record<string, RouteContract>;
