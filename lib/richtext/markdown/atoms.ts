import { escapeMarkdown } from "../escape-markdown";
import { lose } from "../losses";
import { type Nested, place } from "../nest";
import type { Reachable } from "../target";
import { attribute, escapeHtml } from "./escape-html";
import { destination } from "./inline";
import { said, type Writing } from "./writing";

/** How text is written where the part stands: as Markdown, or as HTML inside of it. */
type Write = typeof escapeMarkdown;

const oneLine = (text: string) => text.replace(/[\r\n]+/g, " ");

/** A person of the tracker that the text goes to is told; everybody else's name is text. */
export function mention(node: Nested<"mention">, writing: Writing, write: Write): string {
  const { label, handle, integrationId } = node;
  const isTheirs = integrationId !== null && integrationId === writing.integrationId;
  // Trackers look for nobody in the text of a link.
  if (isTheirs && handle !== null && /^\w(?:[\w.-]{0,253}\w)?$/.test(handle) && (node.place & place.inLink) === 0) {
    return write === escapeMarkdown && /^_|_$/.test(handle) ? `@${handle.replaceAll("_", "\\_")}` : `@${handle}`;
  }
  lose(writing.losses, "mention", label, "the name as text; nobody is notified");
  return write(oneLine(label), node.place, writing.flavor);
}

/** The characters themselves, which need no tracker's list of names. */
export function emoji({ name, text, place: where }: Nested<"emoji">, { flavor }: Writing, write: Write): string {
  if (text) return write(oneLine(text), where, flavor);
  return write === escapeMarkdown && /^_|_$/.test(name) ? `:${name.replaceAll("_", "\\_")}:` : `:${name}:`;
}

export function markdownImage(node: Nested<"image">, writing: Writing): string {
  const seen = reach(node, writing);
  if (seen === null) return write(node, escapeMarkdown, writing);
  if (!seen.embeds) return `[${escapeMarkdown(labelOf(node), place.inLink, writing.flavor)}](${destination(seen.url)})`;
  // Markdown has no sizes; HTML has.
  if (node.width !== null || node.height !== null) return imgTag(node, seen.url);
  const title = node.title ? ` "${node.title.replace(/["\\&|<\n\r]|(?<=[\v\f\u0085\u2028\u2029])\//g, entity)}"` : "";
  return `![${alternative(node.alt)}](${destination(seen.url)}${title})`;
}

export function htmlImage(node: Nested<"image">, writing: Writing): string {
  const seen = reach(node, writing);
  if (seen === null) return write(node, escapeHtml, writing);
  if (seen.embeds) return imgTag(node, seen.url);
  return `<a href="${attribute(seen.url)}">${escapeHtml(labelOf(node), place.inLink, writing.flavor)}</a>`;
}

/** Where the picture can be seen, or null; what is not seen in its place is a loss. */
function reach(node: Nested<"image">, writing: Writing): Reachable | null {
  const { attachmentId, src } = node;
  const kept = attachmentId === null ? null : (writing.attachment?.(attachmentId) ?? null);
  const seen = kept ?? (src === null ? null : { url: src, embeds: true });
  if (seen?.embeds) return seen;
  const isLinkable = seen !== null && (node.place & place.inLink) === 0;
  lose(writing.losses, "image", labelOf(node), isLinkable ? "a link to the picture" : "its description as text");
  return isLinkable ? seen : null;
}

const labelOf = ({ alt, title }: Nested<"image">) => oneLine(alt || title || "(picture)");
const write = (node: Nested<"image">, text: Write, { flavor }: Writing) => text(labelOf(node), node.place, flavor);
const entity = (character: string) => `&#${character.charCodeAt(0)};`;

/** A picture's description. What it says is not searched for references, so it needs no more than its syntax escaped. */
const alternative = (alt: string) =>
  alt.replace(/[\\`*_[\]<&~!$:|@]/g, "\\$&").replace(/[\n\r]|^[ \t]|[ \t]$|(?<=[\v\f\u0085\u2028\u2029])\//g, entity);

function imgTag({ alt, title, width, height }: Nested<"image">, url: string): string {
  const size = `${width === null ? "" : ` width="${width}"`}${height === null ? "" : ` height="${height}"`}`;
  return `<img src="${attribute(url)}" alt="${attribute(alt)}"${title ? ` title="${attribute(title)}"` : ""}${size}>`;
}

export function markdownAttachment(node: Nested<"attachment">, writing: Writing): string {
  const seen = writing.attachment?.(node.attachmentId) ?? null;
  const name = oneLine(node.name);
  if (seen?.embeds) return `![${alternative(name)}](${destination(seen.url)})`;
  if (seen) return `[${escapeMarkdown(name, place.inLink, writing.flavor)}](${destination(seen.url)})`;
  lose(writing.losses, "attachment", said(node), "its name as text");
  return escapeMarkdown(name, place.lineStart | place.lineEnd, writing.flavor);
}

export function htmlAttachment(node: Nested<"attachment">, writing: Writing): string {
  const seen = writing.attachment?.(node.attachmentId) ?? null;
  const name = oneLine(node.name);
  if (seen?.embeds) return `<img src="${attribute(seen.url)}" alt="${attribute(name)}">`;
  if (seen) return `<a href="${attribute(seen.url)}">${escapeHtml(name, place.inLink, writing.flavor)}</a>`;
  lose(writing.losses, "attachment", said(node), "its name as text");
  return escapeHtml(name, place.lineStart, writing.flavor);
}
