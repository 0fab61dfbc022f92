// First, because it says which address the product may call before anything reads the environment.

import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { store } from "@/lib/attachments/store";
import { placeOf } from "@/lib/connections/place";
import { seal } from "@/lib/crypto/seal";
import { sha256 } from "@/lib/crypto/sha256";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { keyOf } from "@/lib/integrations/metadata";
import { sandbox } from "../vitest/sandbox";
import { makeGroups } from "./group-things";
import { sandboxProject } from "./sandbox";

const inAnHour = () => new Date(Date.now() + 3_600_000);
const description = { type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text: "It fails." }] }] };

type Place = { workspaceId: string; projectId: string; userId: string };

/** A project with two failed results; the second one has no issue. */
async function makeResults({ workspaceId, projectId }: Place) {
  const [runId, caseId, freeCaseId, resultId, freeResultId] = [newId(), newId(), newId(), newId(), newId()];
  const base = { workspaceId, projectId };
  await prisma.project.create({
    data: { id: projectId, workspaceId, name: `Checkout ${projectId}`, nextRunNumber: 2 },
  });
  await prisma.testCase.createMany({
    data: [caseId, freeCaseId].map((id) => ({ ...base, id, identity: id, suite: "s", className: "c", name: id })),
  });
  await prisma.testRun.create({ data: { ...base, id: runId, number: 1, failed: 2 } });
  const failure = { ...base, runId, status: "failed", rank: 1, message: "boom", stack: "at x" } as const;
  await prisma.testResult.createMany({
    data: [
      { ...failure, id: resultId, caseId },
      { ...failure, id: freeResultId, caseId: freeCaseId },
    ],
  });
  return { runId, caseId, freeCaseId, resultId, freeResultId };
}

/** Two integrations of the sandbox's GitHub; the second one is assigned to no project. */
async function makeIntegrations({ workspaceId, projectId, userId }: Place) {
  const [integrationId, unassignedId, assignmentId, externalProjectId] = [newId(), newId(), newId(), newId()];
  for (const id of [integrationId, unassignedId]) {
    await prisma.integration.create({
      data: {
        ...{ id, workspaceId, provider: "github", name: `Tracker ${id}`, authType: "pat", createdById: userId },
        baseUrl: sandbox.github.apiUrl,
      },
    });
    const connectionId = newId();
    const sealedSecret = seal(sandbox.github.token, placeOf({ id: connectionId, workspaceId, userId: null }));
    await prisma.connection.create({
      data: { id: connectionId, workspaceId, integrationId: id, sealedSecret, login: "qa-bot" },
    });
  }
  await prisma.projectIntegration.create({
    data: { id: assignmentId, workspaceId, projectId, integrationId, isPrimary: true, defaultLabels: [] },
  });
  await prisma.externalProject.create({
    data: {
      ...{ id: externalProjectId, workspaceId, assignmentId, name: "checkout", isDefault: true },
      ...{ ...sandboxProject, url: `${sandbox.github.url}/${sandboxProject.key}` },
    },
  });
  return { integrationId, unassignedId, assignmentId, externalProjectId };
}

/** What the tracker had said of its labels a day ago. */
async function makeMetadata(
  { workspaceId }: Place,
  { integrationId }: { integrationId: string },
): Promise<{ cacheId: string }> {
  const [cacheId, day] = [newId(), 24 * 3_600_000];
  const connection = await prisma.connection.findFirstOrThrow({ where: { integrationId }, select: { id: true } });
  const asked = { project: sandboxProject, query: "", cursor: null };
  await prisma.metadataCache.create({
    data: {
      ...{ id: cacheId, workspaceId, integrationId, connectionId: connection.id, key: keyOf("labels", asked) },
      ...{ value: { asked, answer: { items: ["bug"], next: null } }, fetchedAt: new Date(Date.now() - day) },
    },
  });
  return { cacheId };
}

