import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { idSchema } from "@/lib/db/ids";

export const contract = {
  POST: {
    method: "POST",
    path: "/api/projects/{projectId}/integrations/{id}/links/restore",
    access: "project.manage",
    summary: "Puts back the links that were severed together; `undoId` is what severing them answered.",
    body: z.object({ undoId: idSchema }),
    response: z.object({ restored: z.number() }),
    audit: "issue.all_relinked",
  },
} satisfies Record<string, RouteContract>;
