import type { Row } from "./expect";
import type { Things } from "./world";

type Request = { params: Record<string, string>; query?: Record<string, string>; body?: unknown };

const at = (
  path: string,
  query: Record<string, string> = {},
): [string, Row & { request: (things: Things) => Request }] => [
  `GET /api/projects/{projectId}/issue-form${path}`,
  {
    level: "member",
    ids: ["projectId", "integrationId"],
    request: ({ projectId, integrationId }) => ({ params: { projectId }, query: { integrationId, ...query } }),
  },
];

/** The rows of the tracker's own form. */
export const formRoutes = Object.fromEntries([
  at(""),
  at("/reporter"),
  at("/labels", { q: "b" }),
  at("/options", { field: "assignees" }),
]);
