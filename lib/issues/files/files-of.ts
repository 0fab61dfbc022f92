import { visibleTo } from "@/lib/attachments/owner";
import { store } from "@/lib/attachments/store";
import { prisma } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { attachmentIdsIn } from "@/lib/richtext/attachment-ids";
import { parseDoc } from "@/lib/richtext/doc";
import { outgoing } from "@/lib/richtext/outgoing";
import type { OutgoingFile } from "@/lib/trackers/tracker";
import type { Creation } from "../creation/read";
import { frameOf } from "../frame";
import { outgoingMask } from "../outgoing-mask";
import { encodingOf } from "./encoding";

/** A file that an issue takes to its tracker. `content`: made when its turn comes; text says why there is none. */
export type FileToSend = { id: string; name: string; content: () => Promise<OutgoingFile | string> };

const mostFiles = 50;
// A text is searched for secrets as a whole.
const mostTextBytes = 8_000_000;
const mostBytes = 250_000_000;

/** The files that the text of an issue shows and those that were chosen beside it, as its author sees them. */
export async function filesOf(creation: Creation): Promise<FileToSend[]> {
  const { workspaceId, projectId, requestedById: userId, attached } = creation;
  const ids = [...new Set([...attachmentIdsIn(parseDoc(creation.description)), ...attached])].filter(isId);
  if (ids.length === 0) return [];
  const rows = await prisma.attachment.findMany({
    where: { ...visibleTo({ workspaceId, projectId, userId }), id: { in: ids } },
    select: { id: true, name: true, mediaType: true, sizeBytes: true },
    orderBy: { id: "asc" },
    take: mostFiles,
  });
  const mask = await outgoingMask(creation);
  return rows.map((row) => ({ id: row.id, name: mask(row.name), content: () => contentOf(row, mask) }));
}

type Row = { id: string; name: string; mediaType: string; sizeBytes: number };

/** Bytes as they are; in a text what looks like a secret is masked, as in the issue itself. */
async function contentOf({ id, mediaType, sizeBytes, ...row }: Row, mask: (text: string) => string) {
  const name = mask(row.name);
  if (sizeBytes > mostBytes) return "it is too large";
  const blob = await store().blob(id);
  if (!blob) return "its content is missing";
  const encoding = await encodingOf(mediaType, blob);
  if (encoding === null) return { name, mediaType, blob };
  if (sizeBytes > mostTextBytes) return "it is too long to be searched for secrets";
  const text = new TextDecoder(encoding).decode(await blob.arrayBuffer());
  const masked = mask(text);
  if (masked === text) return { name, mediaType, blob };
  const type = "text/plain; charset=utf-8";
  return { name, mediaType: type, blob: new Blob([masked], { type }) };
}

/** The whole text, as Markdown, of an issue whose own had to be cut; null: it is whole. */
export async function wholeTextOf(creation: Creation): Promise<FileToSend | null> {
  const resultIds = creation.sources.map(({ resultId }) => resultId);
  const framed = await frameOf({ ...creation, userId: creation.requestedById, resultIds });
  if (!outgoing(framed.frame, framed.content, framed.own).body.isCut) return null;
  const frame = { ...framed.frame, format: "gfm" as const, limitChars: Number.MAX_SAFE_INTEGER, marker: null };
  const { body } = outgoing(frame, framed.content, framed.own);
  const [name, mediaType] = ["whole-description.md", "text/markdown"];
  // Under the creation's own id: there is one of them.
  return { id: creation.id, name, content: async () => ({ name, mediaType, blob: new Blob([body.output]) }) };
}
