import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parseDoc } from "./doc";
import { fromHtml } from "./from-html";
import { docFromClipboard } from "./paste/doc-from-clipboard";
import { textOfHtml } from "./testing/html";
import { fuzz } from "./testing/runs";
import { textOf } from "./testing/text";
import { toHtml } from "./to-html";

const tags =
  "p div span b i a font ul ol li dl dt dd table caption thead tbody tr td th pre code blockquote h1 h3 details summary " +
  "label center section x-y sub mark del q small abbr figure article main";
const attributes = [
  ...[
    "",
    "",
    "",
    ' style="white-space:pre"',
    ' style="color:#123456;background:#fff0b3"',
    ' style="border-left:4px solid #c1c7d0"',
  ],
  ...[
    ' style="border-left:4px solid #0052cc"',
    ' style="list-style:none"',
    ' class="markdown-alert-note"',
    ' title=":a:"',
  ],
  ...[
    ' colspan="9" rowspan="9"',
    ' align="center"',
    ' start="0"',
    ' href="https://a.b"',
    ' style="mso-list:l0 level2"',
  ],
  ...[' data-vss-mention="version:2.0,1"', ' data-panel-type="note"', ' role="checkbox" aria-checked="true"'],
];
const part = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(...tags.split(" ")), fc.constantFrom(...attributes))
      .map(([tag, more]) => `<${tag}${more}>`),
  },
  { weight: 3, arbitrary: fc.constantFrom(...tags.split(" ")).map((tag) => `</${tag}>`) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "<br>",
      "<hr>",
      "<input type=checkbox>",
      '<img alt="w">',
      "<!-- x -->",
      "&lt;",
      "&nbsp;",
      "\n\n",
    ),
  },
  { weight: 4, arbitrary: fc.constantFrom("a", "b ", " c", "☐ d", "▸ e", "Info", "1. f", "日本") },
);
/** Markup as nobody should write it. */
const soup = fc.array(part, { minLength: 1, maxLength: 30 }).map((parts) => parts.join(""));

/** The letters of a text, in no order: a caption may go above its table. */
const letters = (text: string) => [...text.replace(/\s/g, "")].sort();

/** What is in the first and not in the second. */
function missing(wanted: string[], given: string[]): string[] {
  const left = [...given];
  return wanted.filter((letter) => {
    const at = left.indexOf(letter);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}

describe("markup of any kind", () => {
  it("[I4] becomes a document that says all that it says", () => {
    fc.assert(
      fc.property(soup, (html) => {
        const doc = fromHtml(html);
        expect(parseDoc(doc)).toEqual(doc);
        // What stands for a form of ours is read as that form: a box, a triangle, a title, the sign before a name.
        const said = textOfHtml(html).replace(/[☐▸@]|Info/g, "");
        expect(missing(letters(said), letters(textOf(doc)))).toEqual([]);
      }),
      fuzz,
    );
  });

  it("[I4] is the same document when it is written and read once more", () => {
    fc.assert(
      fc.property(soup, (html) => {
        const { output } = toHtml(fromHtml(html));
        expect(toHtml(fromHtml(output)).output).toBe(output);
      }),
      fuzz,
    );
  });

  it("[G1] says from the clipboard what it says", () => {
    fc.assert(
      fc.property(soup, (html) => {
        const doc = docFromClipboard({ html });
        const said = textOfHtml(html).replace(/[☐▸@]|Info/g, "");
        expect(missing(letters(said), letters(doc ? textOf(doc) : ""))).toEqual([]);
      }),
      fuzz,
    );
  });
});
