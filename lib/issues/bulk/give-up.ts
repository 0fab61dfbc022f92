import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { announce } from "@/lib/events/announce";

/** Nobody can ask for what still waits: said on each item, and to be tried again by hand. Rethrows what is no refusal. */
export async function refuseWaiting(bulkId: string, error: unknown): Promise<null> {
  if (!(error instanceof AppError)) throw error;
  await prisma.bulkItem.updateMany({
    where: { bulkId, state: "waiting" },
    data: { state: "refused", errorKind: error.kind, message: error.message.slice(0, 1_000) },
  });
  return null;
}

/** The job of a bulk creation has ended without having asked for everything. What it has asked for goes on. */
export async function giveUpBulk(bulkId: string, reason: string): Promise<{ left: 0 }> {
  await refuseWaiting(bulkId, new AppError("unavailable", `It was not asked for. ${reason}`.trim()));
  const bulk = await prisma.bulkCreation.findUnique({
    where: { id: bulkId },
    select: { workspaceId: true, projectId: true },
  });
  await prisma.bulkCreation.updateMany({ where: { id: bulkId, askedAt: null }, data: { askedAt: new Date() } });
  if (bulk) await announce(prisma, { ...bulk, topic: "bulk", id: bulkId });
  return { left: 0 };
}
