import fc from "fast-check";
import { type DefaultTreeAdapterTypes, parseFragment } from "parse5";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";

import { parseDoc } from "@/lib/richtext/doc";
import { anyDoc } from "@/lib/richtext/testing/arbitrary";
import { fuzz } from "@/lib/richtext/testing/runs";
import { lostText } from "@/lib/richtext/testing/text";
import { toAdf } from "@/lib/richtext/to-adf";
import AdfView from "./adf";

const t = (text: string, ...marks: unknown[]) =>
  marks.length > 0 ? { type: "text", text, marks } : { type: "text", text };
const p = (...content: unknown[]) => ({ type: "paragraph", content });
const shown = (...content: unknown[]) => renderToStaticMarkup(<AdfView adf={{ version: 1, type: "doc", content }} />);
const link = (href: string) => ({ type: "link", attrs: { href } });

const pairs: [what: string, node: unknown, html: string[]][] = [
  ["marks", p(t("a", { type: "strong" }), t("b", { type: "code" })), ["<strong>a</strong>", "<code>b</code>"]],
  ["a link", p(t("a", link("https://x.y"))), ['href="https://x.y"', 'rel="noopener noreferrer nofollow"']],
  [
    "colours",
    p(
      t("a", { type: "textColor", attrs: { color: "#00875a" } }),
      t("b", { type: "backgroundColor", attrs: { color: "#fff0b3" } }),
    ),
    ['style="color:#00875a;--ink:#00875a"', 'style="background-color:#fff0b3;color:#172b4d"'],
  ],
  [
    "a panel",
    { type: "panel", attrs: { panelType: "warning" }, content: [p(t("a"))] },
    ['aria-label="Warning"', "<svg"],
  ],
  ["what unfolds", { type: "expand", attrs: { title: "t" }, content: [p(t("a"))] }, ["<summary>t</summary>"]],
  [
    "tasks",
    {
      type: "taskList",
      attrs: { localId: "1" },
      content: [{ type: "taskItem", attrs: { localId: "2", state: "DONE" }, content: [t("a")] }],
    },
    ['aria-label="Done"', "a"],
  ],
  [
    "spans, headers and alignment",
    {
      type: "table",
      content: [
        {
          type: "tableRow",
          content: [
            {
              type: "tableHeader",
              attrs: { colspan: 2, rowspan: 3 },
              content: [{ ...p(t("a")), marks: [{ type: "alignment", attrs: { align: "end" } }] }],
            },
          ],
        },
      ],
    },
    ['<th colSpan="2" rowSpan="3"><p style="text-align:end">a</p></th>'],
  ],
  ["a mention", p({ type: "mention", attrs: { id: "1", text: "@Ada" } }), ["adf-mention", "@Ada"]],
  [
    "a picture from elsewhere, without asking for it",
    {
      type: "mediaSingle",
      attrs: { layout: "center" },
      content: [{ type: "media", attrs: { type: "external", url: "https://x.y/a.png", alt: "Alt" } }],
    },
    ['aria-label="Alt"', "x.y"],
  ],
  [
    "our lozenge",
    p({ type: "status", attrs: { text: "Faultline · 1", color: "neutral" } }),
    ["adf-lozenge", "Faultline · 1"],
  ],
  ["code", { type: "codeBlock", attrs: { language: "ts" }, content: [t("a <b>")] }, ["<code>a &lt;b&gt;</code>", "ts"]],
  [
    "a list from a number on",
    { type: "orderedList", attrs: { order: 4 }, content: [{ type: "listItem", content: [p(t("a"))] }] },
    ['<ol start="4"><li>'],
  ],
];

describe("the view of Atlassian's documents", () => {
  it.each(pairs)("[G1] shows %s", (_, node, html) => {
    const output = shown(node);
    for (const part of html) expect(output).toContain(part);
    expect(output).not.toContain("<img");
  });

  it("[G1] shows nothing of what Jira would refuse, and says why", () => {
    const output = shown({ type: "paragraph", content: [t("")] });
    expect(output).toContain("Jira would refuse this text: /content/0/content/0/text");
    expect(output).not.toContain("<div");
  });

  it("[G5] never links to where nothing but the web is", () => {
    expect(shown(p(t("a", link("javascript:alert(1)"))))).toBe('<div class="rich-text adf"><p>a</p></div>');
  });

  it("[G1] shows all the text of any document", () => {
    fc.assert(
      fc.property(anyDoc, (raw) => {
        const doc = parseDoc(raw);
        const html = renderToStaticMarkup(<AdfView adf={toAdf(doc).output} />);
        expect(lostText(doc, textOf(parseFragment(html)))).toBeNull();
      }),
      { ...fuzz, numRuns: Math.min(fuzz.numRuns, 1_000) },
    );
  }, 120_000);
});

function textOf(node: DefaultTreeAdapterTypes.Node): string {
  if (node.nodeName === "#text" && "value" in node) return node.value;
  return "childNodes" in node ? node.childNodes.map(textOf).join("") : "";
}
