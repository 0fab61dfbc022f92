import { prisma } from "@/lib/db/client";
import { authority } from "@/lib/http/test-certificates";
import { sandbox } from "../vitest/sandbox";
import { bulkRoutes } from "./bulk-routes";
import type { Row } from "./expect";
import { formRoutes } from "./form-routes";
import { groupRoutes } from "./group-routes";
import { knownIssueRoutes } from "./known-issue-routes";
import { placeRoutes } from "./place-routes";
import { letGo } from "./things";
import type { Things } from "./world";

type Request = { params?: Record<string, string>; query?: Record<string, string>; body?: unknown };

const project = ({ projectId }: Things) => ({ projectId });
const junit = '<testsuite name="a"><testcase classname="b" name="c"/></testsuite>';
const newToken = () => ({
  provider: "github",
  baseUrl: sandbox.github.apiUrl,
  authType: "pat",
  credential: { token: sandbox.github.token },
});

const nothingThere: Row = { level: "anyone", elsewhere: "app/api/[...path]/route.test.ts" };

/** The reviewed table of routes. A route without a row fails the test; so does a row without a route. */
export const routes: Record<string, Row & { request?: (things: Things) => Request }> = {
  "GET /api/health/live": { level: "anyone" },
  "GET /api/health/ready": { level: "anyone" },
  "GET /api/events": { level: "signedIn" },

  "GET /api/auth/{nextauth}": { level: "anyone", elsewhere: "next-auth's own handler: lib/auth/sign-in.test.ts" },
  "POST /api/auth/{nextauth}": { level: "anyone", elsewhere: "next-auth's own handler: lib/auth/sign-in.test.ts" },
  "GET /api/inngest": { level: "anyone", elsewhere: "signed calls only: inngest/embedded tests" },
  "POST /api/inngest": { level: "anyone", elsewhere: "signed calls only: inngest/embedded tests" },
  "PUT /api/inngest": { level: "anyone", elsewhere: "signed calls only: inngest/embedded tests" },

  "GET /api/{path}": nothingThere,
  "POST /api/{path}": nothingThere,
  "PUT /api/{path}": nothingThere,
  "PATCH /api/{path}": nothingThere,
  "DELETE /api/{path}": nothingThere,

  "GET /api/integrations": { level: "admin" },
  "POST /api/integrations": {
    level: "admin",
    ok: 201,
    request: () => ({ body: { ...newToken(), name: "New one" } }),
  },
  "POST /api/integrations/test-connection": { level: "admin", request: () => ({ body: newToken() }) },
  "GET /api/integrations/address": {
    level: "admin",
    request: () => ({ query: { provider: "github", baseUrl: "github.com" } }),
  },
  "POST /api/integrations/certificate": { level: "admin", request: () => ({ body: { caCertificate: authority } }) },
  "GET /api/integrations/{id}": {
    level: "admin",
    ids: ["integrationId"],
    request: ({ integrationId }) => ({ params: { id: integrationId } }),
  },
  "PUT /api/integrations/{id}": {
    level: "admin",
    ids: ["integrationId"],
    request: ({ integrationId }) => ({ params: { id: integrationId }, body: { name: "Renamed" } }),
  },

  "GET /api/members": { level: "admin" },
  "PATCH /api/members/{userId}": {
    level: "admin",
    ids: ["spareUserId"],
    ok: 204,
    request: ({ spareUserId }) => ({ params: { userId: spareUserId }, body: { role: "ADMIN" } }),
  },
  "DELETE /api/members/{userId}": {
    level: "admin",
    ids: ["spareUserId"],
    ok: 204,
    request: ({ spareUserId }) => ({ params: { userId: spareUserId } }),
  },
  "GET /api/invitations": { level: "admin" },
  "POST /api/invitations": { level: "admin", ok: 201, request: () => ({ body: { workspaceRole: "MEMBER" } }) },
  "DELETE /api/invitations/{invitationId}": {
    level: "admin",
    ids: ["invitationId"],
    ok: 204,
    request: ({ invitationId }) => ({ params: { invitationId } }),
  },

  "GET /api/jobs": { level: "admin" },
  "GET /api/jobs/{jobId}": {
    level: "admin",
    ids: ["failedJobId"],
    request: ({ failedJobId }) => ({ params: { jobId: failedJobId } }),
  },
  "POST /api/jobs/{jobId}/retry": {
    level: "admin",
    ids: ["failedJobId"],
    ok: 201,
    request: ({ failedJobId }) => ({ params: { jobId: failedJobId } }),
  },
  "POST /api/jobs/{jobId}/cancel": {
    level: "admin",
    ids: ["waitingJobId"],
    ok: 204,
    request: ({ waitingJobId }) => ({ params: { jobId: waitingJobId } }),
  },

  "GET /api/projects": { level: "signedIn" },
  "POST /api/projects": { level: "admin", ok: 201, request: () => ({ body: { name: "Payments" } }) },
  "GET /api/projects/{projectId}": {
    level: "viewer",
    ids: ["projectId"],
    request: (things) => ({ params: project(things) }),
  },
  "PATCH /api/projects/{projectId}": {
    level: "projectAdmin",
    ids: ["projectId"],
    request: (things) => ({ params: project(things), body: { name: "Basket" } }),
  },
  "GET /api/projects/{projectId}/members": {
    level: "projectAdmin",
    ids: ["projectId"],
    request: (things) => ({ params: project(things) }),
  },
  "POST /api/projects/{projectId}/members": {
    level: "projectAdmin",
    ids: ["projectId"],
    ok: 204,
    request: (things) => ({ params: project(things), body: { userId: things.spareUserId, role: "MEMBER" } }),
  },
  "PATCH /api/projects/{projectId}/members/{userId}": {
    level: "projectAdmin",
    ids: ["projectId", "seatedUserId"],
    ok: 204,
    request: (things) => ({ params: { ...project(things), userId: things.seatedUserId }, body: { role: "MEMBER" } }),
  },
  "DELETE /api/projects/{projectId}/members/{userId}": {
    level: "projectAdmin",
    ids: ["projectId", "seatedUserId"],
    ok: 204,
    request: (things) => ({ params: { ...project(things), userId: things.seatedUserId } }),
  },

  "GET /api/projects/{projectId}/integrations": {
    level: "viewer",
    ids: ["projectId"],
    request: (things) => ({ params: project(things) }),
  },
  "POST /api/projects/{projectId}/integrations": {
    level: "projectAdmin",
    ids: ["projectId", "unassignedId"],
    ok: 201,
    request: (things) => ({ params: project(things), body: { integrationId: things.unassignedId } }),
  },
  "PUT /api/projects/{projectId}/integrations/{id}": {
    level: "projectAdmin",
    ids: ["projectId", "assignmentId"],
    request: (things) => ({
      params: { ...project(things), id: things.assignmentId },
      body: { defaultLabels: ["bug"] },
    }),
  },
  "DELETE /api/projects/{projectId}/integrations/{id}": {
    level: "projectAdmin",
    ids: ["projectId", "assignmentId"],
    ok: 204,
    prepare: letGo,
    request: (things) => ({ params: { ...project(things), id: things.assignmentId }, query: { confirm: "true" } }),
  },
  "DELETE /api/projects/{projectId}/integrations/{id}/links": {
    level: "projectAdmin",
    ids: ["projectId", "assignmentId"],
    request: (things) => ({ params: { ...project(things), id: things.assignmentId }, query: { confirm: "true" } }),
  },
  "POST /api/projects/{projectId}/integrations/{id}/links/restore": {
    level: "projectAdmin",
    ids: ["projectId", "assignmentId"],
    prepare: ({ workspaceId, projectId, assignmentId, integrationId }) =>
      prisma.auditEntry.create({
        data: {
          ...{ workspaceId, projectId, actorName: "A", via: "session", action: "issue.all_unlinked" },
          ...{ subjectType: "severance", subjectId: assignmentId, before: { assignmentId, integrationId, links: [] } },
        },
      }),
    request: (things) => ({
      params: { ...project(things), id: things.assignmentId },
      body: { undoId: things.assignmentId },
    }),
  },
  "GET /api/projects/{projectId}/integrations/{id}/repositories": {
    level: "projectAdmin",
    ids: ["projectId", "assignmentId"],
    request: (things) => ({ params: { ...project(things), id: things.assignmentId } }),
  },

  "POST /api/projects/{projectId}/runs/import": {
    level: "member",
    ids: ["projectId"],
    request: (things) => ({ params: project(things), body: junit }),
  },
  "GET /api/projects/{projectId}/runs": {
    level: "viewer",
    ids: ["projectId"],
    request: (things) => ({ params: project(things) }),
  },
  "GET /api/projects/{projectId}/runs/{runId}": {
    level: "viewer",
    ids: ["projectId", "runId"],
    request: (things) => ({ params: { ...project(things), runId: things.runId } }),
  },
  "GET /api/projects/{projectId}/runs/{runId}/results": {
    level: "viewer",
    ids: ["projectId", "runId"],
    request: (things) => ({ params: { ...project(things), runId: things.runId } }),
  },
  ...groupRoutes,
  "GET /api/projects/{projectId}/runs/{runId}/results/{resultId}": {
    level: "viewer",
    ids: ["projectId", "runId", "resultId"],
    request: (things) => ({ params: { ...project(things), runId: things.runId, resultId: things.resultId } }),
  },
  "GET /api/projects/{projectId}/cases": {
    level: "viewer",
    ids: ["projectId"],
    request: (things) => ({ params: project(things) }),
  },
  "GET /api/projects/{projectId}/cases/{caseId}": {
    level: "viewer",
    ids: ["projectId", "caseId"],
    request: (things) => ({ params: { ...project(things), caseId: things.caseId } }),
  },
  "PATCH /api/projects/{projectId}/cases/{caseId}": {
    level: "member",
    ids: ["projectId", "caseId"],
    request: (things) => ({
      params: { ...project(things), caseId: things.caseId },
      body: { version: 1, owner: "Ada" },
    }),
  },
  "GET /api/projects/{projectId}/cases/{caseId}/results": {
    level: "viewer",
    ids: ["projectId", "caseId"],
    request: (things) => ({ params: { ...project(things), caseId: things.caseId } }),
  },
  "GET /api/projects/{projectId}/compare": {
    level: "viewer",
    ids: ["projectId", "runId"],
    request: (things) => ({ params: project(things), query: { base: things.runId, head: things.runId } }),
  },

  "POST /api/projects/{projectId}/attachments": {
    level: "member",
    ids: ["projectId", "draftId"],
    ok: 201,
    request: (things) => ({
      params: project(things),
      query: { name: "output.txt", draftId: things.draftId },
      body: "text",
    }),
  },
  "GET /api/projects/{projectId}/attachments/{attachmentId}": {
    level: "viewer",
    ids: ["projectId", "attachmentId"],
    request: (things) => ({ params: { ...project(things), attachmentId: things.attachmentId } }),
  },
  "DELETE /api/projects/{projectId}/attachments/{attachmentId}": {
    level: "member",
    ids: ["projectId", "ownAttachmentId"],
    ok: 204,
    request: (things) => ({ params: { ...project(things), attachmentId: things.ownAttachmentId } }),
  },
  "GET /api/projects/{projectId}/results/{resultId}/attachments": {
    level: "viewer",
    ids: ["projectId", "resultId"],
    request: (things) => ({ params: { ...project(things), resultId: things.resultId } }),
  },
  "POST /api/projects/{projectId}/results/{resultId}/attachments": {
    level: "member",
    ids: ["projectId", "resultId"],
    ok: 201,
    request: (things) => ({
      params: { ...project(things), resultId: things.resultId },
      query: { name: "output.txt" },
      body: "text",
    }),
  },

  ...knownIssueRoutes,

  "POST /api/integrations/{id}/create-issue": {
    level: "member",
    ids: ["projectId", "integrationId", "resultId"],
    ok: 202,
    request: ({ projectId, integrationId, freeResultId, resultId }) => ({
      params: { id: integrationId },
      // The result that has no issue, unless another one is asked for on purpose.
      body: { projectId, title: "It fails", description: "Often.", resultIds: [resultId, freeResultId], another: true },
    }),
  },
  "POST /api/integrations/{id}/link-issue": {
    level: "member",
    ids: ["projectId", "integrationId", "freeResultId"],
    request: ({ projectId, integrationId, freeResultId }) => ({
      params: { id: integrationId },
      body: { projectId, resultId: freeResultId, ref: "acme/checkout#1" },
    }),
  },
  "GET /api/issues/{issueId}": {
    level: "viewer",
    declared: "signedIn",
    ids: ["issueId"],
    request: ({ issueId }) => ({ params: { issueId } }),
  },
  "POST /api/issues/{issueId}/unlink": {
    level: "member",
    ids: ["projectId", "issueId", "resultId"],
    request: ({ projectId, issueId, resultId }) => ({ params: { issueId }, body: { projectId, resultId } }),
  },

  ...placeRoutes,
  ...bulkRoutes,
  ...formRoutes,
  "GET /api/projects/{projectId}/creations/{creationId}": {
    level: "viewer",
    ids: ["projectId", "creationId"],
    request: (things) => ({ params: { ...project(things), creationId: things.creationId } }),
  },
  "POST /api/projects/{projectId}/creations/{creationId}/decide": {
    level: "member",
    ids: ["projectId", "undecidedId"],
    request: (things) => ({
      params: { ...project(things), creationId: things.undecidedId },
      body: { found: false },
    }),
  },
  "POST /api/projects/{projectId}/creations/{creationId}/dismiss": {
    level: "member",
    ids: ["projectId", "creationId"],
    request: (things) => ({ params: { ...project(things), creationId: things.creationId } }),
  },
  "POST /api/projects/{projectId}/creations/{creationId}/retry": {
    level: "member",
    ids: ["projectId", "creationId"],
    ok: 202,
    request: (things) => ({ params: { ...project(things), creationId: things.creationId } }),
  },
  "GET /api/projects/{projectId}/drafts": {
    level: "member",
    ids: ["projectId", "resultId"],
    request: (things) => ({ params: project(things), query: { resultId: things.resultId } }),
  },
  "PUT /api/projects/{projectId}/drafts": {
    level: "member",
    ids: ["projectId", "integrationId", "freeResultId"],
    request: (things) => ({
      params: project(things),
      body: { integrationId: things.integrationId, resultId: things.freeResultId },
    }),
  },
  "DELETE /api/projects/{projectId}/drafts/{draftId}": {
    level: "member",
    ids: ["projectId", "draftId"],
    ok: 204,
    request: (things) => ({ params: { ...project(things), draftId: things.draftId } }),
  },
  "GET /api/projects/{projectId}/drafts/{draftId}/preview": {
    level: "member",
    ids: ["projectId", "draftId"],
    request: (things) => ({ params: { ...project(things), draftId: things.draftId } }),
  },
  "GET /api/projects/{projectId}/issues": {
    level: "viewer",
    ids: ["projectId"],
    request: (things) => ({ params: project(things), query: { resultId: things.resultId } }),
  },
  "GET /api/projects/{projectId}/issues/look-up": {
    level: "member",
    ids: ["projectId", "integrationId"],
    request: (things) => ({
      params: project(things),
      query: { integrationId: things.integrationId, ref: "acme/checkout#1" },
    }),
  },
};

/** Route files without a contract, and why. */
export const withoutContract: Record<string, string> = {};
