import canonicalize from "canonicalize";
import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import type { Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import { handOver } from "./creation/hand-over";
import type { CreationInput, Requested } from "./request-creation";

const select = {
  id: true,
  workspaceId: true,
  projectId: true,
  integrationId: true,
  state: true,
  retryAt: true,
  sentAt: true,
  title: true,
  description: true,
  labels: true,
  externalProjectId: true,
} as const;

/** The creation of an earlier sending of the same form, or null. */
export async function findMine(tx: Tx, member: Member, { draftId, clientKey, integrationId }: CreationInput) {
  const key = draftId ?? clientKey;
  if (!key) return null;
  const { workspaceId, projectId, userId } = member;
  return tx.issueCreation.findFirst({
    where: { workspaceId, projectId, clientKey: key, requestedById: userId, integrationId },
    select,
  });
}

type Mine = NonNullable<Awaited<ReturnType<typeof findMine>>>;
type Wanted = Pick<CreationInput, "title" | "description"> & {
  target: { remoteId: string; key: string };
  labels: string[];
};

/**
 * Refuses an edit that could not be sent any more: the call with the earlier text has left, or may have. What was typed
 * stays where it was typed, instead of being taken and dropped.
 */
export function checkUnchanged(mine: Mine, { title, description, labels, target }: Wanted): void {
  const text = (content: unknown) => canonicalize(content);
  const isSame =
    text([mine.title, mine.description, mine.labels, mine.externalProjectId]) ===
    text([title, description, labels, target.remoteId]);
  if (isSame) return;
  const message =
    mine.state === "created"
      ? "The issue was created with the text as you had sent it before. Your changes are not in it."
      : "It is being created with the text as you had sent it before, or may have been. Your changes were not sent.";
  throw new AppError("conflict", message);
}

/** A refused or waiting creation, sent once more: what was typed now replaces what was refused. */
export async function refile(tx: Tx, member: Member, mine: Mine, wanted: Wanted): Promise<Requested> {
  // An earlier call may have gone out: then a look has to come first, and may find what was sent with it.
  if (mine.sentAt) checkUnchanged(mine, wanted);
  const creation = await requeue(tx, member, mine, {
    title: wanted.title,
    description: wanted.description as Prisma.InputJsonObject, // parseDoc's output is plain JSON
    labels: wanted.labels,
    externalProjectId: wanted.target.remoteId,
    externalProjectKey: wanted.target.key,
  });
  return { outcome: "joined", creation };
}

type Stopped = Pick<Mine, "id" | "state" | "workspaceId" | "projectId" | "integrationId">;

/** A person asks once more for what failed or waits. */
export async function requeue(
  tx: Tx,
  member: Member,
  { id, state, ...rest }: Stopped,
  edited: Prisma.IssueCreationUncheckedUpdateManyInput = {},
  turnId?: string,
) {
  if (!(await handOver(tx, { id, ...rest }, edited, turnId))) return { id, state };
  await audit(tx, member, "creation.requested", { subjectType: "creation", subjectId: id, projectId: rest.projectId });
  return { id, state: "queued" as const };
}
