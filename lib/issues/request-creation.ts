import { creationRequested } from "@/inngest/events";
import { send } from "@/inngest/outbox";
import { giveToCreation } from "@/lib/attachments/owner";
import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { type Tx, transaction } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { CreationState } from "@/lib/db/generated/enums";
import { isId, newId } from "@/lib/db/ids";
import { AppError, notFound } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import { attachmentIdsIn } from "@/lib/richtext/attachment-ids";
import { countAsking } from "./count-asking";
import { canMove } from "./creation-state";
import type { DescriptionInput } from "./description";
import { getActiveAssignment, targetOf } from "./find-target";
import { rememberChoice } from "./form/last-choice";
import { addSources, findExisting, join } from "./join";
import { checkSamples, lockSources, sourcesOf } from "./lock-sources";
import { makeReady, type Ready } from "./make-ready";
import { checkUnchanged, findMine, jsonOf, refile } from "./refile";
import type { CreationView } from "./shapes";

/** What a person asks for. */
export type CreationInput = {
  integrationId: string;
  title: string;
  description: DescriptionInput;
  resultIds: readonly string[];
  /** Failure groups that the issue is for as a whole; then each result is of one of them, its sample first. */
  groupIds?: readonly string[] | undefined;
  externalProject?: string | null | undefined;
  labels?: readonly string[] | undefined;
  /** The tracker's type of issue, by id or name. */
  type?: string | null | undefined;
  /** Values of the tracker's own fields, by their ids. */
  fields?: Record<string, unknown> | undefined;
  /** The person has seen that there is an issue and wants one more. */
  another?: boolean | undefined;
  draftId?: string | undefined;
  /** Secrets found in the text that the person has seen and sends as they are. */
  revealed?: readonly string[] | undefined;
  /** Files that it takes along beside those in the text. */
  attached?: readonly string[] | undefined;
  /** Ours, and fresh for each intent: a draft's id, a bulk item's, that of an idempotency key. */
  clientKey?: string | undefined;
  /** The bulk creation that asks for it: that was counted when it began, and its calls let those of people pass. */
  bulkId?: string | undefined;
};

/** `joined`: somebody had asked already. `exists`: there are issues, and nothing was started. */
export type Requested =
  | {
      outcome: "started" | "joined";
      creation: { id: string; state: CreationState };
      warnings?: CreationView["warnings"];
    }
  | { outcome: "exists"; creation: { id: string; state: CreationState } | null; issueIds: string[] };

/**
 * Writes down that an issue is wanted and sends the event, both or neither. Whoever asks for a result that is being
 * worked on joins; the answer never waits for the tracker.
 */
export async function requestCreation(member: Member, input: CreationInput): Promise<Requested> {
  if (!input.bulkId) await countAsking(member);
  const ready = await makeReady(member, input);

  // Locked groups and results make the collision that the unique indexes guard against unlikely; it may still be met, once.
  for (let left = 2; ; left--) {
    try {
      return await transaction((tx) => request(tx, member, input, ready));
    } catch (error) {
      if (left === 0 || !isTaken(error)) throw error;
    }
  }
}

async function request(tx: Tx, member: Member, input: CreationInput, ready: Ready): Promise<Requested> {
  const assignment = await getActiveAssignment(member, input.integrationId, tx);
  if (assignment.integration.status !== "active")
    throw new AppError("integration_disabled", `${assignment.integration.name} is disabled: nothing is sent to it.`);
  const target = targetOf(assignment, input.externalProject);
  const wanted = await lockSources(tx, member, input);
  checkSamples(wanted);

  const mine = await findMine(tx, member, input);
  if (mine && !canMove(mine, "retry")) {
    checkUnchanged(mine, { ...ready, target });
    return { outcome: "joined", creation: { id: mine.id, state: mine.state } };
  }
  if (!mine && input.draftId) await checkDraft(tx, member, input.integrationId, input.draftId);

  const joined = await join(tx, member, input.integrationId, wanted, mine?.id);
  if (joined) {
    // A person waits for it from here on: nobody cancels it with the bulk creation that had asked for it.
    if (!input.bulkId)
      await tx.issueCreation.updateMany({ where: { id: joined.id, bulkId: { not: null } }, data: { bulkId: null } });
    return { outcome: "joined", creation: joined };
  }
  const existing = input.another ? null : await findExisting(tx, member, input.integrationId, wanted);
  if (existing) return existing;
  // Of the labels only those that are sent as they were typed: one that held a secret is not kept.
  const labels = (input.labels ?? []).filter((label) => ready.labels.includes(label.trim()));
  if (input.draftId) await rememberChoice(tx, member, placeOf(input, target), { ...ready, labels });
  const id = mine?.id ?? input.draftId ?? input.clientKey ?? newId();
  // What was pasted into the form, or chosen in it, goes with the issue from here on; the draft will be thrown away.
  const takeFiles = () => giveToCreation(tx, member, [...attachmentIdsIn(ready.description), ...ready.attached], id);
  if (mine) {
    await takeFiles();
    return refile(tx, member, mine, { ...ready, target });
  }

  const creation = await tx.issueCreation.create({
    data: {
      id,
      // The id is in the text from the first preview on, so that what was shown is what is sent.
      marker: id,
      clientKey: id,
      turnId: id,
      workspaceId: member.workspaceId,
      projectId: member.projectId,
      integrationId: input.integrationId,
      ...ready,
      ...jsonOf(ready),
      externalProjectId: target.remoteId,
      externalProjectKey: target.key,
      requestedById: member.userId,
      draftId: input.draftId ?? null,
      bulkId: input.bulkId ?? null,
    },
    select: { id: true, state: true },
  });
  await takeFiles();
  await addSources(tx, member, { id, integrationId: input.integrationId }, sourcesOf(wanted));
  const { workspaceId } = member;
  const { integrationId } = input;
  await send(tx, creationRequested.create({ workspaceId, integrationId, creationId: id, turnId: id }));
  await audit(tx, member, "creation.requested", {
    subjectType: "creation",
    subjectId: id,
    projectId: member.projectId,
    after: {
      title: ready.title,
      externalProject: target.key,
      results: wanted.resultIds.length,
      ...(wanted.groupIds.length > 0 && { groups: wanted.groupIds.length }),
      ...(ready.revealed.length > 0 && { secretsSent: ready.revealed.length }),
    },
  });
  await announce(tx, { workspaceId: member.workspaceId, projectId: member.projectId, topic: "creation", id });
  return { outcome: "started", creation, ...(ready.warnings.length > 0 && { warnings: ready.warnings }) };
}

const placeOf = ({ integrationId }: CreationInput, { remoteId }: { remoteId: string }) => {
  return { integrationId, externalProjectId: remoteId };
};

async function checkDraft(tx: Tx, member: Member, integrationId: string, draftId: string): Promise<void> {
  const { userId, workspaceId, projectId } = member;
  const draft = isId(draftId)
    ? await tx.draft.findFirst({
        where: { id: draftId, userId, workspaceId, projectId, integrationId },
        select: { id: true },
      })
    : null;
  if (!draft) throw notFound("draft");
}

const isTaken = (error: unknown) => error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002";
