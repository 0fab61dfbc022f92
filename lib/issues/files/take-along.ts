import { prisma, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import { OutboundError } from "@/lib/http/outcome";
import type { OutgoingFile } from "@/lib/trackers/tracker";
import { type Job, type OpenedCreation, openCreation } from "../creation/open";
import { type Creation, getCreationById, isOver } from "../creation/read";
import { getActiveAssignment, targetOf } from "../find-target";
import type { CreationView } from "../shapes";
import { toWarnings } from "../views";
import { type FileToSend, filesOf, wholeTextOf } from "./files-of";
import { type FileOutcome, sendFile } from "./send-file";
import { uploadsTo } from "./way";

const mostWaitMs = 5 * 60_000;

type Warning = CreationView["warnings"][number];

/** What a step tells the function: when to come back for what the tracker had no time for. */
export type TakenAlong = { sent: number; goesOnAt?: string };

/** `isLast`: what the tracker still has no time for then is left out. */
export type TakeAlong = (creationId: string, job: Job, isLast: boolean) => Promise<TakenAlong>;

/** Where files stand by themselves, they are there before the text that shows them; those that fail are linked to. */
export const uploadFiles: TakeAlong = async (creationId, job, isLast) => {
  const creation = await getCreationById(creationId);
  // A call with the text as it was may have left: its files are what they are.
  if (isOver(creation, job) || creation.sentAt) return { sent: 0 };
  const files = await filesOf(creation);
  if (files.length === 0 || !(await mayUpload(creation))) return { sent: 0 };
  const opened = await openCreation(creation, job).catch(onlyAppErrors);
  const uploadFile = opened?.tracker.uploadFile;
  // What is in the way of this is in the way of the issue, which says it.
  if (!opened || !uploadFile || !(await isStillClosed(creation, opened))) return { sent: 0 };
  const send = (file: OutgoingFile) => uploadFile(opened.project, file);
  return takeAlong({ creation, files, isLast, instead: "Its text links to them here instead." }, send);
};

/** Files beside the issue, now that it is there; and the whole of a text that had to be cut. */
export const attachFiles: TakeAlong = async (creationId, job, isLast) => {
  const creation = await getCreationById(creationId);
  const external = await findExternal(creation);
  if (!external || creation.finishedAt) return { sent: 0 };
  const whole = await wholeTextOf(creation);
  const files = [...(whole ? [whole] : []), ...(await filesOf(creation))];
  if (files.length === 0) return { sent: 0 };
  const opened = await openCreation(creation, job).catch(onlyAppErrors);
  const attachFile = opened?.tracker.attachFile;
  const send = async (file: OutgoingFile) => {
    if (!opened || !attachFile) throw unusable();
    return attachFile({ project: opened.project, ref: external.ref }, file);
  };
  return takeAlong({ creation, files, isLast, instead: "They are in Faultline." }, send);
};

type Sending = { creation: Creation; files: readonly FileToSend[]; isLast: boolean; instead: string };

async function takeAlong(
  { creation, files, isLast, instead }: Sending,
  send: Parameters<typeof sendFile>[2],
): Promise<TakenAlong> {
  const outcomes = new Map<FileToSend, FileOutcome>();
  for (const file of files) {
    const outcome = await sendFile(creation, file, send);
    const isLate = outcome.state === "later";
    // The tracker has asked for patience: the next one would be refused too.
    if (isLate && !isLast) return { sent: countSent(outcomes), goesOnAt: soonEnough(outcome.at).toISOString() };
    outcomes.set(file, isLate ? { state: "failed", reason: "the tracker had no time for it" } : outcome);
  }
  await warn(creation, warningsOf(outcomes, instead));
  return { sent: countSent(outcomes) };
}

/** Nobody waits for hours to see a screenshot. */
const soonEnough = (at: Date) => new Date(Math.min(at.getTime(), Date.now() + mostWaitMs));

const unusable = () =>
  new OutboundError("unavailable", "The tracker cannot be used at the moment.", { outcome: "refused" });

const onlyAppErrors = (error: unknown) => {
  if (!(error instanceof AppError)) throw error;
  return null;
};

const countSent = (outcomes: ReadonlyMap<unknown, FileOutcome>) =>
  [...outcomes.values()].filter(({ state }) => state === "sent").length;

function warningsOf(outcomes: ReadonlyMap<FileToSend, FileOutcome>, instead: string): Warning[] {
  const failed = [...outcomes].flatMap(([{ name }, outcome]) =>
    outcome.state === "failed" ? [`${name} (${outcome.reason.replace(/\.$/, "")})`] : [],
  );
  const doubtful = [...outcomes].flatMap(([{ name }, { state }]) => (state === "doubtful" ? [name] : []));
  return [
    ...(failed.length > 0
      ? [{ kind: "files_not_sent", message: `Not sent along: ${failed.join(", ")}. ${instead}`.trim() }]
      : []),
    ...(doubtful.length > 0
      ? [
          {
            kind: "files_in_doubt",
            message: `Nobody knows whether ${doubtful.join(", ")} got there. Look at the issue: sent once more, it might be there twice.`,
          },
        ]
      : []),
  ];
}

/** Says it beside the issue, once. */
async function warn({ id, workspaceId, projectId }: Creation, found: readonly Warning[]): Promise<void> {
  if (found.length === 0) return;
  await transaction(async (tx) => {
    const { warnings } = await tx.issueCreation.findUniqueOrThrow({ where: { id }, select: { warnings: true } });
    const told = toWarnings(warnings).filter(({ kind }) => !found.some((one) => one.kind === kind));
    await tx.issueCreation.update({ where: { id }, data: { warnings: [...told, ...found] }, select: { id: true } });
    await announce(tx, { workspaceId, projectId, topic: "creation", id });
  });
}

const placeOf = async ({ workspaceId, projectId, integrationId, externalProjectId }: Creation) =>
  targetOf(await getActiveAssignment({ workspaceId, projectId }, integrationId), externalProjectId);

const mayUpload = async (creation: Creation): Promise<boolean> => uploadsTo(await placeOf(creation));

/**
 * Whether the project is as closed as it was when it was chosen, where nobody has said that its files may be public: it
 * may have been opened to everybody since. What cannot be found out counts as open.
 */
async function isStillClosed(creation: Creation, { tracker, project }: OpenedCreation): Promise<boolean> {
  if ((await placeOf(creation)).uploadsFiles !== null) return true;
  const now = await tracker.getProject({ remoteId: project.remoteId }).catch(onlyAppErrors);
  return now !== null && !now.isPublic;
}

const findExternal = async ({ issueId }: Creation) =>
  issueId === null ? null : prisma.externalIssue.findUnique({ where: { issueId }, select: { ref: true } });
