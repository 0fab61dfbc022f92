import { describe, expect, it } from "vitest";

import { AppError } from "@/lib/errors";
import { fromMarkdown } from "./from-markdown";
import { guard } from "./from-markdown/guard";
import { isLarge } from "./testing/runs";

// What the parser is given is bounded by its cost, so that more of the same takes no longer.
// The large run tries what a document may have at most.
const most = isLarge ? 1_000_000 : 80_000;
const filled = (unit: string) => unit.repeat(Math.ceil(most / unit.length)).slice(0, most);

describe("[I4] Markdown that is made to do harm", () => {
  // Some of these took the bare parser minutes, or the program's stack.
  it.each([
    "*",
    "[",
    "]",
    "<",
    "|",
    "`",
    "> ",
    ">",
    "- ",
    "1. ",
    "\n",
    "\r",
    "a",
    "_a",
    "**a",
    "*a_ ",
    "~~a",
    "![",
    "[a](",
    "[x](<b",
    "[a][b]",
    "[^a]",
    "[a](b (",
    "[a]: b (x\n",
    "`a``b```c````d",
    "x <!--a ",
    "<?a ",
    "<a b='",
    "<b>",
    "<table>",
    "<td>",
    "|a\n",
    "|a|\n|-|\n",
    "- a\n",
    "> a\n\n",
    "- > a\n\n",
    "a\n",
    "a  \n",
    "$",
    "$a",
    "$$\n",
    ">>>\n",
    "{+",
    ":tada:",
    "@ada ",
    "https://",
    "a@b.",
    "&amp;",
    "\\",
    "\u0000",
    "\ud83d",
    "slotn0n",
    "<ins>a</ins>\n\n",
    "<div>\n\na\n\n",
  ])("[I4] nothing but %j", { timeout: 60_000 }, (unit) => {
    const markdown = filled(unit);
    try {
      const [block] = fromMarkdown(markdown, { flavor: "glfm", integrationId: "here" }).content;
      expect(block).toBeDefined();
    } catch (error) {
      // More parts than a document may have.
      expect(error).toBeInstanceOf(AppError);
      expect(error).toMatchObject({ kind: "invalid_input" });
    }
  });

  it("[I4] flattens what is nested more deeply than a document may be", () => {
    const nested = Array.from({ length: 500 }, (_, level) => `${"  ".repeat(level)}- a${level}`).join("\n");
    for (const markdown of [
      nested,
      `${"> ".repeat(10_000)}end`,
      `${"- ".repeat(10_000)}end`,
      `${"1. ".repeat(10_000)}end`,
    ]) {
      expect(JSON.stringify(fromMarkdown(markdown))).toMatch(/a499|end/);
    }
  });

  it("[I4] refuses more than a megabyte", () => {
    expect(() => fromMarkdown("a".repeat(1_048_577))).toThrow(expect.objectContaining({ kind: "invalid_input" }));
  });

  it("[I4] keeps a paragraph that would take too long, letter for letter", () => {
    // Each word of the second may be an address, and each sign of the first the end of what another began.
    for (const hostile of ["*a_ ".repeat(20_000).trim(), "words and lines\n".repeat(60_000).trim()]) {
      expect(fromMarkdown(`a\n\n${hostile}\n\n**b**`).content).toMatchObject([
        { type: "paragraph" },
        { type: "codeBlock", content: [{ text: hostile }] },
        { type: "paragraph", content: [{ text: "b", marks: [{ type: "bold" }] }] },
      ]);
    }
  });

  it("[I4] reads what people write as a whole", () => {
    const bug =
      "## Steps\n\n1. Open `a` and [b](https://x.y/z) at **c**\n   - [ ] _d_ | e\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n";
    const issue = bug.repeat(Math.floor(65_536 / bug.length));
    expect(guard(issue.split("\n"))).toEqual({ source: issue, rest: "" });
    const prose = "the quick brown fox jumps over it\n".repeat(65_536 / 34);
    expect(guard(prose.split("\n"))).toEqual({ source: prose, rest: "" });
    const log = `\`\`\`\n${"12:00:01 [info] <a> *b* _c_ `d` @e\n".repeat(25_000)}\`\`\``;
    expect(guard(log.split("\n"))).toEqual({ source: log, rest: "" });
  });
});
