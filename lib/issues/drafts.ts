import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { prisma, type Tx, transaction } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { isId, newId } from "@/lib/db/ids";
import { AppError, notFound } from "@/lib/errors";
import { listSecretPatterns } from "@/lib/projects/secret-patterns";
import { parseDoc } from "@/lib/richtext/doc";
import { maskText } from "@/lib/richtext/secrets/mask";
import { ownMatchers } from "@/lib/richtext/secrets/own-pattern";
import { getGroupFailure } from "./find-group-failure";
import { getFailure, getHistory } from "./find-result";
import { getActiveAssignment, targetOf } from "./find-target";
import { findLastChoice } from "./form/last-choice";
import { prefill } from "./prefill";
import { prefillGroup } from "./prefill-group";

const select = {
  id: true,
  integrationId: true,
  resultId: true,
  groupId: true,
  externalProjectId: true,
  title: true,
  description: true,
  labels: true,
  revealed: true,
  attached: true,
  typeId: true,
  fields: true,
  version: true,
  updatedAt: true,
} as const;

/** What the form holds; the description is TipTap JSON. `version` is the one that the form had read. */
export type DraftContent = {
  version: number;
  title: string;
  description: unknown;
  labels: readonly string[];
  /** Secrets that are sent as they are; absent: as it was. */
  revealed?: readonly string[] | undefined;
  /** Files that the issue takes along; absent: as it was. */
  attached?: readonly string[] | undefined;
  /** The tracker's type of issue; absent: as it was. */
  typeId?: string | null | undefined;
  /** Values of the tracker's fields, by the form's own keys; absent: as it was. */
  fields?: Readonly<Record<string, unknown>> | undefined;
  /** Our id of the repository, the tracker's, or its key. */
  externalProject?: string | null | undefined;
};

/** Whose draft it is says the member; what it is for, this. */
export type DraftPlace = { integrationId: string } & FormPlace;

/** The result that the issue is created from; with the failure group that it is to be for as a whole. */
export type FormPlace = { resultId: string; groupId?: string | undefined };

/** Where a draft stands: a group's is found from whichever of its results the form is opened. */
export const draftAt = ({ resultId, groupId }: FormPlace) => (groupId ? { groupId } : { resultId, groupId: null });

export type Draft = Prisma.DraftGetPayload<{ select: typeof select }>;

/** `saved: false`: another tab or device was faster, and `draft` is what it wrote. */
export type SavedDraft = { saved: boolean; draft: Draft };

/** The person's draft for this result or group and integration; the first time, one that the failure fills in. */
export async function getOrStartDraft(member: Member, place: DraftPlace): Promise<Draft> {
  const { integrationId, resultId, groupId } = place;
  const failure = await getFailure(member, resultId);
  const group = groupId ? await getGroupFailure(member, groupId, failure) : null;
  const assignment = await getActiveAssignment(member, integrationId);
  const mine = { workspaceId: member.workspaceId, projectId: member.projectId, userId: member.userId };
  const at = { ...mine, integrationId, ...draftAt(place) };
  const known = await prisma.draft.findFirst({ where: at, select });
  // Of a group's, the words stay; from where it is created, and whose files are offered, says the page that is open.
  if (known && known.resultId !== resultId)
    return prisma.draft.update({ where: { id: known.id }, data: { resultId }, select });
  if (known) return known;

  const { title, description } = group
    ? prefillGroup(failure, group)
    : prefill({ ...failure, history: await getHistory(member, failure.caseId) });
  const target = (await lastTarget(member, assignment.externalProjects)) ?? targetOf(assignment);
  const last = await findLastChoice(member, { integrationId, externalProjectId: target.remoteId });
  return transaction(async (tx) => {
    const id = newId();
    const data = {
      id,
      ...mine,
      integrationId,
      resultId,
      groupId: groupId ?? null,
      title,
      description,
      labels: last?.labels ?? [],
      externalProjectId: target.remoteId,
    };
    // Two tabs may open the form at once: the second one takes what the first has started.
    const { count } = await tx.draft.createMany({ data: [data], skipDuplicates: true });
    if (count > 0)
      await audit(tx, member, "draft.started", { subjectType: "draft", subjectId: id, projectId: member.projectId });
    return tx.draft.findFirstOrThrow({ where: at, select });
  });
}

