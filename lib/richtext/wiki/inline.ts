import { lose } from "../losses";
import type { Nested } from "../nested";
import type { Context } from "./context";
import { addressLike, entity, escapeCode, escapeWiki, writeHref } from "./escape";
import { emoticons, forcedBreak } from "./notation";

const word = /[\p{L}\p{Nd}]/u;
const startsWithWord = /^[\p{L}\p{Nd}]/u;
const emphasisSigns = "*_-+^~";
/** What Jira's patterns for emphasis do not match inside; C1 controls stay, for HTML reads their numbers otherwise. */
const outside = /[^\p{L}\p{Nd}\p{Z}\p{S}\p{M}\p{P}\x80-\x9f]/gu;

/** Inline parts in a row. Signs that touch a word are no signs unless they are in braces; a picture has no such form. */
export function joinInline(node: Nested, parts: string[]): string {
  if (parts.length === 1) return parts[0] ?? "";
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i] ?? "";
    const next = parts[i + 1];
    if (part === "" || next === undefined || next === "") continue;
    if (startsWithWord.test(next)) parts[i] = endBeforeWord(part);
    if (endsWithWord(part)) {
      if (next.startsWith("{{") && next.charAt(2) !== "{") parts[i + 1] = `{{{}${next.slice(2)}`;
      else if (emphasisSigns.includes(next.charAt(0))) parts[i + 1] = `{${next.charAt(0)}}${next.slice(1)}`;
      else if (next.startsWith("!")) parts[i] = part.replace(/((?<!\\)[*_^~+-])?.$/su, apart);
    }
    const last = lastIn(node.children[i]);
    if (part.endsWith("!") && last === "image" && startsWithWord.test(next)) {
      parts[i + 1] = next.replace(/^.[*_^~+-]?/su, apart);
    }
    // No emoticon goes on into a word.
    if (last === "emoji" && part.endsWith(")")) parts[i + 1] = next.replace(/^[a-z][*_^~+-]?/i, apart);
    if (last === "link" && part.endsWith("]")) parts[i] = closeLink(part, next, i + 2 < parts.length);
  }
  return parts.join("");
}

/** A letter as an entity, which is no letter to a sign beside it: so that is none either. */
const apart = (run: string) =>
  Array.from(run, (one) => (emphasisSigns.includes(one) ? `\\${one}` : entity(one))).join("");

/** What a part ends with: of a highlight nothing is written. */
function lastIn(node: Nested | undefined): Nested["type"] | undefined {
  let last = node;
  while (last?.type === "highlight") last = last.children.at(-1);
  return last?.type;
}

const endsWithWord = (part: string) => word.test(/.$/su.exec(part.slice(-2))?.[0] ?? "");

function endBeforeWord(part: string): string {
  if (part.endsWith("}}") && !part.endsWith("{}}}")) return `${part.slice(0, -2)}{}}}`;
  const last = part.charAt(part.length - 1);
  const isSign = emphasisSigns.includes(last) && part.charAt(part.length - 2) !== "\\";
  return isSign ? `${part.slice(0, -1)}{${last}}` : part;
}

/** Jira does not see the beginning of a link in what could still be the address of the one before; a bar ends that. */
function closeLink(part: string, next: string, hasMore: boolean): string {
  addressLike.lastIndex = 0;
  const reach = addressLike.exec(next)?.[0] ?? "";
  if (!reach.includes("[") && !(reach.length === next.length && hasMore)) return part;
  const start = part.lastIndexOf("[") + 1;
  const inside = part.slice(start, -1);
  if (inside.includes("|")) return `${part.slice(0, -1)}|]`;
  return `${part.slice(0, start)}${escapeCode(inside.replaceAll("&amp;", "&"))}|${inside}|]`;
}

/** What may not reach over a line end, written for each line by itself. */
export function byLine(content: string, write: (line: string) => string): string {
  if (!content.includes(forcedBreak)) return write(content);
  return content
    .split(forcedBreak)
    .map((line) => (line === "" ? "" : write(line)))
    .join(forcedBreak);
}

