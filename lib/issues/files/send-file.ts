import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { AppError, errorKinds } from "@/lib/errors";
import { outcomeOf } from "@/lib/http/outcome";
import { log } from "@/lib/log";
import type { OutgoingFile, RemoteFile } from "@/lib/trackers/tracker";
import type { Creation } from "../creation/read";
import type { FileToSend } from "./files-of";

/** `sent` before or now; `failed` for good; `doubtful`: it may be there, and is not sent twice; `later`: nothing happened. */
export type FileOutcome =
  | { state: "sent" }
  | { state: "failed"; reason: string }
  | { state: "doubtful" }
  | { state: "later"; at: Date };

const doubt = "It may be there already.";
const soonMs = 30_000;

/**
 * Sends a file once. That a call is about to leave is written down before it does: whoever finds that without an answer
 * knows nothing of its end, and does not send it again behind people's backs.
 */
export async function sendFile(
  { id: creationId, workspaceId }: Pick<Creation, "id" | "workspaceId">,
  { id: attachmentId, content }: FileToSend,
  send: (file: OutgoingFile) => Promise<RemoteFile>,
): Promise<FileOutcome> {
  const key = { creationId_attachmentId: { creationId, attachmentId } };
  const row = await prisma.issueFile.upsert({
    where: key,
    create: { id: newId(), workspaceId, creationId, attachmentId },
    update: {},
    select: { remoteId: true, sentAt: true, errorMessage: true },
  });
  if (row.remoteId !== null) return { state: "sent" };
  if (row.errorMessage === doubt) return { state: "doubtful" };
  if (row.errorMessage !== null) return { state: "failed", reason: row.errorMessage };
  const note = (data: { sentAt?: Date | null; errorMessage?: string }) => prisma.issueFile.update({ where: key, data });
  if (row.sentAt) {
    await note({ errorMessage: doubt });
    return { state: "doubtful" };
  }
  const file = await content();
  if (typeof file === "string") return fail(file);

  const { count } = await prisma.issueFile.updateMany({
    where: { creationId, attachmentId, sentAt: null },
    data: { sentAt: new Date() },
  });
  // Another job sends it at this very moment.
  if (count === 0) return { state: "later", at: new Date(Date.now() + soonMs) };
  try {
    const { remoteId, url, inText } = await send(file);
    await prisma.issueFile.update({ where: key, data: { remoteId, url, inText: inText ?? null } });
    return { state: "sent" };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.warn({ err: error, creationId, attachmentId }, "a file did not get to the tracker");
    if (outcomeOf(error) !== "refused") {
      await note({ errorMessage: doubt });
      return { state: "doubtful" };
    }
    if (errorKinds[error.kind].retry === "never") return fail(error.message.slice(0, 300));
    await note({ sentAt: null });
    return { state: "later", at: error.retryAt ?? new Date(Date.now() + soonMs) };
  }

  async function fail(reason: string): Promise<FileOutcome> {
    await note({ errorMessage: reason });
    return { state: "failed", reason };
  }
}
