import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parseDoc, type RichBlock } from "./doc";
import { fromMarkdown } from "./from-markdown";
import { docsOf, nasties } from "./testing/arbitrary";
import { fuzz } from "./testing/runs";
import { type Run, type Shape, shapeOfDoc } from "./testing/shape";
import { toMarkdown } from "./to-markdown";

/**
 * What Markdown shows but cannot tell again, though no reader misses anything:
 * - an emoji is its characters; a mention is its handle, without the id and the name that we know;
 * - in HTML (a summary, the cells of a table with blocks) white space is what a browser shows of it.
 */
const held = docsOf({
  nodes: [
    "hardBreak",
    "image",
    "heading",
    "codeBlock",
    "horizontalRule",
    "bulletList",
    "orderedList",
    "taskList",
    "blockquote",
    "table",
    "details",
    "panel",
  ],
});

const visible = ({ kind, detail, content }: Shape): unknown => {
  if (typeof content === "string") return [kind, detail, content];
  const [first] = content;
  // Of one kind throughout.
  if (!Array.isArray(first)) return [kind, detail, (content as Shape[]).map(visible).filter((part) => part !== null)];
  const line = joined(content as Run[]);
  return kind === "paragraph" && line.length === 0 ? null : [kind, detail, line];
};

/** Line ends alone are compared of all that is white. */
function joined(found: Run[]): Run[] {
  const out: Run[] = [];
  for (const [marks, text] of found) {
    const letters = text.replace(/[^\S\n]+/g, "");
    const last = out.at(-1);
    if (letters !== "" && last?.[0] === marks) last[1] += letters;
    else if (letters !== "") out.push([marks, letters]);
  }
  // In HTML breaks at the very end break nothing either.
  const last = out.at(-1);
  if (last) last[1] = last[1].replace(/\n+$/, "");
  return out.filter(([, letters]) => letters !== "");
}

describe("[I4] Markdown there and back", () => {
  it.each(["gfm", "glfm"] as const)("[I4] what %s holds comes back as it was", (flavor) => {
    let compared = 0;
    fc.assert(
      fc.property(held, (made) => {
        const doc = parseDoc(made);
        const { output, losses } = toMarkdown(doc, { flavor });
        if (losses.length > 0) return;
        compared += 1;
        expect(shapeOfDoc(fromMarkdown(output, { flavor })).map(visible)).toEqual(shapeOfDoc(doc).map(visible));
      }),
      fuzz,
    );
    expect(compared).toBeGreaterThan(fuzz.numRuns / 10);
  });
});

const pieces = fc.oneof(
  fc.constantFrom(...Object.values(nasties).flat()),
  fc.constantFrom(
    "<details>",
    "<summary>s</summary>",
    "</details>",
    "<table><tr><td>",
    "</td></tr></table>",
    "<ins>",
    "</ins>",
    "<!--",
    "-->",
    "> [!NOTE]\n",
    "- [ ] ",
    "$$\n",
    ">>>\n",
    "```\n",
    "{+",
    "+}",
    "\n\n",
    "\n  ",
    "[^1]: ",
    "| a | b |\n|---|---|\n| ",
    "<select><option>",
    "<svg>",
    "<p>",
    "slotn0n",
  ),
  fc.string({ maxLength: 8, unit: "grapheme" }),
);

describe("[I4] Markdown from anywhere", () => {
  it("[I4] is a document, whatever it is, and no word of it is lost", () => {
    fc.assert(
      fc.property(
        fc.array(pieces, { maxLength: 12 }),
        fc.constantFrom("gfm" as const, "glfm" as const),
        (parts, flavor) => {
          const markdown = parts.join("");
          const found = fromMarkdown(markdown, { flavor, integrationId: "here" });
          expect(parseDoc(found)).toEqual(found);
          // A tag, an entity, an address or the name of a reference may take in a word, as the line of a fence does.
          if (!/[<[&]|(?:```|~~~)[^\n]*\w/.test(markdown)) {
            const letters = JSON.stringify(found.content satisfies RichBlock[]);
            for (const word of markdown.match(/[a-z]{3,}/g) ?? []) expect(letters).toContain(word);
          }
        },
      ),
      fuzz,
    );
  });
});
