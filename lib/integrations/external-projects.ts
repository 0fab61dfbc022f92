import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { transaction } from "@/lib/db/client";
import { isId, newId } from "@/lib/db/ids";
import { lockRow } from "@/lib/db/lock";
import { AppError, isKind, notFound } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import type { OpenTracker, RemoteProject, Tracker } from "@/lib/trackers/tracker";
import { getAssignment } from "./find-assignment";
import type { ProjectInput } from "./inputs";
import { openTracker } from "./open-tracker";

/**
 * Adds a repository or project of the tracker to an assignment; the latest choice is the default one. The tracker is
 * asked, so that a typed name is stored under its immutable id, and one where nothing can be filed is refused.
 */
export async function chooseExternalProject(
  member: Member,
  assignmentId: string,
  input: ProjectInput,
): Promise<{ id: string }> {
  const { integrationId } = await getAssignment(member, assignmentId);
  const { tracker, provider } = await openTracker({ workspaceId: member.workspaceId, integrationId });
  const remote = await find(tracker, provider, input);
  refuseUnusable(remote, provider);

  return transaction(async (tx) => {
    await lockRow(tx, "Project", member.projectId);
    await getAssignment(member, assignmentId, tx);
    const { projectId, workspaceId } = member;
    await tx.externalProject.updateMany({ where: { workspaceId, assignmentId }, data: { isDefault: false } });

    const { remoteId, key, name, url, isPublic, isArchived } = remote;
    const shown = { key, name, url, isPublic, isArchived, isDefault: true };
    const { id } = await tx.externalProject.upsert({
      where: { assignmentId_remoteId: { assignmentId, remoteId } },
      create: { id: newId(), workspaceId, assignmentId, remoteId, ...shown },
      update: shown,
      select: { id: true },
    });
    await audit(tx, member, "assignment.project_chosen", {
      subjectType: "assignment",
      subjectId: assignmentId,
      projectId,
      after: { remoteId, key, isPublic },
    });
    await announce(tx, { workspaceId, projectId, topic: "integration", id: integrationId });
    return { id };
  });
}

/** Takes a repository or project from an assignment; the issues in it and their links stay. */
export async function removeExternalProject(
  member: Member,
  assignmentId: string,
  externalProjectId: string,
): Promise<void> {
  await transaction(async (tx) => {
    await lockRow(tx, "Project", member.projectId);
    const { integrationId } = await getAssignment(member, assignmentId, tx);
    const { projectId, workspaceId } = member;
    const where = { workspaceId, assignmentId };
    const before = isId(externalProjectId)
      ? await tx.externalProject.findFirst({ where: { ...where, id: externalProjectId } })
      : null;
    if (!before) throw notFound("external project");

    await tx.externalProject.delete({ where: { id: before.id }, select: { id: true } });
    const heir = before.isDefault
      ? await tx.externalProject.findFirst({ where, orderBy: { id: "asc" }, select: { id: true } })
      : null;
    if (heir)
      await tx.externalProject.update({ where: { id: heir.id }, data: { isDefault: true }, select: { id: true } });
    await audit(tx, member, "assignment.project_removed", {
      subjectType: "assignment",
      subjectId: assignmentId,
      projectId,
      before: { remoteId: before.remoteId, key: before.key },
    });
    await announce(tx, { workspaceId, projectId, topic: "integration", id: integrationId });
  });
}

async function find(tracker: OpenTracker, { projectNoun }: Tracker, input: ProjectInput): Promise<RemoteProject> {
  try {
    return await tracker.getProject(input);
  } catch (error) {
    if (isKind(error, "invalid_input")) {
      // Whatever the tracker calls it, on our form it is one field.
      throw new AppError(error.kind, error.message, { cause: error, fields: { externalProject: error.message } });
    }
    if (!isKind(error, "tracker_not_found")) throw error;
    const message = `There is no such ${projectNoun}, or the credential cannot see it.`;
    throw new AppError(error.kind, message, { cause: error, fields: { externalProject: message } });
  }
}

function refuseUnusable({ key, isArchived, hasIssues }: RemoteProject, { projectNoun }: Tracker): void {
  const why = isArchived ? "is archived: nothing can be filed there" : hasIssues ? null : "has issues switched off";
  if (!why) return;
  const message = `The ${projectNoun} ${key} ${why}. Choose another one.`;
  throw new AppError("invalid_input", message, { fields: { externalProject: message } });
}
