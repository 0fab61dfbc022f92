import { suitePath } from "@/lib/results/suite-path";
import { withoutCodes } from "@/lib/richtext/terminal";

// Enough to understand a failure; the whole of it is one click away. Which tracker it goes to is chosen later: no title is
// longer than the strictest takes, and all other limits are far off.
export const most = { titleChars: 255, messageChars: 2_000, stackChars: 12_000, lineChars: 300 };

/** A test with its suites, in one line. */
export const testOf = (testCase: { suite: string; className: string; name: string }): string =>
  [suitePath(testCase), plain(testCase.name)].filter(Boolean).join(" › ");

/** Without colour codes and without the space around it. */
export const plain = (text: string | null): string => withoutCodes(text ?? "").trim();

/** By characters as people count them, so that no emoji is cut in two. */
export function clip(text: string, limit: number, ending = "…"): string {
  if (text.length <= limit) return text;
  const room = limit - ending.length;
  const cut = text.slice(0, room);
  return (/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut) + ending;
}

/** "1 suite", "41 suites". */
export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
