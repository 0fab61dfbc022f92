import type { Row } from "./expect";
import type { Things } from "./world";

type Request = { params: Record<string, string>; query?: Record<string, string>; body?: unknown };

const project = ({ projectId }: Things) => ({ projectId });
const bulkOf = ({ runId, integrationId }: Things) => ({ runId, integrationId, mode: "separate", selection: null });

/** The rows of issues that are made many at once. */
export const bulkRoutes: Record<string, Row & { request: (things: Things) => Request }> = {
  "GET /api/projects/{projectId}/bulk": {
    level: "viewer",
    ids: ["projectId"],
    request: (things) => ({ params: project(things), query: { runId: things.runId } }),
  },
  "POST /api/projects/{projectId}/bulk": {
    level: "member",
    ids: ["projectId", "integrationId", "runId"],
    ok: 202,
    request: (things) => ({ params: project(things), body: bulkOf(things) }),
  },
  "GET /api/projects/{projectId}/bulk/plan": {
    level: "member",
    ids: ["projectId"],
    request: (things) => ({ params: project(things) }),
  },
  "POST /api/projects/{projectId}/bulk/plan": {
    level: "member",
    ids: ["projectId", "integrationId", "runId"],
    request: (things) => ({ params: project(things), body: bulkOf(things) }),
  },
  "GET /api/projects/{projectId}/bulk/{bulkId}": {
    level: "viewer",
    ids: ["projectId", "bulkId"],
    request: (things) => ({ params: { ...project(things), bulkId: things.bulkId } }),
  },
  "POST /api/projects/{projectId}/bulk/{bulkId}/cancel": {
    level: "member",
    ids: ["projectId", "bulkId"],
    request: (things) => ({ params: { ...project(things), bulkId: things.bulkId } }),
  },
  "POST /api/projects/{projectId}/bulk/{bulkId}/retry": {
    level: "member",
    ids: ["projectId", "bulkId"],
    ok: 202,
    request: (things) => ({ params: { ...project(things), bulkId: things.bulkId } }),
  },
};
