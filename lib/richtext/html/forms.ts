import type { RichBlock, RichInline } from "../doc";

/** How `toHtml` shows what Azure DevOps has no element for. `fromHtml` reads the same forms back. */

/** In a list without bullets: whether a task is done. A box to click would be taken out, and could not be clicked. */
export const boxes = { done: "☑", open: "☐" } as const;

/** What unfolds is shown unfolded, beside an edge of this colour; the triangle says whether it was open. */
export const foldEdge = "#c1c7d0";
export const triangles = { open: "▾", closed: "▸" } as const;

/** A highlight without a colour of its own. */
export const highlighter = "#fff0b3";

/** The colour of letters on a ground, so that they can be read on a page whose own letters are white. */
export function inkOn(ground: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(ground.slice(at, at + 2), 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue > 140 ? "#172b4d" : "#ffffff";
}

/** Before the language of a code block, in the title that a pointer shows. */
export const codeTitle = "Code: ";

/** Takes a mark and the space after it off the start of blocks; null where they do not begin with one of them. */
export function takeMark(blocks: readonly RichBlock[], marks: readonly string[]): TakenMark | null {
  const [first, ...rest] = blocks;
  const [start, ...line] = first?.type === "paragraph" ? first.content : [];
  if (start?.type !== "text" || start.marks?.length) return null;
  const mark = marks.find((one) => start.text === one || start.text.startsWith(`${one} `));
  if (mark === undefined) return null;
  const text = start.text.slice(mark.length + 1);
  return { mark, line: text === "" ? line : [{ ...start, text }, ...line], rest };
}

type TakenMark = { mark: string; line: RichInline[]; rest: RichBlock[] };
