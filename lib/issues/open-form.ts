import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { offersOf } from "@/lib/trackers/offers";
import { trackerOf } from "@/lib/trackers/registry";
import { draftAt, type FormPlace } from "./drafts";
import { fileWayOf, uploadsTo } from "./files/way";
import { getFailure } from "./find-result";
import { labelsOf } from "./find-target";
import { getGroupId } from "./groups";

/** Where issues of this project can go, and where this person's form stands: an open draft first, else the last choice. */
export async function openForm(member: Member, place: FormPlace) {
  await getFailure(member, place.resultId);
  if (place.groupId) await getGroupId(member, place.groupId);
  const { integrations, integrationId } = await listTargets(member);
  const { workspaceId, projectId, userId } = member;
  const draft = await prisma.draft.findFirst({
    where: {
      ...{ workspaceId, projectId, userId, ...draftAt(place) },
      integrationId: { in: integrations.map(({ id }) => id) },
    },
    orderBy: { updatedAt: "desc" },
    select: { integrationId: true },
  });
  return { integrations, integrationId: draft?.integrationId ?? integrationId };
}

/** Where issues of this project can go, and where this person's last one went. */
export async function listTargets({ workspaceId, projectId, userId }: Member) {
  const assignments = await prisma.projectIntegration.findMany({
    where: { workspaceId, projectId, active: true, integration: { status: "active" }, externalProjects: { some: {} } },
    orderBy: [{ isPrimary: "desc" }, { createdAt: "asc" }],
    select: {
      addProductLabel: true,
      defaultLabels: true,
      integration: { select: { id: true, name: true, provider: true } },
      externalProjects: {
        select: { remoteId: true, key: true, name: true, isPublic: true, isDefault: true, uploadsFiles: true },
        orderBy: [{ isDefault: "desc" }, { key: "asc" }],
      },
    },
  });
  const integrations = assignments.map(({ integration, externalProjects, ...assignment }) => {
    const tracker = trackerOf(integration.provider);
    const { label, projectNoun, limits } = tracker;
    const offers = offersOf(tracker);
    return {
      ...integration,
      ...{ label, projectNoun, titleChars: limits.titleChars, labels: labelsOf(assignment) },
      canCreate: offers.createIssue !== undefined,
      hasForm: offers.listTypes !== undefined || offers.getForm !== undefined,
      files: fileWayOf(offers),
      externalProjects: externalProjects.map((place) => ({ ...place, uploadsFiles: uploadsTo(place) })),
    };
  });
  const ids = integrations.flatMap(({ id, canCreate }) => (canCreate ? id : []));
  const last = await prisma.issueCreation.findFirst({
    where: { workspaceId, projectId, requestedById: userId, integrationId: { in: ids } },
    orderBy: { createdAt: "desc" },
    select: { integrationId: true },
  });
  return { integrations, integrationId: last?.integrationId ?? ids[0] ?? integrations[0]?.id ?? null };
}
