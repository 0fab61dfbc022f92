import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { transaction } from "@/lib/db/client";
import { isId, newId } from "@/lib/db/ids";
import { lockRow } from "@/lib/db/lock";
import { AppError, isKind, notFound } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import { offersOf } from "@/lib/trackers/offers";
import { trackerOf } from "@/lib/trackers/registry";
import type { OpenTracker, RemoteProject, Tracker } from "@/lib/trackers/tracker";
import { countReading } from "./count-reading";
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
  await countReading(member);
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

/**
 * Where a tracker only knows one place there is nothing to choose. Asked only of those that nothing is filed in: what they
 * know is the pattern of an address, and no call is made.
 */
export async function chooseOnlyProject(member: Member, assignmentId: string): Promise<void> {
  const { integrationId, integration } = await getAssignment(member, assignmentId);
  if (offersOf(trackerOf(integration.provider)).createIssue) return;
  const { tracker } = await openTracker({ workspaceId: member.workspaceId, integrationId });
  const { items, next } = await tracker.listProjects({});
  const [only] = items;
  if (only && items.length === 1 && next === null)
    await chooseExternalProject(member, assignmentId, { remoteId: only.remoteId });
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
