import fc from "fast-check";
import { parseFragment, serialize } from "parse5";
import { describe, expect, it } from "vitest";

import { blockquote, bulletList, cell, doc, headerCell, paragraph, table } from "./build";
import { blockLine } from "./our-block";
import { replaceHtml, wrapHtml } from "./our-block-html";
import { anyDoc } from "./testing/arbitrary";
import { fuzz } from "./testing/runs";
import { toHtml } from "./to-html";

const id = "01939b6a-7c1e-7a55-9c0b-3f2a1b4c5d6e";
const body = toHtml(doc(paragraph("Ours"), bulletList([paragraph("a")]))).output;
const other = toHtml(
  doc(paragraph("Ours anew"), table([headerCell([paragraph("h")])], [cell([paragraph("c")])])),
).output;

/** The tree that another reader finds. */
const tree = (html: string) => serialize(parseFragment(html));

describe("our block in a description", () => {
  it.each([
    ["alone", "", ""],
    ["below and above others' text", "<div>Above <b>all</b></div>", "<ul><li>below</li></ul><!-- kept -->"],
    [
      "in the container that an editor puts around",
      '<div style="color:red"><div>Above</div>',
      "<div>below</div></div>",
    ],
    ["in a cell", "<table><tbody><tr><td>x</td><td>", "</td></tr></tbody></table>y"],
    ["between pre with a line end first, and entities", "<pre>\n\nx</pre>&nbsp;&lt;b&gt;", "a &amp b<br>"],
    ["with another block of ours", wrapHtml("<p>theirs</p>", "01939b6a-0000-7a55-9c0b-000011112222"), "<hr>"],
  ])("[I4] is replaced %s, and the rest is as it was", (_, above, below) => {
    const remote = `${above}${wrapHtml(body, id)}${below}`;
    const replaced = replaceHtml(remote, id, other);
    expect(replaced).toEqual({ found: "whole", output: `${above}${wrapHtml(other, id)}${below}` });
    expect(tree(replaced.found === "whole" ? replaced.output : "")).toBe(
      tree(`${above}${wrapHtml(other, id)}${below}`),
    );
  });

  it.each([
    ["somebody wrote into it", (html: string) => html.replace("Ours", "Ours, and <i>theirs</i>")],
    [
      "an editor wrote its lines anew",
      (html: string) =>
        html
          .replaceAll("<p><small>", '<div><span style="font-size:10pt"><small>\n')
          .replaceAll("</small></p>", "&nbsp;</small></span></div>"),
    ],
    ["an editor left closing tags out", (html: string) => html.replaceAll("</p>", "")],
  ])("[I4] is replaced when %s", (_, edit) => {
    const replaced = replaceHtml(`<p>Above</p>${edit(wrapHtml(body, id))}<p>Below</p>`, id, other);
    expect(replaced.found).toBe("whole");
    expect(tree(replaced.found === "whole" ? replaced.output : "")).toBe(
      tree(`<p>Above</p>${wrapHtml(other, id)}<p>Below</p>`),
    );
  });

  it.each([
    ["both lines are gone", "none", body],
    ["it is another one's", "none", wrapHtml(body, "01939b6a-7c1e-7a55-9c0b-000000000000")],
    ["the last line is gone", "broken", wrapHtml(body, id).slice(0, -`<p><small>${blockLine(id)}</small></p>`.length)],
    ["it stands there twice", "broken", wrapHtml(body, id) + wrapHtml(body, id)],
    ["its lines are in two containers", "broken", `<div>x${wrapHtml("</div><div>", id)}y</div>`],
    ["what stands in it reaches out of it", "broken", `${wrapHtml("<p>Ours<b></p>", id)}bold because of it`],
    [
      "it is inside a line of text",
      "broken",
      `<h1>x<small>${blockLine(id)}</small><br>b<br><small>${blockLine(id)}</small></h1>`,
    ],
  ] as const)("[I4] is not replaced when %s", (_, found, remote) => {
    expect(replaceHtml(remote, id, other)).toEqual({ found });
  });

  it("[I4] cannot be forged by a document's text", () => {
    fc.assert(
      fc.property(anyDoc, (random) => {
        const said = paragraph(blockLine(id));
        const forged = toHtml(
          doc(said, blockquote(said), ...random.content, paragraph(`<p><small>${blockLine(id)}</small></p>`)),
        ).output;
        expect(replaceHtml(forged, id, body)).toEqual({ found: "none" });
        const replaced = replaceHtml(`<p>x</p>${wrapHtml(forged, id)}y`, id, body);
        expect(replaced).toEqual({ found: "whole", output: `<p>x</p>${wrapHtml(body, id)}y` });
      }),
      { ...fuzz, numRuns: Math.min(fuzz.numRuns, 2_000) },
    );
  });

  it("[I4] is found 10,000 levels deep", () => {
    const above = "<div>".repeat(10_000);
    expect(replaceHtml(`${above}${wrapHtml(body, id)}`, id, other)).toEqual({
      found: "whole",
      output: `${above}${wrapHtml(other, id)}`,
    });
  });
});
