import type { z } from "zod";
import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { type Tx, transaction } from "@/lib/db/client";
import { lockRow } from "@/lib/db/lock";
import { notFound } from "@/lib/errors";
import type { projectChanges } from "./input";
import { requireFreeName } from "./name";

/** Changes a project's name, description or default branch. */
export async function editProject(member: Member, changes: z.output<typeof projectChanges>): Promise<void> {
  const { workspaceId, projectId } = member;
  await transaction(async (tx) => {
    const before = await lockProject(tx, member);
    const changed = Object.entries(changes).filter(
      ([key, value]) => value !== undefined && before[key as keyof typeof changes] !== value, // entries() forgets the key type
    );
    if (changed.length === 0) return;
    if (changes.name !== undefined && changes.name !== before.name) await requireFreeName(tx, member, changes.name);
    const data = Object.fromEntries(changed);
    await tx.project.update({ where: { id: projectId, workspaceId }, data, select: { id: true } });
    await audit(tx, member, "project.updated", {
      subjectType: "project",
      subjectId: projectId,
      projectId,
      before: Object.fromEntries(changed.map(([key]) => [key, before[key as keyof typeof changes]])), // as above
      after: data,
    });
  });
}

/** Puts a project away, or takes it out again. Its runs and issues stay. */
export async function archiveProject(member: Member, isArchived: boolean): Promise<void> {
  const { workspaceId, projectId } = member;
  await transaction(async (tx) => {
    const { archivedAt } = await lockProject(tx, member);
    if ((archivedAt !== null) === isArchived) return;
    await tx.project.update({
      where: { id: projectId, workspaceId },
      data: { archivedAt: isArchived ? new Date() : null },
      select: { id: true },
    });
    const action = isArchived ? "project.archived" : "project.restored";
    await audit(tx, member, action, { subjectType: "project", subjectId: projectId, projectId });
  });
}

async function lockProject(tx: Tx, { workspaceId, projectId }: Member) {
  await lockRow(tx, "Project", projectId);
  const project = await tx.project.findFirst({
    where: { id: projectId, workspaceId },
    select: { name: true, description: true, defaultBranch: true, archivedAt: true },
  });
  if (!project) throw notFound("project");
  return project;
}
