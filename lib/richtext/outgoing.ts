import { doc } from "./build";
import type { RichBlock, RichDoc } from "./doc";
import { type BodyFormat, type RenderedBody, renderBody } from "./render-body";
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
  fullTextUrl: string | null;
  integrationId: string;
  /** Whose files can be taken along. */
  files: readonly File[];
  /** How each file of ours can be seen from the tracker; null: not at all. */
  reachable: Record<string, Reachable | null>;
};

export type Outgoing = { title: string; labels: string[]; body: RenderedBody };

/** What leaves for the tracker, letter for letter: the preview in the browser and the creating call both come from here. */
export function outgoing(frame: Frame, content: Content): Outgoing {
  const { format, limitChars, marker, footer, fullTextUrl, integrationId, files, reachable } = frame;
  const attached = files.filter(({ attachmentId }) => content.attached.includes(attachmentId));
  const body = renderBody(format, limitChars, {
    description: content.description,
    marker,
    // Below the text, and never cut with it.
    footer: doc(...attached.map((attrs): RichBlock => ({ type: "attachment", attrs })), ...(footer?.content ?? [])),
    fullTextUrl: fullTextUrl ?? undefined,
    target: {
      integrationId,
      attachment: (id) => (Object.hasOwn(reachable, id) ? (reachable[id] ?? null) : null),
    },
  });
  return { title: content.title, labels: [...content.labels], body };
}
