import { prisma } from "@/lib/db/client";
import { sandbox } from "../vitest/sandbox";
import type { Row } from "./expect";
import type { Things } from "./world";

type Request = { params: Record<string, string>; query?: Record<string, string>; body?: unknown };

/** The place's issues are put on a board that has no priorities yet. */
export async function giveBoard({ externalProjectId: id }: Things): Promise<void> {
  const board = sandbox.boards().find(({ title }) => title === "Release");
  if (!board) throw new Error("The sandbox has no board.");
  // Whoever was allowed to before has had one made.
  board.fields = board.fields.filter(({ name }) => name !== "Priority");
  const settings = { id: board.id, name: board.title, priority: null, status: null };
  await prisma.externalProject.update({ where: { id }, data: { board: settings } });
}

const at = (
  method: string,
  path: string,
  more: Partial<Row> & { query?: Record<string, string>; body?: unknown } = {},
): [string, Row & { request: (things: Things) => Request }] => {
  const { query, body, ...row } = more;
  return [
    `${method} /api/projects/{projectId}/integrations/{id}/external-projects/{externalProjectId}${path}`,
    {
      level: "projectAdmin",
      ids: ["projectId", "assignmentId", "externalProjectId"],
      ...row,
      request: ({ projectId, assignmentId: id, externalProjectId }) => ({
        params: { projectId, id, externalProjectId },
        ...(query && { query }),
        ...(body !== undefined && { body }),
      }),
    },
  ];
};

/** The rows of the places that issues go to, and of the boards that they are put on there. */
export const placeRoutes = Object.fromEntries([
  at("PATCH", "", { body: { defaultTypeId: null } }),
  at("GET", "/types"),
  at("GET", "/board"),
  at("PUT", "/board", { body: { board: null } }),
  at("GET", "/board/choices", { query: { q: "q" } }),
  at("POST", "/board/fields", { ok: 202, prepare: giveBoard, body: { field: "priority" } }),
]);
