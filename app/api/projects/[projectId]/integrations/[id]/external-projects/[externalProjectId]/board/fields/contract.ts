import { z } from "zod";
import type { RouteContract } from "@/lib/contract";
import { boardFieldInput } from "@/lib/integrations/board-shape";

export const contract = {
  POST: {
    method: "POST",
    path: "/api/projects/{projectId}/integrations/{id}/external-projects/{externalProjectId}/board/fields",
    access: "project.manage",
    summary: "Has a field made that the board lacks; options of one that exists are never written.",
    body: boardFieldInput,
    status: 202,
    response: z.object({ field: z.enum(["priority", "status"]) }),
    audit: "assignment.board_field_requested",
  },
} satisfies Record<string, RouteContract>;
