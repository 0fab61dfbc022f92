import type { RichInline, RichMark } from "../doc";
import { safeImageSrc } from "../href";
import type { Origin } from "../target";
import { absolute } from "./marks";
import { attr, classesOf, type Element, isElement, textOf, walk } from "./parse";
import { styleOf } from "./style";

type Marks = readonly RichMark[];

/** A picture; one that cannot be shown is what it says instead. Null: nothing. */
export function imageOf(element: Element, marks: Marks, { baseUrl }: Origin): RichInline | null {
  const alt = attr(element, "alt") ?? "";
  const address = attr(element, "src");
  if (/ (?:emoji|emoticon) /.test(classesOf(element))) {
    const emoji = emojiOf(alt.replace(/^:|:$/g, ""), null, marks);
    if (emoji && /^:.*:$/.test(alt)) return emoji;
    if (alt !== "") return { type: "text", text: alt, marks: [...marks] };
  }
  const src = address === undefined ? null : safeImageSrc(absolute(address, baseUrl));
  if (src === null) return alt === "" ? null : { type: "text", text: alt, marks: [...marks] };
  const title = attr(element, "title");
  return {
    type: "image",
    attrs: {
      src,
      alt: alt.slice(0, 4_096),
      title: title ? title.slice(0, 4_096) : null,
      width: sizeOf(element, "width"),
      height: sizeOf(element, "height"),
    },
    marks: [...marks],
  };
}

function sizeOf(element: Element, side: "width" | "height"): number | null {
  const value = attr(element, side) ?? styleOf(element).get(side);
  const pixels = /^\s*(\d+(?:\.\d+)?)(?:px)?\s*$/.exec(value ?? "")?.[1];
  const size = Math.round(Number(pixels));
  return size >= 1 && size <= 10_000 ? size : null;
}

/** A person as Azure DevOps names one: https://learn.microsoft.com/azure/devops/organizations/notifications/at-mentions */
export function mentionOf(element: Element, marks: Marks, { integrationId }: Origin): RichInline | null {
  const id = /^version:2\.0,\s*(.+)$/.exec(attr(element, "data-vss-mention") ?? "")?.[1]?.trim();
  if (id === undefined || id.length > 256) return null;
  const label = textOf(element).replace(/\s+/g, " ").trim().replace(/^@/, "");
  // A name is letters; what says more, such as a picture's description, stays what it says.
  const isName = Array.from(walk(element.childNodes)).every(([node]) => !isElement(node) || !attr(node, "alt"));
  if (!isName || label === "" || label.length > 256) return null;
  return {
    type: "mention",
    attrs: { id, label, handle: null, integrationId: integrationId ?? null },
    marks: [...marks],
  };
}

/** An emoji by its name, or null for what is no name of one. */
export const emojiOf = (name: string | undefined, text: string | null, marks: Marks): RichInline | null =>
  name !== undefined && /^[\w+-]{1,64}$/.test(name) && (text === null || text.length <= 32)
    ? { type: "emoji", attrs: { name, text }, marks: [...marks] }
    : null;
