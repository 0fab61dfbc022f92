import type { RouteContract } from "@/lib/contract";
import { boardAnswer } from "@/lib/integrations/board-answer";
import { boardInput } from "@/lib/integrations/board-shape";

const path = "/api/projects/{projectId}/integrations/{id}/external-projects/{externalProjectId}/board";

export const contract = {
  GET: {
    method: "GET",
    path,
    access: "project.manage",
    summary: "The board that new issues there are put on, compared with what the board has now.",
    response: boardAnswer,
  },
  PUT: {
    method: "PUT",
    path,
    access: "project.manage",
    summary: "Sets the board, its fields and the option for each severity and state; null takes it away.",
    body: boardInput,
    response: boardAnswer,
    audit: "assignment.board_chosen",
  },
} satisfies Record<string, RouteContract>;