/** Emphasis. A sign beside a space is none: the space goes outside, or is written as an entity where it can be seen. */
export function emphasis(sign: string, content: string, spaces: "outside" | "inside"): string {
  return byLine(content, (line) => {
    let start = 0;
    let end = line.length;
    while (start < end && isSpace(line, start)) start += 1;
    while (end > start && isSpace(line, end - 1)) end -= 1;
    const inner = line.slice(start, end);
    const spaced = spaces === "inside" ? entities(line.slice(0, start)) + inner + entities(line.slice(end)) : inner;
    if (spaced === "") return line;
    const written = sign + (/^[ -~]*$/.test(spaced) ? spaced : spaced.replace(outside, entity)) + sign;
    return spaces === "inside" ? written : line.slice(0, start) + written + line.slice(end);
  });
}

const isSpace = (text: string, at: number) => /[ \t\n\v\f\r]/.test(text.charAt(at));
const entities = (spaces: string) => spaces.replace(/./gs, entity);

export const code = (text: string): string => {
  const inner = escapeCode(text);
  return `{{${/^[ -~]*$/.test(inner) ? inner : inner.replace(outside, entity)}}}`;
};

export function link({ href, children }: Nested<"link">, content: string, { losses }: Context): string {
  const [only] = children;
  const to = writeHref(href);
  // Brackets, of an address of the sixth version, end a link; encoded they are another address.
  if (/[[\]]/.test(href)) {
    lose(losses, "link", content, "its text with the address behind it");
    return `${content} (${escapeWiki(href, 0)})`;
  }
  if (
    children.length === 1 &&
    only?.type === "text" &&
    only.text === href &&
    to === href &&
    !href.startsWith("mailto:")
  ) {
    return `[${href}]`;
  }
  return byLine(content, (line) => `[${line}|${to}]`);
}

export function image(node: Nested<"image">, context: Context): string {
  const { src, alt, title, width, height, attachmentId, place } = node;
  const file = attachmentId === null ? null : (context.target.attachment?.(attachmentId) ?? null);
  const url = file?.url ?? src;
  const label = alt || title || "";
  if (url === null) {
    lose(context.losses, "image", label, label === "" ? "nothing" : "its description");
    return escapeWiki(label, place);
  }
  const canShow = file ? file.embeds : /\.(?:gif|jpe?g|png|bmp|svg|tiff?|webp|ico)(?:[?#]|$)/i.test(url);
  const to = writeHref(url);
  if (!canShow || to.length < 5 || /[\s,]/.test(to)) {
    lose(context.losses, "image", label || url, "a link to it");
    return fileLink(label || url, url);
  }
  const settings = [
    ...(width === null ? [] : [`width=${width}`]),
    ...(height === null ? [] : [`height=${height}`]),
    ...(alt === "" ? [] : [`alt=${setting(alt)}`]),
    ...(title ? [`title=${setting(title)}`] : []),
  ];
  return settings.length === 0 ? `!${to}!` : `!${to}|${settings.join(",")}!`;
}

/** The value of a picture's setting: whatever could end it is an entity. */
const setting = (value: string) => value.replace(/[^\p{L}\p{Nd}\x80-\x9f ._/@-]|^ | $/gu, entity);

/** A link to a file: by its address, or by the name of a file that hangs on the issue itself. */
export function fileLink(label: string, url: string): string {
  if (/^(?:https?|mailto):/i.test(url)) return `[${escapeCode(label)}|${writeHref(url)}]`;
  if (/[[\]|^{}\\\n]/.test(url)) return escapeWiki(label, 0);
  return label === url ? `[^${url}]` : `[${escapeCode(label)}|^${url}]`;
}

/** `[~name]` for a person of that very Jira; anybody else is a name. */
export function mention(node: Nested<"mention">, { target, losses }: Context): string {
  const name = node.handle || node.id;
  const isThere = target.integrationId !== undefined && node.integrationId === target.integrationId;
  if (isThere && /^[\p{L}\p{N}._@:-][\p{L}\p{N} ._@:+-]*$/u.test(name)) return `[~${name}]`;
  lose(losses, "mention", node.label, "the name as text");
  return escapeWiki(node.label, node.place);
}

export function emoji({ name, text, place }: Nested<"emoji">, { losses }: Context): string {
  const sign = emoticons.find((one) => one.name === name && (text === null || one.text === text))?.sign;
  if (sign !== undefined) return sign;
  if (text) return escapeWiki(text, place);
  lose(losses, "emoji", name, "its name");
  return escapeWiki(`:${name}:`, place);
}
