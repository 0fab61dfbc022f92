import { open } from "@/lib/crypto/seal";
import { prisma } from "@/lib/db/client";
import { isKind } from "@/lib/errors";
import type { Credential } from "@/lib/trackers/tracker";
import { unpackCredential } from "./credential";
import { placeOf } from "./place";

/**
 * A stored credential for an edit that keeps a part of it, not for a call: that goes through `withToken`. Null where
 * none is stored, or where the present keys do not open it, so that a new one can still be entered.
 */
export async function readStoredCredential(
  ref: { id: string; workspaceId: string },
  authType: string,
): Promise<Credential | null> {
  const stored = await prisma.connection.findFirst({
    where: { id: ref.id, workspaceId: ref.workspaceId },
    select: { id: true, workspaceId: true, userId: true, sealedSecret: true },
  });
  if (!stored) return null;
  try {
    return unpackCredential(authType, open(stored.sealedSecret, placeOf(stored)));
  } catch (error) {
    if (isKind(error, "secret_unreadable")) return null;
    throw error;
  }
}
