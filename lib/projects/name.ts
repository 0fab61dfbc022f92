import type { Actor } from "@/lib/auth/member";
import type { Tx } from "@/lib/db/client";
import { lockRow } from "@/lib/db/lock";
import { AppError } from "@/lib/errors";

/** Throws conflict when the workspace has a project of that name. Locks the workspace, so that the answer stays true. */
export async function requireFreeName(tx: Tx, { workspaceId }: Actor, name: string): Promise<void> {
  await lockRow(tx, "Workspace", workspaceId);
  const taken = await tx.project.findFirst({ where: { workspaceId, name }, select: { id: true } });
  const message = "There is a project of this name already.";
  if (taken) throw new AppError("conflict", message, { fields: { name: message } });
}
