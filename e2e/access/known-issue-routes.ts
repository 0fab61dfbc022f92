import type { Row } from "./expect";
import type { Things } from "./world";

type Request = { params: Record<string, string>; query?: Record<string, string>; body?: unknown };

const project = ({ projectId }: Things) => ({ projectId });
const knownIssue = { field: "both", kind: "text", pattern: "boom" };

/** The rows of the rules for known issues. */
export const knownIssueRoutes: Record<string, Row & { request: (things: Things) => Request }> = {
  "GET /api/projects/{projectId}/known-issues": {
    level: "viewer",
    ids: ["projectId"],
    request: (things) => ({ params: project(things) }),
  },
  "POST /api/projects/{projectId}/known-issues": {
    level: "projectAdmin",
    ids: ["projectId", "issueId"],
    ok: 201,
    request: (things) => ({
      params: project(things),
      body: { ...knownIssue, name: "Gateway is down", issue: { issueId: things.issueId } },
    }),
  },
  "POST /api/projects/{projectId}/known-issues/preview": {
    level: "projectAdmin",
    ids: ["projectId", "issueId"],
    request: (things) => ({ params: project(things), body: { ...knownIssue, issueId: things.issueId } }),
  },
  "GET /api/projects/{projectId}/known-issues/issues": {
    level: "projectAdmin",
    ids: ["projectId"],
    request: (things) => ({ params: project(things), query: { q: "twice" } }),
  },
  "PATCH /api/projects/{projectId}/known-issues/{ruleId}": {
    level: "projectAdmin",
    ids: ["projectId", "ruleId", "issueId"],
    ok: 204,
    request: (things) => ({
      params: { ...project(things), ruleId: things.ruleId },
      body: { pattern: "gateway", issue: { issueId: things.issueId } },
    }),
  },
  "DELETE /api/projects/{projectId}/known-issues/{ruleId}": {
    level: "projectAdmin",
    ids: ["projectId", "ruleId"],
    ok: 204,
    request: (things) => ({ params: { ...project(things), ruleId: things.ruleId } }),
  },
};
