import { prisma, type Tx } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { isFinished } from "../creation-state";

const select = {
  id: true,
  workspaceId: true,
  projectId: true,
  integrationId: true,
  state: true,
  turnId: true,
  title: true,
  description: true,
  externalProjectId: true,
  externalProjectKey: true,
  labels: true,
  revealed: true,
  attached: true,
  typeId: true,
  textField: true,
  setFields: true,
  reporter: true,
  bodyLimitChars: true,
  bodyCuts: true,
  connectionId: true,
  requestedById: true,
  marker: true,
  sentAt: true,
  lastSentAt: true,
  attempts: true,
  absentSince: true,
  retryAt: true,
  updatedAt: true,
  errorMessage: true,
  warnings: true,
  draftId: true,
  bulkId: true,
  issueId: true,
  finishedAt: true,
  integration: { select: { id: true, provider: true } },
  sources: { select: { resultId: true, groupId: true }, orderBy: { id: "asc" } },
} as const;

/** The creation that a job works on; jobs know it by id alone. */
export async function getCreationById(creationId: string, db: Pick<Tx, "issueCreation"> = prisma) {
  const creation = await db.issueCreation.findUnique({ where: { id: creationId }, select });
  if (!creation) throw notFound("creation");
  return creation;
}

/** For who comes too late: what others have made of it since. */
export const whereItStands = async ({ id }: { id: string }) => ({ state: (await getCreationById(id)).state });

export type Creation = Awaited<ReturnType<typeof getCreationById>>;

/** Done, or handed to another job since: whoever still works on it stops. */
export const isOver = ({ state, turnId }: Creation, job: { turnId: string }): boolean =>
  isFinished(state) || turnId !== job.turnId;
