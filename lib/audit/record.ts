import type { Actor } from "@/lib/auth/member";
import type { Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/ids";
import { currentRequestId } from "@/lib/log";

type Subject = {
  subjectType: string;
  subjectId: string;
  projectId?: string | null;
  /** Never a secret: say that it changed, not what it is. */
  before?: Prisma.InputJsonObject;
  after?: Prisma.InputJsonObject;
};

/** Writes who did what, in the transaction that does it. `action` is noun.verb_past: issue.created. */
export async function audit(tx: Tx, actor: Actor, action: string, subject: Subject): Promise<void> {
  await tx.auditEntry.create({
    data: {
      id: newId(),
      workspaceId: actor.workspaceId,
      actorId: actor.userId,
      actorName: actor.name,
      via: actor.via,
      ip: actor.ip,
      userAgent: actor.userAgent,
      requestId: currentRequestId() ?? null,
      action,
      ...subject,
    },
    select: { id: true },
  });
}
