import type { z } from "zod";
import { audit } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/member";
import { transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { AppError } from "@/lib/errors";
import type { newProjectInput } from "./input";
import { putInProject } from "./members";
import { requireFreeName } from "./name";

/** Makes a project with its creator as project administrator; for administrators of the workspace. */
export async function createProject(actor: Actor, input: z.output<typeof newProjectInput>): Promise<{ id: string }> {
  if (actor.workspaceRole !== "ADMIN")
    throw new AppError("forbidden", "Only administrators of the workspace may create projects.");
  const id = newId();
  await transaction(async (tx) => {
    await requireFreeName(tx, actor, input.name);
    await tx.project.create({ data: { id, workspaceId: actor.workspaceId, ...input }, select: { id: true } });
    await audit(tx, actor, "project.created", { subjectType: "project", subjectId: id, projectId: id, after: input });
    await putInProject(tx, actor, { projectId: id, userId: actor.userId, role: "ADMIN" });
  });
  return { id };
}
