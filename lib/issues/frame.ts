import { type Viewer, visibleTo } from "@/lib/attachments/owner";
import { reachable } from "@/lib/attachments/reachable";
import { prisma } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { listSecretPatterns } from "@/lib/projects/secret-patterns";
import { attachmentIdsIn } from "@/lib/richtext/attachment-ids";
import { doc, italic, link, paragraph } from "@/lib/richtext/build";
import { parseDoc } from "@/lib/richtext/doc";
import type { Content, Frame } from "@/lib/richtext/outgoing";
import type { OwnMatcher } from "@/lib/richtext/secrets/found";
import { ownMatchers } from "@/lib/richtext/secrets/own-pattern";
import type { Reachable } from "@/lib/richtext/target";
import { offersOf } from "@/lib/trackers/offers";
import { trackerOf } from "@/lib/trackers/registry";
import { fileWayOf } from "./files/way";
import { findOrigin } from "./link-back";

/** As a draft or a creation keeps it. */
type Stored = Omit<Content, "description"> & { description: unknown };

type Source = Viewer &
  Stored & {
    integration: { id: string; provider: string };
    resultIds: readonly string[];
    /** Id of the creation: files that were uploaded for it are shown from where they are. */
    id?: string;
    /** Id of the creation, or of the draft whose id it takes over, so that what was shown is what is sent. */
    marker: string | null;
    /** Set where the tracker has refused a text of its own limit. */
    bodyLimitChars?: number | null;
    /** Files that the form lets people take along. */
    offered?: readonly string[];
  };

/** All three that `outgoing` takes. */
export type Framed = { frame: Frame; content: Content; own: OwnMatcher[] };

/** A stored text, and what it is put into: one way, so that the preview and the creating call agree. */
export async function frameOf(source: Source): Promise<Framed> {
  const { integration, marker, bodyLimitChars, title, labels, revealed, attached } = source;
  const tracker = trackerOf(integration.provider);
  const { bodyFormat, limits } = tracker;
  const offers = offersOf(tracker);
  const way = fileWayOf(offers);
  const description = parseDoc(source.description);
  const inText = attachmentIdsIn(description);
  const ids = [...new Set([...inText, ...attached, ...(source.offered ?? [])])];
  const [back, files, addressOf, patterns, uploaded] = await Promise.all([
    findOrigin(source),
    filesOf(source, ids),
    reachable(source, ids),
    listSecretPatterns(source),
    way === "uploaded" ? uploadedFor(source.id) : new Map<string, Reachable>(),
  ]);
  const frame = {
    format: bodyFormat,
    limitChars: bodyLimitChars ?? limits.bodyChars,
    marker,
    // Where a link can stand beside the issue, it does.
    footer: offers.linkBack
      ? null
      : back && doc(paragraph(italic("Filed from Faultline: ", link(back.url, `run ${back.run}`), "."))),
    failureUrl: back?.url ?? null,
    integrationId: integration.id,
    // What the text shows is there already, and what is put beside the issue needs no mention.
    files: way === "attached" ? [] : files.filter(({ attachmentId }) => !inText.includes(attachmentId)),
    reachable: Object.fromEntries(ids.map((id) => [id, addressOf(id) && (uploaded.get(id) ?? addressOf(id))])),
    patterns,
  };
  return { frame, content: { title, description, labels, revealed, attached }, own: ownMatchers(patterns) };
}

/** Of those that are named, what the author of the text may see: names and sizes are told to whoever reads it. */
async function filesOf(author: Viewer, ids: readonly string[]) {
  const rows = await prisma.attachment.findMany({
    where: { ...visibleTo(author), id: { in: ids.filter(isId) } },
    select: { id: true, name: true, mediaType: true, sizeBytes: true },
    orderBy: { id: "asc" },
  });
  return rows.map(({ id: attachmentId, ...file }) => ({ attachmentId, ...file }));
}

/** Files that are at the tracker already, where a text can show them. */
async function uploadedFor(creationId: string | undefined): Promise<Map<string, Reachable>> {
  const rows = creationId
    ? await prisma.issueFile.findMany({
        where: { creationId, url: { not: null } },
        select: { attachmentId: true, url: true },
      })
    : [];
  return new Map(rows.flatMap(({ attachmentId, url }) => (url ? [[attachmentId, { url, embeds: true }]] : [])));
}
