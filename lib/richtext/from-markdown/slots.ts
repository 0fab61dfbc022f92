import type { RichBlock, RichInline, RichMark } from "../doc";
import { blocksFromHtml } from "../from-html";
import type { Reading } from "./origin";
import { readText } from "./text";

/** Markdown that was already read and stands somewhere in HTML: blocks, or parts of a line. */
type Slot = { blocks: RichBlock[] } | { inline: RichInline[] };

/**
 * HTML with Markdown between its tags. Each piece of Markdown is read by itself and stands in the HTML as a word that
 * does not occur in the text; the HTML is read as what it is, and where the words come out the pieces are put in. So the
 * rules of HTML decide what is inside of what, as they do for the tracker, and a tag that nobody closed cannot swallow text.
 */
export class Slots {
  private readonly slots: (Slot | null)[] = [];
  private readonly word: string;
  private html = "";

  constructor(private readonly reading: Reading) {
    this.word = reading.slotWord;
  }

  add(slot: Slot): void {
    const name = this.name(slot);
    this.html += "blocks" in slot ? `\n<p>${name}</p>\n` : name;
  }

  addHtml(html: string): void {
    // An empty comment in the middle of a word keeps what is around it from being a name. To HTML it would be nothing.
    this.html += html.replace(/(?<=[^\s>])<!-- -->(?=[^\s<])/g, () => this.name({ inline: [] }));
  }

  /** What the whole says, with the marks that the Markdown around it gives. */
  read(marks: readonly RichMark[] = []): RichBlock[] {
    const blocks = this.fillBlocks(blocksFromHtml(this.html, this.reading)).map((block) => markedBlock(block, marks));
    // HTML forbids some places; what had to stand in one of those comes last.
    for (let at = 0; at < this.slots.length; at++) {
      const slot = this.take(at);
      if (slot) blocks.push(...blocksOf(slot));
    }
    return blocks;
  }

  private name(slot: Slot): string {
    return `${this.word}n${this.slots.push(slot) - 1}n`;
  }

  private take(at: number): Slot | null {
    const slot = this.slots[at] ?? null;
    this.slots[at] = null;
    return slot;
  }

  private fillBlocks(blocks: readonly RichBlock[]): RichBlock[] {
    return blocks.flatMap((block) => this.fillBlock(block));
  }

  /** Walks as deep as HTML was read, which is bounded there. */
  private fillBlock(block: RichBlock): RichBlock[] {
    switch (block.type) {
      case "paragraph": {
        const whole = this.wholeBlock(block.content);
        return whole ?? [{ ...block, content: this.fillLine(block.content) }];
      }
      case "heading":
        return [{ ...block, content: this.fillLine(block.content) }];
      case "codeBlock": {
        const text = block.content.map((part) => this.fillCode(part.text)).join("");
        return [{ ...block, content: text === "" ? [] : [{ type: "text", text }] }];
      }
      case "bulletList":
      case "orderedList":
        return [{ ...block, content: block.content.map((item) => ({ ...item, content: this.filled(item.content) })) }];
      case "taskList":
        return [{ ...block, content: block.content.map((item) => ({ ...item, content: this.filled(item.content) })) }];
      case "blockquote":
      case "panel":
        return [{ ...block, content: this.filled(block.content) }];
      case "table": {
        const content = block.content.map((row) => ({
          ...row,
          content: row.content.map((cell) => ({ ...cell, content: this.filled(cell.content) })),
        }));
        return [{ ...block, content }];
      }
      case "details": {
        const [summary, content] = block.content;
        const filled: typeof block.content =
          summary.type === "detailsSummary" && content.type === "detailsContent"
            ? [
                { ...summary, content: this.fillLine(summary.content) },
                { ...content, content: this.filled(content.content) },
              ]
            : block.content;
        return [{ ...block, content: filled }];
      }
      default:
        return [block];
    }
  }

  private filled(blocks: readonly RichBlock[]): RichBlock[] {
    const content = this.fillBlocks(blocks);
    return content.length > 0 ? content : [{ type: "paragraph", content: [] }];
  }

