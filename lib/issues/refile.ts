import canonicalize from "canonicalize";
import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import type { Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { AppError } from "@/lib/errors";
import type { RichDoc } from "@/lib/richtext/doc";
import type { SetField } from "@/lib/trackers/tracker";
import { handOver } from "./creation/hand-over";
import type { Ready } from "./make-ready";
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
  revealed: true,
  attached: true,
  typeId: true,
  setFields: true,
  externalProjectId: true,
} as const;

/** The creation of an earlier sending of the same form, or null. */
export async function findMine(
  tx: Tx,
  member: Member,
  { draftId, clientKey, integrationId }: Pick<CreationInput, "draftId" | "clientKey" | "integrationId">,
) {
  const key = draftId ?? clientKey;
  if (!key) return null;
  const { workspaceId, projectId, userId } = member;
  return tx.issueCreation.findFirst({
    where: { workspaceId, projectId, clientKey: key, requestedById: userId, integrationId },
    select,
  });
}

type Mine = NonNullable<Awaited<ReturnType<typeof findMine>>>;
type Wanted = {
  title: string;
  description: RichDoc;
  labels: string[];
  revealed: string[];
  attached: string[];
  typeId: string | null;
  setFields: readonly SetField[];
  target: { remoteId: string; key: string };
};

/**
 * Refuses an edit that could not be sent any more: the call with the earlier text has left, or may have. What was typed
 * stays where it was typed, instead of being taken and dropped.
 */
export function checkUnchanged(mine: Mine, wanted: Wanted): void {
  const text = ({
    title,
    description,
    labels,
    revealed,
    attached,
    typeId,
    setFields,
  }: Omit<Wanted, "target" | "description" | "setFields"> & { description: unknown; setFields: unknown }) =>
    canonicalize([title, description, labels, [...revealed].sort(), [...attached].sort(), typeId, setFields]);
  const isSame = text(mine) === text(wanted) && mine.externalProjectId === wanted.target.remoteId;
  if (isSame) return;
  const message =
    mine.state === "created"
      ? "The issue was created with the text as you had sent it before. Your changes are not in it."
      : "It is being created with the text as you had sent it before, or may have been. Your changes were not sent.";
  throw new AppError("conflict", message);
}

/** A refused or waiting creation, sent once more: what was typed now replaces what was refused. */
export async function refile(
  tx: Tx,
  member: Member,
  mine: Mine,
  { target, ...wanted }: Ready & Pick<Wanted, "target">,
): Promise<Requested> {
  // An earlier call may have gone out: then a look has to come first, and may find what was sent with it.
  if (mine.sentAt) checkUnchanged(mine, { ...wanted, target });
  const creation = await requeue(tx, member, mine, {
    ...wanted,
    ...jsonOf(wanted),
    externalProjectId: target.remoteId,
    externalProjectKey: target.key,
    // What was refused as too long was another text.
    bodyLimitChars: null,
    bodyCuts: 0,
  });
  return { outcome: "joined", creation };
}

/** Values are plain JSON, which their type cannot say. */
export const jsonOf = ({ setFields }: { setFields: readonly SetField[] }) => ({
  setFields: setFields as unknown as Prisma.InputJsonArray,
});

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
