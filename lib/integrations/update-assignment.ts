import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { transaction } from "@/lib/db/client";
import { lockRow } from "@/lib/db/lock";
import { announce } from "@/lib/events/announce";
import { getAssignment } from "./find-assignment";
import type { AssignmentInput } from "./inputs";

/** Changes what is given. Making one primary takes it from the one before, so that there is always exactly one. */
export async function updateAssignment(
  member: Member,
  assignmentId: string,
  input: AssignmentInput,
): Promise<{ id: string }> {
  return transaction(async (tx) => {
    await lockRow(tx, "Project", member.projectId);
    const before = await getAssignment(member, assignmentId, tx);
    const { projectId, workspaceId } = member;
    const { isPrimary = before.isPrimary, active = before.active, addProductLabel = before.addProductLabel } = input;
    const defaultLabels = [...new Set(input.defaultLabels ?? before.defaultLabels)];

    if (isPrimary && !before.isPrimary)
      await tx.projectIntegration.updateMany({
        where: { projectId, workspaceId, isPrimary: true },
        data: { isPrimary: false },
      });
    const after = { isPrimary, active, addProductLabel, defaultLabels };
    await tx.projectIntegration.update({ where: { id: before.id }, data: after, select: { id: true } });

    await audit(tx, member, "assignment.updated", {
      subjectType: "assignment",
      subjectId: before.id,
      projectId,
      before: {
        isPrimary: before.isPrimary,
        active: before.active,
        addProductLabel: before.addProductLabel,
        defaultLabels: before.defaultLabels,
      },
      after,
    });
    await announce(tx, { workspaceId, projectId, topic: "integration", id: before.integrationId });
    return { id: before.id };
  });
}

/** The one that issues are created through unless a person chooses another. */
export const setPrimary = (member: Member, assignmentId: string) =>
  updateAssignment(member, assignmentId, { isPrimary: true });
