import { endsWith } from "./references";

/** What no address has in it. Of the invisible ones some turn the direction of what is shown. */
const addressStop = /[\s\p{Cc}\p{Cf}<>"`|\\^{}]/u;

/** How long the scheme before "://" is: 4 or 5 for the web, -1 for ftp, which is linked as well, 0 for any other. */
export function schemeBefore(text: string, colon: number): number {
  if (endsWith(text, colon, "https")) return 5;
  if (endsWith(text, colon, "http")) return 4;
  return endsWith(text, colon, "ftp") ? -1 : 0;
}

/** Where an address ends: before white space and before the punctuation of the sentence around it. */
export function addressEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && !addressStop.test(text.charAt(end))) end += 1;
  while (end > from && "?!.,:;*_~'\")]".includes(text.charAt(end - 1))) end -= 1;
  return end;
}

/**
 * An address that may stand between angle brackets as it is. Readers differ on whether entities count there, and look
 * for the names of emoji in the text of a link as in any other.
 */
export const isAutolink = (address: string) =>
  /^https?:\/\/[\p{L}\p{N}[]/iu.test(address) && !addressStop.test(address) && !/&#?\w+;|:[\w+-]+:/.test(address);

/** An address that a tracker shortens to a reference, and notes on what it names. */
export const isReference = (address: string) =>
  /\/(?:issues|pulls?|discussions|commits?|merge_requests|work_items|epics|snippets|vulnerabilities)\//i.test(address);
