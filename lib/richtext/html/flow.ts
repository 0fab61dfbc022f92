import type { RichBlock, RichInline, RichMark } from "../doc";

/** The white space that HTML collapses; a no-break space is a letter. */
const spaces = /[ \t\n\f\r]+/g;

/**
 * Blocks in the making. Inline parts gather in a line; white space collapses in it as a browser would show it. Whatever
 * ends a line makes a paragraph of it.
 */
export class Flow {
  readonly blocks: RichBlock[] = [];
  private line: RichInline[] = [];
  /** Whether the line's last character is a space that another one collapses into, and that goes at the line's end. */
  private hasOpenSpace = false;
  /** The marks of the line's last text, as they were given: what goes on with the same ones is the same text. */
  private lastMarks: readonly RichMark[] | null = null;

  /** A run of text. `isKept`: its white space stands as it is. */
  text(value: string, marks: readonly RichMark[], isKept: boolean): void {
    if (isKept) {
      this.keptText(value, marks);
      return;
    }
    let text = value.replace(spaces, " ");
    if (text.startsWith(" ") && (this.hasOpenSpace || this.isAtLineStart)) text = text.slice(1);
    if (text === "") return;
    this.pushText(text, marks);
    this.hasOpenSpace = text.endsWith(" ");
  }

  private keptText(value: string, marks: readonly RichMark[]): void {
    const lines = value.split(/\r\n?|\n/);
    for (const [at, text] of lines.entries()) {
      if (at > 0) this.push({ type: "hardBreak" });
      if (text !== "") this.pushText(text, marks);
      this.hasOpenSpace = false;
    }
  }

  /** A picture, a mention. */
  inline(part: RichInline): void {
    this.push(part);
    this.hasOpenSpace = false;
  }

  /** A line break; spaces before it show nothing. */
  lineBreak(): void {
    this.dropOpenSpace();
    this.push({ type: "hardBreak" });
  }

  /** A block; what gathered before it is a paragraph above it. */
  block(block: RichBlock): void {
    this.endLine();
    this.blocks.push(block);
  }

  /** What gathered becomes a paragraph, if there is anything in it. `isSoup`: an empty line in it parts two of them. */
  endLine(isSoup = false): void {
    const content = this.takeLine();
    const paragraphs = isSoup ? split(content) : [content];
    for (const part of paragraphs) if (part.length > 0) this.blocks.push({ type: "paragraph", content: part });
  }

  /** The line that gathered, without what no reader sees at its end. */
  takeLine(): RichInline[] {
    this.dropOpenSpace();
    const content = this.line;
    while (content.at(-1)?.type === "hardBreak") content.pop();
    this.line = [];
    this.lastMarks = null;
    return content;
  }

  get isEmpty(): boolean {
    return this.blocks.length === 0 && this.line.length === 0;
  }

  get hasLine(): boolean {
    return this.line.length > 0;
  }

  private get isAtLineStart(): boolean {
    const last = this.line.at(-1);
    return last === undefined || last.type === "hardBreak";
  }

  private push(part: RichInline): void {
    this.line.push(part);
    this.lastMarks = null;
  }

  private pushText(text: string, marks: readonly RichMark[]): void {
    const last = this.line.at(-1);
    if (last?.type === "text" && this.lastMarks === marks) last.text += text;
    else this.line.push({ type: "text", text, marks: [...marks] });
    this.lastMarks = marks;
  }

  private dropOpenSpace(): void {
    const last = this.line.at(-1);
    if (!this.hasOpenSpace || last?.type !== "text") return;
    this.hasOpenSpace = false;
    if (last.text === " ") this.line.pop();
    else last.text = last.text.slice(0, -1);
  }
}

/** Two breaks in a row are how an editor without paragraphs parts them. */
function split(line: RichInline[]): RichInline[][] {
  const parts: RichInline[][] = [[]];
  for (const [at, part] of line.entries()) {
    const isBlank = part.type === "hardBreak" && line[at - 1]?.type === "hardBreak";
    if (isBlank) parts.push([]);
    else if (part.type !== "hardBreak" || line[at + 1]?.type !== "hardBreak") parts.at(-1)?.push(part);
  }
  return parts;
}

/** A line that blocks do not end: where they would, it goes on after a space. */
export class LineFlow extends Flow {
  override endLine(): void {
    this.text(" ", [], false);
  }

  /** Of blocks only those come here that are lines themselves; a line of another kind is a part of this one. */
  override block(block: RichBlock): void {
    this.endLine();
    if (block.type === "heading") for (const part of block.content) this.inline(part);
    if (block.type === "codeBlock") this.text(block.content[0]?.text ?? "", [{ type: "code" }], true);
    this.endLine();
  }
}
