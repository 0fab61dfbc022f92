import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { assignmentAnswer } from "@/lib/integrations/answers";
import { externalProjectInput } from "@/lib/integrations/inputs";

export const contract = {
  PATCH: {
    method: "PATCH",
    path: "/api/projects/{projectId}/integrations/{id}/external-projects/{externalProjectId}",
    access: "project.manage",
    summary: "Changes what new issues there are like: their type, and whether files are uploaded.",
    body: externalProjectInput,
    response: z.object({ integrations: z.array(assignmentAnswer) }),
    audit: "assignment.project_edited",
  },
} satisfies Record<string, RouteContract>;
