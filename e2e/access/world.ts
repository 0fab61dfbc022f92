import { createHash, randomBytes } from "node:crypto";
import { encode } from "next-auth/jwt";
import { sessionCookieName } from "@/lib/auth/actor";
import { seal } from "@/lib/crypto/seal";
import { prisma } from "@/lib/db/client";
import type { ProjectRole, WorkspaceRole } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/ids";
import { env } from "@/lib/env";

/** Everybody who may ask. `outsider` administers another workspace, `stranger` is in no project of this one. */
export const roles = ["guest", "outsider", "stranger", "viewer", "member", "projectAdmin", "admin"] as const;
export type Role = (typeof roles)[number];

type Person = { userId: string; sessionId: string; cookie: string };
export type Things = Awaited<ReturnType<typeof makeThings>>;

/** A workspace with one of everything, and another one with the same, for foreign ids. */
export type World = { people: Record<Exclude<Role, "guest">, Person>; own: Things; foreign: Things };

async function makePerson(workspaceId: string, role: WorkspaceRole, name: string): Promise<Person> {
  const userId = newId();
  const sessionId = newId();
  await prisma.user.create({ data: { id: userId, email: `${name}-${userId}@example.com`, name } });
  await prisma.membership.create({ data: { workspaceId, userId, role } });
  await prisma.session.create({
    data: { id: sessionId, userId, workspaceId, expiresAt: new Date(Date.now() + 3_600_000) },
  });
  const jwt = await encode({ token: { sid: sessionId, sub: userId }, secret: env().NEXTAUTH_SECRET });
  return { userId, sessionId, cookie: `${sessionCookieName()}=${jwt}` };
}

const join = (ids: { workspaceId: string; projectId: string }, { userId }: Person, role: ProjectRole) =>
  prisma.projectMember.create({ data: { ...ids, userId, role } });

/** One row of each noun. The integration points at an address where nothing listens. */
async function makeThings(workspaceId: string, userId: string) {
  const [projectId, caseId, runId, resultId] = [newId(), newId(), newId(), newId()];
  const [integrationId, connectionId, assignmentId, externalProjectId] = [newId(), newId(), newId(), newId()];
  const [issueId, linkId, creationId] = [newId(), newId(), newId()];
  const [draftId, tokenId, invitationId] = [newId(), newId(), newId()];
  const base = { workspaceId, projectId };
  const remoteProject = "1001";
  const description = { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: "It fails." }] }] };

  await prisma.project.create({ data: { id: projectId, workspaceId, name: `Checkout ${projectId}` } });
  await prisma.testCase.create({
    data: { ...base, id: caseId, identity: caseId, suite: "checkout", className: "PaymentTest", name: "pays" },
  });
  await prisma.testRun.create({ data: { ...base, id: runId, number: 1, failed: 1 } });
  await prisma.testResult.create({
    data: { ...base, id: resultId, runId, caseId, status: "failed", rank: 1, message: "boom", stack: "at x" },
  });
  await prisma.integration.create({
    data: {
      id: integrationId,
      workspaceId,
      provider: "github",
      name: `Tracker ${integrationId}`,
      baseUrl: "http://127.0.0.1:9",
      authType: "pat",
      createdById: userId,
    },
  });
  const place = { table: "Connection", column: "sealedSecret", rowId: connectionId, workspaceId, userId: null };
  await prisma.connection.create({
    data: { id: connectionId, workspaceId, integrationId, sealedSecret: seal("ghp_test", place), login: "qa-bot" },
  });
  await prisma.projectIntegration.create({
    data: { ...base, id: assignmentId, integrationId, isPrimary: true, defaultLabels: [] },
  });
  await prisma.externalProject.create({
    data: {
      id: externalProjectId,
      workspaceId,
      assignmentId,
      remoteId: remoteProject,
      key: "acme/checkout",
      name: "checkout",
      url: "http://127.0.0.1:9/acme/checkout",
      isDefault: true,
    },
  });
  await prisma.issue.create({
    data: { id: issueId, workspaceId, title: "Pays twice", state: "open", category: "open" },
  });
  await prisma.externalIssue.create({
    data: {
      workspaceId,
      issueId,
      integrationId,
      remoteId: issueId,
      externalProjectId: remoteProject,
      key: "acme/checkout#1",
      url: "http://127.0.0.1:9/acme/checkout/issues/1",
    },
  });
  await prisma.issueLink.create({ data: { ...base, id: linkId, issueId, caseId, runId, resultId } });
  await prisma.issueCreation.create({
    data: {
      ...base,
      id: creationId,
      integrationId,
      clientKey: creationId,
      state: "failed",
      title: "Pays twice",
      description,
      externalProjectId: remoteProject,
      externalProjectKey: "acme/checkout",
      requestedById: userId,
      marker: creationId,
      errorKind: "tracker_refused",
      errorMessage: "no",
    },
  });
  await prisma.draft.create({
    data: { ...base, id: draftId, userId, integrationId, resultId, title: "Pays twice", description },
  });
  await prisma.apiToken.create({
    data: { id: tokenId, workspaceId, userId, name: "ci", prefix: "flt_test", tokenHash: newId(), scopes: ["read"] },
  });
  const invitationToken = randomBytes(24).toString("base64url");
  await prisma.invitation.create({
    data: {
      id: invitationId,
      workspaceId,
      tokenHash: createHash("sha256").update(invitationToken).digest("hex"),
      createdById: userId,
      expiresAt: new Date(Date.now() + 3_600_000),
    },
  });
  return {
    ...{ workspaceId, userId, projectId, caseId, runId, resultId, integrationId, connectionId, assignmentId },
    ...{
      externalProjectId,
      remoteProject,
      issueId,
      linkId,
      creationId,
      draftId,
      tokenId,
      invitationId,
      invitationToken,
    },
  };
}

export async function makeWorld(): Promise<World> {
  const [here, there] = [newId(), newId()];
  await prisma.workspace.createMany({
    data: [
      { id: here, name: "Here" },
      { id: there, name: "There" },
    ],
  });
  const admin = await makePerson(here, "ADMIN", "admin");
  const outsider = await makePerson(there, "ADMIN", "outsider");
  const [own, foreign] = [await makeThings(here, admin.userId), await makeThings(there, outsider.userId)];

  const stranger = await makePerson(here, "MEMBER", "stranger");
  const viewer = await makePerson(here, "MEMBER", "viewer");
  const member = await makePerson(here, "MEMBER", "member");
  const projectAdmin = await makePerson(here, "MEMBER", "project-admin");
  const ids = { workspaceId: here, projectId: own.projectId };
  await join(ids, viewer, "VIEWER");
  await join(ids, member, "MEMBER");
  await join(ids, projectAdmin, "ADMIN");
  return { people: { admin, outsider, stranger, viewer, member, projectAdmin }, own, foreign };
}
