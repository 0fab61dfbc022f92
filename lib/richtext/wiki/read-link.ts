import type { RichInline } from "../doc";
import { safeHref, safeImageSrc } from "../href";
import type { Origin } from "../target";
import { decode } from "./entities";
import { settingsOf } from "./macros";

/** A link or a picture in wiki markup, and where it ends. `label` is markup still; null is none. */
export type Link = { end: number } & (
  | { kind: "link"; href: string; label: string | null }
  | { kind: "text"; label: string }
  | { kind: "node"; node: RichInline }
);

/** What begins with `[` at that place, or null: then it is text. It ends in its line, before another begins. */
export function readLink(text: string, at: number, origin: Origin): Link | null {
  const first = text.charAt(at + 1);
  if (first === "" || first === "]" || /\s/.test(first)) return null;
  let end = at + 1;
  for (; end < text.length; end++) {
    const character = text.charAt(end);
    if (character === "\\") end += 1;
    else if (character === "[" || character === "\n") return null;
    else if (character === "]") break;
  }
  if (end >= text.length) return null;
  const inside = text.slice(at + 1, end);
  end += 1;
  const [label, target] = partsOf(inside);

  const user = /^~(?:accountid:)?(.{1,255})$/.exec(target)?.[1];
  if (user !== undefined && label === null) {
    const name = decode(user).trim();
    const attrs = { id: name, label: name, handle: name, integrationId: origin.integrationId ?? null };
    return name === "" ? null : { end, kind: "node", node: { type: "mention", attrs } };
  }
  // A file of that issue, or a heading of that text: there is no address to it from here.
  const file = /^(?:\^(.+)|#(.+))$/.exec(target);
  if (file) return { end, kind: "text", label: label ?? file[1] ?? file[2] ?? "" };
  const href = hrefOf(target, origin);
  return href === null ? null : { end, kind: "link", href, label: label ?? null };
}

/** What stands before the first bar, though not one of a picture, and the address behind it; a title may follow. */
function partsOf(inside: string): [label: string | null, target: string] {
  let bar = inside.indexOf("|");
  const picture = inside.indexOf("!");
  if (picture !== -1 && picture < bar) {
    const pictureEnd = inside.indexOf("!", picture + 1);
    if (pictureEnd > bar) bar = inside.indexOf("|", pictureEnd);
  }
  if (bar === -1) return [null, inside.trim()];
  const label = inside.slice(0, bar);
  const rest = inside.slice(bar + 1);
  const title = rest.indexOf("|");
  return [label === "" ? null : label, (title === -1 ? rest : rest.slice(0, title)).trim()];
}

function hrefOf(target: string, { baseUrl }: Origin): string | null {
  const address = target.replaceAll("&amp;", "&");
  if (/^(?:https?:\/\/|mailto:)/i.test(address)) return safeHref(address);
  if (baseUrl === undefined || !/^\/[^/]/.test(address)) return null;
  return URL.canParse(address, baseUrl) ? safeHref(new URL(address, baseUrl).href) : null;
}

/** The picture that begins with `!` at that place, or null: then it is text. */
export function readImage(text: string, at: number, { baseUrl }: Origin): Link | null {
  const before = text.charAt(at - 1);
  const first = text.charAt(at + 1);
  if (/[\p{L}\p{Nd}\\]/u.test(before) || /[\s)!]/.test(first) || first === "") return null;
  const end = text.indexOf("!", at + 1);
  if (end === -1 || end - at < 6 || end - at > 10_000) return null;
  const inside = text.slice(at + 1, end);
  if (inside.includes("\n") || /\s$/.test(inside) || /^[\p{L}\p{Nd}]/u.test(text.charAt(end + 1))) return null;

  const bar = inside.indexOf("|");
  const file = (bar === -1 ? inside : inside.slice(0, bar)).trim();
  const isAddress = /^https?:\/\//i.test(file) || (baseUrl !== undefined && /^\/[^/]/.test(file));
  if (!isAddress && !/\.[A-Za-z0-9]{2,5}$/.test(file)) return null;
  const settings = settingsOf(bar === -1 ? "" : inside.slice(bar + 1), ",");
  const size = (name: string) => {
    const pixels = Number.parseInt(settings.get(name) ?? "", 10);
    return pixels >= 1 && pixels <= 10_000 ? pixels : null;
  };
  const src = isAddress ? safeImageSrc(hrefOf(file, { baseUrl })) : null;
  const alt = decode(settings.get("alt") ?? "").slice(0, 4_096);
  const attrs = {
    src,
    alt: alt || (src === null ? decode(file).slice(0, 4_096) : null),
    title: decode(settings.get("title") ?? "").slice(0, 4_096) || null,
    width: size("width"),
    height: size("height"),
  };
  return { end: end + 1, kind: "node", node: { type: "image", attrs } };
}
