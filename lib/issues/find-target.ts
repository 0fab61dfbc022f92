import type { Member } from "@/lib/auth/member";
import { prisma, type Tx } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { AppError, notFound } from "@/lib/errors";
import { offersOf } from "@/lib/trackers/offers";
import { trackerOf } from "@/lib/trackers/registry";

/** The integration as this project may use it; throws not_found when it is not assigned, switched off or foreign. */
export async function getActiveAssignment(
  member: Pick<Member, "workspaceId" | "projectId">,
  integrationId: string,
  db: Pick<Tx, "projectIntegration"> = prisma,
) {
  const { workspaceId, projectId } = member;
  const assignment = isId(integrationId)
    ? await db.projectIntegration.findFirst({
        where: { workspaceId, projectId, integrationId, active: true },
        select: {
          id: true,
          defaultLabels: true,
          addProductLabel: true,
          integration: { select: { id: true, name: true, provider: true, baseUrl: true, status: true } },
          externalProjects: {
            select: {
              ...{ id: true, remoteId: true, key: true, name: true, url: true, isDefault: true, isPublic: true },
              ...{ defaultTypeId: true, defaultTypeName: true, uploadsFiles: true },
            },
            orderBy: [{ isDefault: "desc" }, { key: "asc" }],
          },
        },
      })
    : null;
  if (!assignment) throw notFound("integration");
  return assignment;
}

export type Assignment = Awaited<ReturnType<typeof getActiveAssignment>>;
export type Target = Assignment["externalProjects"][number];

/**
 * The repository that is meant: by our id, the tracker's id or its key; else the default one. One that is not assigned
 * to the project is answered like one that does not exist.
 */
export function targetOf(assignment: Pick<Assignment, "externalProjects">, wanted?: string | null) {
  const { externalProjects } = assignment;
  const target = wanted
    ? externalProjects.find(
        ({ id, remoteId, key }) => id === wanted || remoteId === wanted || key.toLowerCase() === wanted.toLowerCase(),
      )
    : externalProjects[0];
  if (!target) throw notFound("repository or project of the tracker");
  return target;
}

/** Refuses what is to be filed where issues can only be linked. */
export function refuseLinkedOnly({ name, provider }: Pick<Assignment["integration"], "name" | "provider">): void {
  if (offersOf(trackerOf(provider)).createIssue) return;
  throw new AppError("not_supported", `Nothing is filed in ${name}: make the issue there, and link it here.`);
}

/** Ours, those that the project always adds, and those asked for: each once, in this order. */
export function labelsOf(
  assignment: Pick<Assignment, "addProductLabel" | "defaultLabels">,
  asked: readonly string[] = [],
): string[] {
  const all = [...(assignment.addProductLabel ? [productLabel] : []), ...assignment.defaultLabels, ...asked];
  const seen = new Map<string, string>();
  for (const label of all.map((text) => text.trim()).filter(Boolean)) {
    // Trackers take "Bug" and "bug" for one label.
    if (!seen.has(label.toLowerCase())) seen.set(label.toLowerCase(), label);
  }
  return [...seen.values()];
}

export const productLabel = "faultline";