  /** The blocks of a slot that is all that a paragraph says, with the marks that the HTML around it gives. */
  private wholeBlock(line: readonly RichInline[]): RichBlock[] | null {
    const [only] = line;
    if (line.length !== 1 || only?.type !== "text" || !only.text.startsWith(this.word)) return null;
    const at = Number(only.text.slice(this.word.length + 1, -1));
    const slot = this.slots[at];
    if (!slot || !("blocks" in slot) || only.text !== `${this.word}n${at}n`) return null;
    this.slots[at] = null;
    return slot.blocks.map((block) => markedBlock(block, only.marks ?? []));
  }

  private fillLine(line: readonly RichInline[]): RichInline[] {
    return line.flatMap((part): RichInline[] => {
      if (part.type !== "text") return [part];
      const marks = part.marks ?? [];
      const isCode = marks.some(({ type }) => type === "code");
      return this.cut(part.text).flatMap((piece): RichInline[] => {
        if (typeof piece !== "string") return lineOf(piece).map((inner) => withMarks(inner, marks));
        return isCode ? [{ ...part, text: piece }] : readText(piece, marks, this.reading);
      });
    });
  }

  private fillCode(text: string): string {
    return this.cut(text)
      .map((piece) => (typeof piece === "string" ? piece : lettersOf(lineOf(piece))))
      .join("");
  }

  private cut(text: string): (string | Slot)[] {
    if (!text.includes(this.word)) return [text];
    return text
      .split(new RegExp(`${this.word}n(\\d+)n`))
      .map((piece, i) => (i % 2 === 0 ? piece : (this.take(Number(piece)) ?? "")))
      .filter((piece) => piece !== "");
  }
}

const blocksOf = (slot: Slot): RichBlock[] =>
  "blocks" in slot ? slot.blocks : [{ type: "paragraph", content: slot.inline }];

const lineOf = (slot: Slot): RichInline[] => ("inline" in slot ? slot.inline : lineOfBlocks(slot.blocks));

/** A word that does not occur in the text. */
export function unusedWord(text: string): string {
  let word = "slot";
  for (let i = 0; text.includes(word); i++) word = `slot${i}of`;
  return word;
}

/** Blocks as one line, for where no more fits: a summary, a heading. Breaks part them. */
export function lineOfBlocks(blocks: readonly RichBlock[]): RichInline[] {
  const lines = blocks.flatMap(linesOf).filter((line) => line.length > 0);
  return lines.flatMap((line, i): RichInline[] => (i === 0 ? line : [{ type: "hardBreak" }, ...line]));
}

type Part = RichBlock | { type: string; content: readonly unknown[] };

function linesOf(block: Part): RichInline[][] {
  switch (block.type) {
    case "paragraph":
    case "heading":
    case "detailsSummary":
      return [block.content as RichInline[]]; // These three hold what stands in a line.
    case "codeBlock":
      return [(block.content as RichInline[]).map((part) => withMarks(part, [{ type: "code" }]))]; // Texts alone.
    default:
      return "content" in block ? (block.content as Part[]).flatMap(linesOf) : []; // All others hold parts, or nothing.
  }
}

const lettersOf = (line: readonly RichInline[]) =>
  line
    .map((part) => {
      if (part.type === "text") return part.text;
      if (part.type === "hardBreak") return "\n";
      if (part.type === "image") return part.attrs.alt ?? "";
      return part.type === "mention" ? `@${part.attrs.label}` : `:${part.attrs.name}:`;
    })
    .join("");

/** The part with more marks; of a kind that it has its own is nearer. */
function withMarks(part: RichInline, marks: readonly RichMark[]): RichInline {
  const own = part.marks ?? [];
  const more = marks.filter(({ type }) => !own.some((mark) => mark.type === type));
  return more.length === 0 ? part : { ...part, marks: [...own, ...more] };
}

/** Marks on all that stands in a block: `<b>` around paragraphs. */
function markedBlock<T extends Part>(block: T, marks: readonly RichMark[]): T {
  if (marks.length === 0 || block.type === "codeBlock" || !("content" in block)) return block;
  const isLine = block.type === "paragraph" || block.type === "heading" || block.type === "detailsSummary";
  const content = isLine
    ? (block.content as RichInline[]).map((part) => withMarks(part, marks)) // As in linesOf.
    : (block.content as Part[]).map((part) => markedBlock(part, marks));
  return { ...block, content };
}
