/**
 * Follows the fences of code that stand at the margin, line by line. It is cautious: what it takes for code is code to
 * every reader of Markdown. Fences in lists, quotes and HTML it leaves alone.
 */
export class Fences {
  private fence = "";
  /** What the last line of the HTML that is open looks like. */
  private html: RegExp | null = null;

  /** True for a line of code, and for those that open and close it. */
  covers(line: string): boolean {
    if (this.fence !== "") {
      const end = /^ {0,3}(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1] ?? "";
      if (end.startsWith(this.fence)) this.fence = "";
      return true;
    }
    const isFence = this.html === null && /^(?:`{3,}[^`]*|~{3,}.*)$/.test(line);
    this.followHtml(line);
    if (isFence) this.fence = /^(?:`+|~+)/.exec(line)?.[0] ?? "";
    return isFence;
  }

  /** HTML reaches to the next blank line, or to an end of its own. */
  private followHtml(line: string): void {
    if (this.html !== null) {
      if (this.html.test(line)) this.html = null;
      return;
    }
    const found = starts.find(([start]) => start.test(line));
    if (!found) return;
    const [start, end] = found;
    this.html = end === blank || !end.test(line.replace(start, "")) ? end : null;
  }
}

const blank = /^\s*$/;
/** How HTML begins in a line, and how the line looks that ends it: https://spec.commonmark.org/0.31.2/#html-blocks */
const starts: readonly (readonly [RegExp, RegExp])[] = [
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<\?/, /\?>/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/],
  [/^ {0,3}<![a-z]/i, />/],
  [/^ {0,3}<(?:pre|script|style|textarea)(?=[\s>]|$)/i, /<\/(?:pre|script|style|textarea)>/i],
  [/^ {0,3}<\/?[a-z]/i, blank],
];
