import type { IssueRef } from "@/lib/trackers/tracker";
import { badAddress, typedAddress } from "@/lib/trackers/typed-address";

/** Where the issue's id stands in the pattern. */
export const placeholder = "{issueId}";
// Stands for the placeholder where an address is taken apart: it is left as it is by every rule of addresses.
const stand = "faultline0issue0id0";

/**
 * The pattern that is stored: https://tracker.example/issues/{issueId}. Exactly one placeholder, in the path, the query
 * or behind the #; in the host it would let whoever links an issue choose the server.
 */
export function baseUrlOf(text: string): string {
  const typed = text.trim();
  const count = typed.split(placeholder).length - 1;
  if (count === 0) throw badAddress(`Write ${placeholder} where the issue's id stands.`);
  if (count > 1) throw badAddress(`Write ${placeholder} only once.`);
  if (typed.toLowerCase().includes(stand)) throw badAddress("This is not an address.");

  const url = typedAddress(typed.replace(placeholder, stand));
  if (url.host.includes(stand)) throw badAddress(`${placeholder} cannot stand in the host's name.`);
  if (/[{}]|%7b|%7d/i.test(url.href)) throw badAddress(`There is no placeholder but ${placeholder}.`);
  return url.href.replace(stand, placeholder);
}

/** The issue's address. An id is a part of it and can never become more of it. */
export const issueUrl = (baseUrl: string, { ref }: { ref: string }): string =>
  baseUrl.replace(placeholder, () => encodeURIComponent(ref));

const longestId = 200;
// What ids are made of: letters and digits of any script, and what stands between them. Spaces are a title's.
const id = /^#?([\p{L}\p{N}](?:[\p{L}\p{N}._:#/+~-]*[\p{L}\p{N}])?)$/u;

/** An id that can stand in an address; null for a text that is none. */
export function idOf(text: string): string | null {
  const [, found] = (text.length <= longestId && id.exec(text)) || [];
  return found ?? null;
}

/** An id, or an address that fits the pattern. */
export function parseIssueRef(text: string, baseUrl: string): IssueRef | null {
  const typed = text.trim();
  const ref = /^https?:\/\//i.test(typed) ? idIn(typed, baseUrl) : idOf(typed);
  return ref === null ? null : { projectKey: null, ref };
}

/** The id in an address of this pattern: the same server, the same place. What is added behind is the page's own. */
function idIn(typed: string, baseUrl: string): string | null {
  if (!URL.canParse(typed)) return null;
  const { href } = new URL(typed);
  const [before = "", after = ""] = baseUrl.split(placeholder);
  if (!href.startsWith(before)) return null;
  const rest = href.slice(before.length);
  const end = rest.search(before.includes("#") ? /[?&/]/ : before.includes("?") ? /[&#]/ : /[/?#]/);
  const encoded = end === -1 ? rest : rest.slice(0, end);
  const tail = end === -1 ? "" : rest.slice(end);
  const isFit = after === "" ? /^\/?(?:[?&#].*)?$/.test(tail) : tail.startsWith(after);
  return isFit ? idOf(decoded(encoded)) : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
