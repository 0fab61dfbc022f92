import { findSecrets } from "./find";
import { fingerprint } from "./fingerprint";
import type { Found, OwnMatcher } from "./found";

/** What stands in place of a secret: what it was, and nothing of how it looked. */
export const maskFor = ({ hint }: Pick<Found, "hint">): string => `[masked: ${hint.replace(/[[\]\n]/g, " ")}]`;

/** The text with masks in place of its secrets, but for those that a person wants to send as they are. */
export function maskText(text: string, own: readonly OwnMatcher[] = [], revealedIds: readonly string[] = []): string {
  let masked = "";
  let from = 0;
  for (const found of findSecrets(text, own)) {
    if (revealedIds.includes(fingerprint(found.kind, text.slice(found.from, found.to)))) continue;
    masked += text.slice(from, found.from) + maskFor(found);
    from = found.to;
  }
  return from === 0 ? text : masked + text.slice(from);
}

const most = { before: 30, after: 20 };

/**
 * Each finding with the text around it, in which every finding is masked. `found` is all that was found in the text. No
 * more than what is shown is looked at: for a line's beginning a long text would be read once for each finding.
 */
export function excerpts(text: string, found: readonly Found[]): string[] {
  return found.map((one, i) => {
    const before = text.slice(Math.max(found[i - 1]?.to ?? 0, one.from - most.before, 0), one.from);
    const after = text.slice(one.to, Math.min(found[i + 1]?.from ?? text.length, one.to + most.after));
    return `${before.slice(before.lastIndexOf("\n") + 1)}${maskFor(one)}${after.split("\n", 1).join("")}`.trim();
  });
}
