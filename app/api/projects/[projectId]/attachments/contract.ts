import { fileInput } from "@/lib/attachments/inputs";
import { attachmentSchema } from "@/lib/attachments/shapes";
import type { RouteContract } from "@/lib/contract";

export const contract = {
  POST: {
    method: "POST",
    path: "/api/projects/{projectId}/attachments",
    access: "issues.create",
    summary:
      "Stores a file, which is the body as it is. An image is encoded anew. A file that neither a draft nor an issue shows is deleted after a day.",
    creates: "once",
    audit: "attachment.uploaded",
    query: fileInput,
    status: 201,
    response: attachmentSchema,
  },
} satisfies Record<string, RouteContract>;