type Failed = Awaited<ReturnType<typeof makeResults>> & Awaited<ReturnType<typeof makeIntegrations>>;

/** An issue that is linked to the first result, and a creation for it that failed. */
async function makeIssue({ workspaceId, projectId, userId }: Place, failed: Failed) {
  const [issueId, creationId, undecidedId] = [newId(), newId(), newId()];
  const { integrationId, caseId, runId, resultId } = failed;
  await prisma.issue.create({
    data: { id: issueId, workspaceId, title: "Pays twice", state: "open", category: "open" },
  });
  await prisma.externalIssue.create({
    data: {
      ...{ workspaceId, issueId, integrationId, remoteId: issueId, key: `${sandboxProject.key}#1` },
      externalProjectId: sandboxProject.remoteId,
      url: `${sandbox.github.url}/${sandboxProject.key}/issues/1`,
    },
  });
  await prisma.issueLink.create({ data: { workspaceId, projectId, issueId, caseId, runId, resultId } });
  await prisma.issueCreation.create({
    data: {
      ...{ id: creationId, workspaceId, projectId, integrationId, clientKey: creationId, marker: creationId },
      turnId: creationId,
      ...{ state: "failed", title: "Pays twice", description, requestedById: userId },
      ...{ externalProjectId: sandboxProject.remoteId, externalProjectKey: sandboxProject.key },
      ...{ errorKind: "tracker_refused", errorMessage: "no" },
    },
  });
  // Nobody knows whether this one was created; no result stands behind it.
  await prisma.issueCreation.create({
    data: {
      ...{ id: undecidedId, workspaceId, projectId, integrationId, clientKey: undecidedId, marker: undecidedId },
      ...{ state: "unknown", title: "Pays late", description, requestedById: userId, sentAt: new Date() },
      ...{ externalProjectId: sandboxProject.remoteId, externalProjectKey: sandboxProject.key },
    },
  });
  return { issueId, creationId, undecidedId };
}

/** A bulk creation of which one item was refused and the other waits. */
async function makeBulk({ workspaceId, projectId, userId }: Place, { runId, integrationId, ...failed }: Failed) {
  const bulkId = newId();
  await prisma.bulkCreation.create({
    data: {
      ...{ id: bulkId, workspaceId, projectId, runId, integrationId, mode: "separate", requestedById: userId },
      externalProjectId: sandboxProject.remoteId,
      items: {
        create: [
          { position: 0, title: "Pays twice", resultIds: [failed.resultId], state: "refused", errorKind: "forbidden" },
          { position: 1, title: "Pays late", resultIds: [failed.freeResultId] },
        ],
      },
    },
  });
  return { bulkId };
}

async function makeInvitation({ workspaceId, userId }: Place) {
  const [invitationId, invitationToken] = [newId(), randomBytes(24).toString("base64url")];
  await prisma.invitation.create({
    data: {
      id: invitationId,
      workspaceId,
      tokenHash: sha256(invitationToken),
      createdById: userId,
      expiresAt: inAnHour(),
    },
  });
  return { invitationId, invitationToken };
}

/** A member of the workspace who is not in the project, and one who is. */
async function makePeople({ workspaceId, projectId }: Place) {
  const [spareUserId, seatedUserId] = [newId(), newId()];
  for (const userId of [spareUserId, seatedUserId]) {
    await prisma.user.create({ data: { id: userId, email: `${userId}@example.com`, name: userId } });
    await prisma.membership.create({ data: { workspaceId, userId, role: "MEMBER" } });
  }
  await prisma.projectMember.create({ data: { workspaceId, projectId, userId: seatedUserId, role: "VIEWER" } });
  return { spareUserId, seatedUserId };
}

