import { z } from "zod";
import type { RouteContract } from "@/lib/contract";

export const contract = {
  DELETE: {
    method: "DELETE",
    path: "/api/projects/{projectId}/integrations/{id}/links",
    access: "project.manage",
    summary: "Takes all issues of the integration off everything in the project, only when `confirm` is true.",
    query: z.object({ confirm: z.enum(["true", "false"]).default("false") }),
    response: z.object({ removed: z.number(), issues: z.number(), undoId: z.string().nullable() }),
    audit: "issue.all_unlinked",
  },
} satisfies Record<string, RouteContract>;
