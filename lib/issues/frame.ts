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
import { trackerOf } from "@/lib/trackers/registry";
import { resultUrl } from "./addresses";

type Place = Pick<Viewer, "workspaceId" | "projectId">;

/** As a draft or a creation keeps it. */
type Stored = Omit<Content, "description"> & { description: unknown };

type Source = Viewer &
  Stored & {
    integration: { id: string; provider: string };
    resultIds: readonly string[];
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
  const { bodyFormat, limits } = trackerOf(integration.provider);
  const description = parseDoc(source.description);
  const inText = attachmentIdsIn(description);
  const ids = [...new Set([...inText, ...attached, ...(source.offered ?? [])])];
  const [back, files, addressOf, patterns] = await Promise.all([
    linkBack(source, source.resultIds),
    filesOf(source, ids),
    reachable(source, ids),
    listSecretPatterns(source),
  ]);
  const frame = {
    format: bodyFormat,
    limitChars: bodyLimitChars ?? limits.bodyChars,
    marker,
    footer: back && doc(paragraph(italic("Filed from Faultline: ", link(back.url, `run ${back.run}`), "."))),
    failureUrl: back?.url ?? null,
    integrationId: integration.id,
    // What the text shows is there already.
    files: files.filter(({ attachmentId }) => !inText.includes(attachmentId)),
    reachable: Object.fromEntries(ids.map((id) => [id, addressOf(id)])),
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

/** Where the issue leads back to: the page of its first result. */
async function linkBack({ workspaceId, projectId }: Place, resultIds: readonly string[]) {
  const first = await prisma.testResult.findFirst({
    where: { workspaceId, projectId, id: { in: resultIds.slice(0, 1).filter(isId) } },
    select: { id: true, runId: true, run: { select: { number: true } } },
  });
  return first && { url: resultUrl({ projectId, runId: first.runId, resultId: first.id }), run: first.run.number };
}
