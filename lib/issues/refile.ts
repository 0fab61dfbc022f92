import { creationRequested } from "@/inngest/events";
import { send } from "@/inngest/outbox";
import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import type { Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { move, noError } from "./creation/move";
import type { CreationInput, Requested } from "./request-creation";

const select = {
  id: true,
  workspaceId: true,
  projectId: true,
  integrationId: true,
  state: true,
  sentAt: true,
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
type Wanted = CreationInput & { target: { remoteId: string; key: string }; labels: string[] };

/**
 * A refused or waiting creation, sent once more after an edit. What was typed now replaces what was refused, unless an
 * earlier call may have gone out with it: then a look has to come first, and only the old text can be found.
 */
export async function refile(tx: Tx, member: Member, mine: Mine, wanted: Wanted): Promise<Requested> {
  const edited: Prisma.IssueCreationUncheckedUpdateManyInput = mine.sentAt
    ? {}
    : {
        title: wanted.title,
        description: wanted.description as Prisma.InputJsonObject, // parseDoc's output is plain JSON
        labels: wanted.labels,
        externalProjectId: wanted.target.remoteId,
        externalProjectKey: wanted.target.key,
      };
  return { outcome: "joined", creation: await requeue(tx, member, mine, edited) };
}

/** Hands a failed or waiting creation to a new job. The marker stays, so that the job looks first where it must. */
export async function requeue(
  tx: Tx,
  member: Member,
  { id, state, integrationId, ...rest }: Pick<Mine, "id" | "state" | "workspaceId" | "projectId" | "integrationId">,
  edited: Prisma.IssueCreationUncheckedUpdateManyInput = {},
) {
  const moved = await move(tx, { id, ...rest }, "retry", { ...edited, ...noError, dismissedAt: null });
  if (!moved) return { id, state };
  await send(tx, creationRequested.create({ workspaceId: rest.workspaceId, integrationId, creationId: id }));
  await audit(tx, member, "creation.requested", { subjectType: "creation", subjectId: id, projectId: rest.projectId });
  return { id, state: "queued" as const };
}