/** A job that failed, and one that waits for its next attempt. Nothing runs their function. */
async function makeJobs({ workspaceId }: Place) {
  const [failedJobId, waitingJobId, eventId] = [newId(), newId(), newId()];
  const base = { functionId: "faultline-nothing", eventIds: [eventId], eventName: "test/asked", workspaceId };
  const soon = inAnHour();
  await prisma.executorEvent.create({
    data: { id: eventId, name: "test/asked", data: { workspaceId }, ts: new Date() },
  });
  await prisma.executorRun.createMany({
    data: [
      { ...base, id: failedJobId, state: "failed", endedAt: new Date() },
      { ...base, id: waitingJobId, state: "running", startedAt: new Date() },
    ],
  });
  await prisma.executorJob.create({
    data: {
      ...{ id: newId(), runId: waitingJobId, functionId: base.functionId, kind: "call", stepId: "step" },
      ...{ attempt: 1, dueAt: soon, rank: soon },
    },
  });
  return { failedJobId, waitingJobId };
}

/** A file with its content, as an upload leaves it. */
async function makeFile({ workspaceId, projectId, userId }: Place, owner: { resultId: string } | { draftId: string }) {
  const [id, text] = [newId(), "output"];
  const file = path.join(os.tmpdir(), id);
  await writeFile(file, text);
  await store().put(id, file);
  await prisma.attachment.create({
    data: {
      ...{ id, workspaceId, projectId, uploadedById: userId, state: "stored", name: "output.txt", path: "output.txt" },
      ...{ mediaType: "text/plain; charset=utf-8", sizeBytes: text.length, sha256: sha256(text), ...owner },
    },
  });
  return id;
}

/** What belongs to one person: a draft, an API token and one more session. */
export async function makePersonal(
  { workspaceId, projectId, integrationId, resultId }: Omit<Place, "userId"> & Failed,
  userId: string,
) {
  const [draftId, tokenId, sessionId] = [newId(), newId(), newId()];
  await prisma.draft.create({
    data: { id: draftId, workspaceId, projectId, integrationId, resultId, userId, title: "Pays twice", description },
  });
  await prisma.apiToken.create({
    data: { id: tokenId, workspaceId, userId, name: "ci", prefix: "flt_test", tokenHash: newId(), scopes: ["read"] },
  });
  await prisma.session.create({ data: { id: sessionId, userId, workspaceId, expiresAt: inAnHour() } });
  const ownAttachmentId = await makeFile({ workspaceId, projectId, userId }, { draftId });
  return { draftId, tokenId, sessionId, ownAttachmentId };
}

/** A rule that names the issue, and finds no failure. */
async function makeRule({ workspaceId, projectId, userId }: Place, issueId: string) {
  const id = newId();
  const what = { name: "Pays twice", field: "both", kind: "text", pattern: "charged twice" };
  await prisma.knownIssueRule.create({ data: { id, workspaceId, projectId, issueId, createdById: userId, ...what } });
  return id;
}

/** One row of each noun, in a project of its own. */
export async function makeThings(workspaceId: string, userId: string) {
  const place = { workspaceId, projectId: newId(), userId };
  const failed = { ...(await makeResults(place)), ...(await makeIntegrations(place)) };
  const personal = await makePersonal({ ...place, ...failed }, userId);
  const people = { ...(await makePeople(place)), ...(await makeInvitation(place)) };
  const asked = { ...(await makeIssue(place, failed)), ...(await makeBulk(place, failed)) };
  const work = { ...asked, ...(await makeJobs(place)) };
  const attachmentId = await makeFile(place, { resultId: failed.resultId });
  const ruleId = await makeRule(place, work.issueId);
  const { cacheId } = await makeMetadata(place, failed);
  const groups = await makeGroups(place);
  return { ...place, ...failed, ...personal, ...people, ...work, ...groups, attachmentId, ruleId, cacheId };
}

/** The ids of one row of each noun. */
export type Things = Awaited<ReturnType<typeof makeThings>>;

/** Lets go of the creation that nobody has decided, so that the integration is free to leave. */
export const letGo = ({ undecidedId: id }: { undecidedId: string }) =>
  prisma.issueCreation.update({ where: { id }, data: { state: "failed", dismissedAt: new Date() } });
