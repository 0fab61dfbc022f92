import { doc } from "./build";
import type { RichBlock, RichDoc } from "./doc";
import { type BodyFormat, type RenderedBody, renderBody } from "./render-body";
import { findInDoc, maskDoc } from "./secrets/doc";
import { findSecrets } from "./secrets/find";
import { fingerprint } from "./secrets/fingerprint";
import type { OwnMatcher } from "./secrets/found";
import { excerpts, maskText } from "./secrets/mask";
import type { OwnPattern } from "./secrets/own-pattern";
import type { Reachable } from "./target";

/** What a person or a job wants to send. */
export type Content = {
  title: string;
  description: RichDoc;
  labels: readonly string[];
  /** The secrets found in it that are sent as they are, by their ids. */
  revealed: readonly string[];
  /** The files that it takes along beside those in the text, by their ids. */
  attached: readonly string[];
};

type File = Extract<RichBlock, { type: "attachment" }>["attrs"];

/** All that the text becomes a tracker's body with, beside the text itself: plain JSON, for the browser needs it too. */
export type Frame = {
  format: BodyFormat;
  limitChars: number;
  marker: string | null;
  footer: RichDoc | null;
  failureUrl: string | null;
  integrationId: string;
  /** Whose files can be taken along. */
  files: readonly File[];
  /** How each file of ours can be seen from the tracker; null: not at all. */
  reachable: Record<string, Reachable | null>;
  /** What counts as a secret in the project beside the usual. */
  patterns: readonly OwnPattern[];
};

/** A secret that was found, and where; the secret itself is nowhere in it. */
export type Finding = {
  /** The same for the same secret wherever it stands. */
  id: string;
  kind: string;
  /** What people call it, such as "GitHub token". */
  hint: string;
  place: "title" | "description" | "label" | "file";
  /** The text around it, masked. */
  where: string;
  isRevealed: boolean;
};

export type Outgoing = { title: string; labels: string[]; body: RenderedBody; findings: Finding[] };

/**
 * What leaves for the tracker, letter for letter: the preview in the browser and the creating call both come from here.
 * What looks like a secret is masked, but for what a person has chosen to send as it is. `own`: the frame's patterns,
 * ready to search with.
 */
export function outgoing(frame: Frame, content: Content, own: readonly OwnMatcher[] = []): Outgoing {
  const { format, limitChars, marker, footer, failureUrl, integrationId, files, reachable } = frame;
  const { revealed } = content;
  const mask = (text: string) => maskText(text, own, revealed);
  const inText = findInDoc(content.description, own);
  const attached = files.filter(({ attachmentId }) => content.attached.includes(attachmentId));

  const body = renderBody(format, limitChars, {
    description: maskDoc(content.description, inText, revealed),
    marker,
    // Below the text, and never cut with it.
    footer: doc(...attached.map(asBlock(mask)), ...(footer?.content ?? [])),
    failureUrl: failureUrl ?? undefined,
    target: {
      integrationId,
      attachment: (id) => (Object.hasOwn(reachable, id) ? (reachable[id] ?? null) : null),
    },
  });
  const findings = [
    ...findIn("title", content.title, own),
    ...inText.map(({ id, kind, hint, where }) => ({ id, kind, hint, where, place: "description" as const })),
    ...content.labels.flatMap((label) => findIn("label", label, own)),
    ...attached.flatMap(({ name }) => findIn("file", name, own)),
  ].map((finding) => ({ ...finding, isRevealed: revealed.includes(finding.id) }));
  return { title: mask(content.title), labels: content.labels.map(mask), body, findings };
}

const asBlock =
  (mask: (text: string) => string) =>
  (file: File): RichBlock => ({ type: "attachment", attrs: { ...file, name: mask(file.name).slice(0, 512) } });

function findIn(place: Finding["place"], text: string, own: readonly OwnMatcher[]): Omit<Finding, "isRevealed">[] {
  const found = findSecrets(text, own);
  const around = excerpts(text, found);
  return found.map(({ kind, hint, from, to }, at) => {
    return { id: fingerprint(kind, text.slice(from, to)), kind, hint, place, where: around[at] ?? "" };
  });
}
