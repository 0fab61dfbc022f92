import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { offersOf } from "@/lib/trackers/offers";
import { trackerOf } from "@/lib/trackers/registry";
import { boardOf } from "./board-shape";

/** Why nothing can be created through an assignment at present; null when it can. */
export type Blocked = {
  kind: "disabled" | "inactive" | "needs_reauthorization" | "no_project";
  message: string;
} | null;

export type AssignmentListed = Awaited<ReturnType<typeof listAssignments>>[number];

/** What the project's people may create and link through, the primary one first. No secrets, for every role. */
export async function listAssignments(member: Member) {
  const rows = await prisma.projectIntegration.findMany({
    where: { projectId: member.projectId, workspaceId: member.workspaceId },
    orderBy: [{ isPrimary: "desc" }, { integration: { name: "asc" } }],
    select: {
      id: true,
      integrationId: true,
      isPrimary: true,
      active: true,
      defaultLabels: true,
      addProductLabel: true,
      externalProjects: {
        orderBy: [{ isDefault: "desc" }, { key: "asc" }],
        select: {
          id: true,
          remoteId: true,
          key: true,
          name: true,
          url: true,
          isDefault: true,
          isPublic: true,
          isArchived: true,
          defaultTypeId: true,
          defaultTypeName: true,
          uploadsFiles: true,
          board: true,
        },
      },
      integration: {
        select: {
          name: true,
          provider: true,
          baseUrl: true,
          status: true,
          connections: { where: { userId: null }, select: { id: true, status: true, login: true, displayName: true } },
        },
      },
    },
  });

  return rows.map(({ integration, ...assignment }) => {
    const { connections, provider, status, ...rest } = integration;
    const shared = connections[0] ?? null;
    const tracker = trackerOf(provider);
    const { label, projectNoun } = tracker;
    const offers = offersOf(tracker);
    return {
      ...assignment,
      externalProjects: assignment.externalProjects.map(({ board, ...place }) => ({
        ...place,
        /** The board that new issues are put on. */
        boardName: boardOf(board)?.name ?? null,
      })),
      ...rest,
      provider,
      providerLabel: label,
      projectNoun,
      /** Otherwise its issues are linked only. */
      canCreate: offers.createIssue !== undefined,
      hasTypes: offers.listTypes !== undefined,
      /** Files get an address there that whoever has it can read: a person decides. */
      uploadsFiles: offers.uploadFile !== undefined,
      hasBoards: offers.placeOnBoard !== undefined,
      /** Who issues are filed as: with a shared credential, whoever it belongs to. */
      author: shared && { login: shared.login, displayName: shared.displayName },
      blocked: blockedBy({ status, shared, assignment, name: rest.name, projectNoun }),
    };
  });
}

type State = {
  status: string;
  name: string;
  projectNoun: string;
  shared: { status: string } | null;
  assignment: { active: boolean; externalProjects: readonly { isArchived: boolean }[] };
};

function blockedBy({ status, shared, assignment, name, projectNoun }: State): Blocked {
  if (status !== "active") return { kind: "disabled", message: `${name} is disabled.` };
  if (!assignment.active) return { kind: "inactive", message: `${name} is switched off in this project.` };
  if (shared?.status !== "active")
    return { kind: "needs_reauthorization", message: `${name} needs a new credential from an administrator.` };
  if (assignment.externalProjects.every(({ isArchived }) => isArchived))
    return { kind: "no_project", message: `No ${projectNoun} of ${name} has been chosen for this project.` };
  return null;
}
