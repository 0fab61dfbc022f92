import type { Actor } from "@/lib/auth/member";
import { prisma, type Tx } from "@/lib/db/client";
import { AppError, type ErrorKind } from "@/lib/errors";
import type { AuthForm } from "@/lib/trackers/tracker";
import { blamedFieldOf } from "./read-credential";

/** Two integrations of one name could not be told apart in a list. */
export async function refuseTakenName(
  admin: Actor,
  name: string,
  ownId?: string,
  db: Pick<Tx, "integration"> = prisma,
): Promise<void> {
  const taken = await db.integration.findFirst({
    where: { workspaceId: admin.workspaceId, name, ...(ownId !== undefined && { id: { not: ownId } }) },
    select: { id: true },
  });
  const message = "Another integration has this name.";
  if (taken) throw new AppError("conflict", message, { fields: { name: message } });
}

const blamed: Partial<Record<ErrorKind, "baseUrl" | "credential">> = {
  egress_refused: "baseUrl",
  tracker_unreachable: "baseUrl",
  tracker_not_found: "baseUrl",
  tracker_unreadable: "baseUrl",
  timed_out: "baseUrl",
  tracker_unauthorized: "credential",
  tracker_forbidden: "credential",
};

/** Puts a failed probe's message beside the field that it is about. */
export async function blameField<T>(form: AuthForm, probe: Promise<T>): Promise<T> {
  try {
    return await probe;
  } catch (error) {
    const part = error instanceof AppError ? blamed[error.kind] : undefined;
    if (!(error instanceof AppError) || !part) throw error;
    const field = part === "credential" ? blamedFieldOf(form) : part;
    throw new AppError(error.kind, error.message, { cause: error, fields: { [field]: error.message } });
  }
}
