import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { assignmentAnswer } from "@/lib/integrations/answers";
import { assignmentInput } from "@/lib/integrations/inputs";

export const contract = {
  PUT: {
    method: "PUT",
    path: "/api/projects/{projectId}/integrations/{id}",
    access: "project.manage",
    summary:
      "Changes what is given; `externalProject` adds a repository or project by its key and makes it the default.",
    body: assignmentInput.extend({ externalProject: z.string().trim().min(1).max(300).optional() }),
    response: z.object({ integrations: z.array(assignmentAnswer) }),
    audit: "assignment.updated",
  },
  DELETE: {
    method: "DELETE",
    path: "/api/projects/{projectId}/integrations/{id}",
    access: "project.manage",
    summary: "Takes the integration from the project; with issues of the project only when `confirm` is true.",
    query: z.object({ confirm: z.enum(["true", "false"]).default("false") }),
    status: 204,
    audit: "assignment.deleted",
  },
} satisfies Record<string, RouteContract>;
