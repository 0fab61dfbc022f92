import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { prisma, type Tx, transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { lockRow } from "@/lib/db/lock";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import { log } from "@/lib/log";
import { Meter } from "@/lib/upload/meter";
import { safeName, safePath } from "./file-name";
import { checkOwner, type Owner } from "./owner";
import { reEncode } from "./re-encode";
import type { AttachmentView } from "./shapes";
import { isImageType, type MediaType, sniff } from "./sniff";
import { clearSpool, measure, spool, spoolOf } from "./spool";
import { store } from "./store";
import { viewOf, viewSelect } from "./view";

export type Upload = {
  name: string;
  owner: Owner;
  body: AsyncIterable<Uint8Array>;
  /** Where the sender tells it. */
  expectedBytes?: number | undefined;
};

const dayMs = 86_400_000;

/**
 * Stores a file as it arrives: all of it, or nothing. What it is says its content; an image is written anew from its
 * pixels. The row stands before the first byte, so that whatever a killed process leaves is found.
 */
export async function uploadAttachment(member: Member, upload: Upload): Promise<AttachmentView> {
  const id = newId();
  await transaction((tx) => reserve(tx, member, id, upload));
  try {
    const content = await receive(id, upload);
    await store().put(id, content.file);
    return await transaction((tx) => finish(tx, member, id, content));
  } catch (error) {
    await undo(id).catch((cause) => log.warn({ err: cause }, "what is left of an upload is the sweep's"));
    throw error;
  } finally {
    await clearSpool(id);
  }
}

/** The row first: without it nobody is ever shown a file whose content is gone. */
async function undo(id: string): Promise<void> {
  await prisma.attachment.deleteMany({ where: { id } });
  // The trigger may have told the sweep of it before the content had come.
  await store().delete(id);
}

/** Takes the room that the file may need, before it arrives. */
async function reserve(tx: Tx, member: Member, id: string, { name, owner, expectedBytes }: Upload): Promise<void> {
  const { workspaceId, projectId, userId } = member;
  const maxBytes = env().FAULTLINE_ATTACHMENT_MAX_BYTES;
  if (expectedBytes !== undefined && expectedBytes > maxBytes) throw tooLarge(maxBytes);
  // Uploads of one project reserve one after the other, so that together they keep to its limits.
  await lockRow(tx, "Project", projectId);
  await checkOwner(tx, member, owner);
  const sizeBytes = expectedBytes ?? maxBytes;
  await checkDay(tx, member, sizeBytes);
  await tx.attachment.create({
    data: {
      id,
      workspaceId,
      projectId,
      uploadedById: userId,
      name: safeName(name),
      path: safePath(name),
      sizeBytes,
      ...owner,
    },
    select: { id: true },
  });
}

async function checkDay(tx: Tx, { workspaceId, projectId }: Member, sizeBytes: number): Promise<void> {
  const since = new Date(Date.now() - dayMs);
  // A sum of integers may be larger than any of them can be, which the client's own sum does not allow.
  const [sum] = await tx.$queryRaw<{ bytes: number | null }[]>`
    select sum("sizeBytes")::float8 as bytes from "Attachment"
    where "projectId" = ${projectId}::uuid and "workspaceId" = ${workspaceId}::uuid and "createdAt" > ${since}`;
  const limit = env().FAULTLINE_ATTACHMENT_DAY_BYTES;
  if ((sum?.bytes ?? 0) + sizeBytes > limit)
    throw new AppError(
      "rate_limited",
      `This project has added ${inMb(limit)} MB of files in 24 hours, which is the most. Delete some, or try again tomorrow.`,
      { retryAt: new Date(Date.now() + dayMs) },
    );
}

type Content = {
  file: string;
  mediaType: MediaType;
  sizeBytes: number;
  sha256: string;
  width: number | null;
  height: number | null;
  note: string | null;
};

/** Takes the bytes in, and finds out what they are. */
async function receive(id: string, { body, expectedBytes }: Upload): Promise<Content> {
  const { raw, encoded } = spoolOf(id);
  const meter = new Meter();
  const maxBytes = env().FAULTLINE_ATTACHMENT_MAX_BYTES;
  const { head } = await spool(raw, meter.through(body, { maxBytes, expectedBytes }));
  if (meter.bytes === 0) throw new AppError("invalid_input", "The file is empty. Nothing was stored.");
  const mediaType = sniff(head);
  const plain = { file: raw, width: null, height: null, note: null };
  if (!isImageType(mediaType)) return { ...plain, mediaType, ...(await measure(raw)) };

  const image = await reEncode(raw, encoded, mediaType);
  if (image) return { file: encoded, mediaType, ...image, ...(await measure(encoded)) };
  const note = "It is stored as it was sent: as an image it is broken, or larger than what can be shown.";
  return { ...plain, mediaType: "application/octet-stream", note, ...(await measure(raw)) };
}

async function finish(tx: Tx, member: Member, id: string, { file: _, ...content }: Content): Promise<AttachmentView> {
  const { workspaceId, projectId } = member;
  const where = { id, state: "uploading" } as const;
  const { count } = await tx.attachment.updateMany({ where, data: { ...content, state: "stored" } });
  if (count === 0)
    throw new AppError("conflict", "What the file was for has been deleted in the meantime. Nothing was stored.");
  const select = { ...viewSelect, resultId: true } as const;
  const { resultId, ...row } = await tx.attachment.findUniqueOrThrow({ where: { id }, select });
  const { name, mediaType, sizeBytes } = row;
  await audit(tx, member, "attachment.uploaded", {
    ...{ subjectType: "attachment", subjectId: id, projectId },
    after: { name, mediaType, sizeBytes },
  });
  await announce(tx, { workspaceId, projectId, topic: "attachment", id: resultId ?? id });
  return viewOf(row);
}

const inMb = (bytes: number) => Math.floor(bytes / 1_048_576).toLocaleString("en");

const tooLarge = (maxBytes: number) =>
  new AppError("too_large", `An attachment may have at most ${inMb(maxBytes)} MB. Nothing was stored.`);