/** Saves what was typed over the version that the tab had read; nobody's newer text is ever overwritten. */
export async function saveDraft(member: Member, place: DraftPlace, content: DraftContent): Promise<SavedDraft> {
  checkRevealed(member, content.revealed);
  const description = parseDoc(content.description);
  const assignment = await getActiveAssignment(member, place.integrationId);
  const { id, externalProjectId } = await findAt(member, place);
  const { count } = await prisma.draft.updateMany({
    where: { id, version: content.version },
    data: {
      title: content.title,
      description,
      labels: [...content.labels],
      ...(content.revealed && { revealed: [...content.revealed] }),
      ...(content.attached && { attached: [...content.attached] }),
      ...(content.typeId !== undefined && { typeId: content.typeId }),
      ...(content.fields && { fields: content.fields as Prisma.InputJsonObject }), // read from JSON by the edge
      externalProjectId: targetOf(assignment, content.externalProject ?? externalProjectId).remoteId,
      version: { increment: 1 },
    },
  });
  return { saved: count > 0, draft: await findAt(member, place) };
}

/** Only who sees a secret in the form can mean to send it as it is. */
export function checkRevealed({ via }: Member, revealed: readonly string[] = [], isForm = true): void {
  if (revealed.length === 0 || (via === "session" && isForm)) return;
  const message = "Secrets are sent as they are from the form alone. Leave this out: they will be masked.";
  throw new AppError("invalid_input", message, { fields: { revealed: message } });
}

/** Throws away what was typed. */
export async function discardDraft(member: Member, draftId: string): Promise<void> {
  // The log is kept for years, and a title is often a message of a failure.
  const own = ownMatchers(await listSecretPatterns(member));
  await transaction(async (tx) => {
    const draft = await getDraft(member, draftId, tx);
    await tx.draft.deleteMany({ where: { id: draft.id } });
    await audit(tx, member, "draft.discarded", {
      subjectType: "draft",
      subjectId: draft.id,
      projectId: member.projectId,
      before: { title: maskText(draft.title, own) },
    });
  });
}

async function findAt(member: Member, { integrationId, ...place }: DraftPlace): Promise<Draft> {
  const { workspaceId, projectId, userId } = member;
  const ids = [integrationId, place.groupId ?? place.resultId];
  const draft = ids.every(isId)
    ? await prisma.draft.findFirst({
        where: { integrationId, ...draftAt(place), workspaceId, projectId, userId },
        select,
      })
    : null;
  // Sent or discarded in another tab: what was typed here is still on the screen.
  if (!draft) throw notFound("draft");
  return draft;
}

/** A draft is its author's alone: for everybody else it does not exist. */
export async function getDraft(member: Member, draftId: string, db: Pick<Tx, "draft"> = prisma): Promise<Draft> {
  const { workspaceId, projectId, userId } = member;
  const draft = isId(draftId)
    ? await db.draft.findFirst({ where: { id: draftId, workspaceId, projectId, userId }, select })
    : null;
  if (!draft) throw notFound("draft");
  return draft;
}

/** Where this person filed last in this project, while it is still assigned. */
async function lastTarget<T extends { remoteId: string }>(member: Member, targets: readonly T[]) {
  const { workspaceId, projectId, userId } = member;
  const last = await prisma.issueCreation.findFirst({
    where: {
      ...{ workspaceId, projectId, requestedById: userId },
      externalProjectId: { in: targets.map(({ remoteId }) => remoteId) },
    },
    orderBy: { createdAt: "desc" },
    select: { externalProjectId: true },
  });
  return targets.find(({ remoteId }) => remoteId === last?.externalProjectId);
}
