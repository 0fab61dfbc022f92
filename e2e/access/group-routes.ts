import type { Row } from "./expect";
import type { Things } from "./world";

type Request = { params: Record<string, string>; query?: Record<string, string>; body?: unknown };

const project = ({ projectId }: Things) => ({ projectId });

/** The rows of what is done with failure groups. */
export const groupRoutes: Record<string, Row & { request: (things: Things) => Request }> = {
  "GET /api/projects/{projectId}/runs/{runId}/groups": {
    level: "viewer",
    ids: ["projectId", "groupRunId"],
    request: (things) => ({ params: { ...project(things), runId: things.groupRunId } }),
  },
  "GET /api/projects/{projectId}/groups/{groupId}": {
    level: "viewer",
    ids: ["projectId", "groupId", "groupRunId"],
    request: (things) => ({
      params: { ...project(things), groupId: things.groupId },
      query: { runId: things.groupRunId },
    }),
  },
  "POST /api/projects/{projectId}/groups/merge": {
    level: "member",
    ids: ["projectId", "groupId", "otherGroupId"],
    request: (things) => ({
      params: project(things),
      body: { into: things.groupId, groupIds: [things.otherGroupId] },
    }),
  },
  "POST /api/projects/{projectId}/groups/assess": {
    level: "member",
    ids: ["projectId", "groupId"],
    request: (things) => ({ params: project(things), body: { groupIds: [things.groupId], assessment: "muted" } }),
  },
  "POST /api/projects/{projectId}/groups/{groupId}/split": {
    level: "member",
    ids: ["projectId", "otherGroupId"],
    request: (things) => ({
      params: { ...project(things), groupId: things.otherGroupId },
      body: { hashes: [things.splitHash] },
    }),
  },
  "POST /api/projects/{projectId}/group-changes/{changeId}/undo": {
    level: "member",
    ids: ["projectId", "groupChangeId"],
    request: (things) => ({ params: { ...project(things), changeId: things.groupChangeId } }),
  },
  "POST /api/projects/{projectId}/cases/{caseId}/assess": {
    level: "member",
    ids: ["projectId", "caseId"],
    request: (things) => ({ params: { ...project(things), caseId: things.caseId }, body: { severity: "high" } }),
  },
};
