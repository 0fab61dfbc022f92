import { filesInput, resultFileInput } from "@/lib/attachments/inputs";
import { attachmentSchema, attachmentsSchema } from "@/lib/attachments/shapes";
import type { RouteContract } from "@/lib/contract";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/results/{resultId}/attachments",
    access: "project.read",
    summary: "The files of a result, oldest first, and those that its report names and nobody has sent.",
    query: filesInput,
    response: attachmentsSchema,
  },
  POST: {
    method: "POST",
    path: "/api/projects/{projectId}/results/{resultId}/attachments",
    access: "results.import",
    summary: "Adds a file, which is the body as it is, to a result. An image is encoded anew.",
    creates: "once",
    audit: "attachment.uploaded",
    query: resultFileInput,
    status: 201,
    response: attachmentSchema,
  },
} satisfies Record<string, RouteContract>;
