import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { issueTypes } from "@/lib/trackers/form-schema";

export const contract = {
  GET: {
    method: "GET",
    path: "/api/projects/{projectId}/integrations/{id}/external-projects/{externalProjectId}/types",
    access: "project.manage",
    summary: "What can be created there; null where there is but one kind of issue.",
    response: z.object({ types: issueTypes.nullable() }),
  },
} satisfies Record<string, RouteContract>;
