import fc from "fast-check";
import { describe, expect, it } from "vitest";

import type { AdfDoc, AdfNode } from "./adf/types";
import { isValidAdf } from "./adf/validate";
import { doc, heading, paragraph, taskList } from "./build";
import { blockLine } from "./our-block";
import { replaceAdf, wrapAdf } from "./our-block-adf";
import { anyDoc } from "./testing/arbitrary";
import { fuzz } from "./testing/runs";
import { toAdf } from "./to-adf";

const id = "01939b6a-7c1e-7a55-9c0b-3f2a1b4c5d6e";
const otherId = "01939b6a-7c1e-7a55-9c0b-3f2a00000001";
const body = toAdf(doc(heading(2, "Ours"), taskList([false, [paragraph("a")]]))).output;
const newer = toAdf(doc(paragraph("Ours, newer"))).output;
const theirs = (...content: AdfNode[]): AdfDoc => ({ version: 1, type: "doc", content });
const said = (text: string): AdfNode => ({ type: "paragraph", content: [{ type: "text", text }] });
const line: AdfNode = wrapAdf(theirs(), id).content[0] ?? said("");
const asJson = (value: unknown) => JSON.parse(JSON.stringify(value));

describe("our block in a description of Jira's", () => {
  it("[G5] has a visible first and last line with the short id", () => {
    expect(JSON.stringify(line)).toContain(`"text":"Faultline · 1b4c5d6e"`);
    expect(wrapAdf(body, id).content).toHaveLength(4);
    expect(isValidAdf(wrapAdf(body, id))).toEqual({ valid: true });
  });

  it("[G5] leaves what others wrote above and below equal as a tree", () => {
    const above = [said("Above"), { type: "panel", attrs: { panelType: "tip" }, content: [said("theirs")] }];
    const below = [{ type: "extension", attrs: { extensionKey: "toc", extensionType: "x" } }, said("Below")];
    const remote = asJson(theirs(...above, ...wrapAdf(body, id).content, ...below));
    remote.content.splice(3, 0, said("Somebody's note inside of our block"));
    const replaced = replaceAdf(remote, id, newer);
    expect(replaced).toEqual({ found: "whole", output: theirs(...above, ...wrapAdf(newer, id).content, ...below) });
  });

  it("[G5] replaces the right one of two blocks, whose tasks have ids of their own", () => {
    const both = theirs(...wrapAdf(body, id).content, ...wrapAdf(body, otherId).content);
    const ids = [...JSON.stringify(both).matchAll(/"localId":"([^"]+)"/g)].map(([, found]) => found);
    expect(new Set(ids).size).toBe(4);
    expect(replaceAdf(both, otherId, newer)).toEqual({
      found: "whole",
      output: theirs(...wrapAdf(body, id).content, ...wrapAdf(newer, otherId).content),
    });
  });

  it("[G5] allows a space that an editor leaves beside the lozenge", () => {
    const spaced = { ...line, content: [...(line.content ?? []), { type: "text", text: " " }] };
    expect(replaceAdf(theirs(spaced, said("old"), line), id, newer).found).toBe("whole");
  });

  const unsafe: [what: string, remote: unknown, found: string][] = [
    ["nothing", null, "none"],
    ["a string", "Faultline · 1b4c5d6e", "none"],
    ["a document without our lines", theirs(said("x")), "none"],
    ["the letters of our line, typed by a person", theirs(said(blockLine(id)), said("x"), said(blockLine(id))), "none"],
    ["the lines of another block", wrapAdf(body, otherId), "none"],
    ["the last line removed", theirs(line, said("x")), "broken"],
    ["a line copied", theirs(line, said("x"), line, said("y"), line), "broken"],
    ["a line moved into a quote", theirs({ type: "blockquote", content: [line] }, said("x"), line), "broken"],
    ["both lines moved into a panel", theirs({ type: "panel", content: [line, said("x"), line] }), "broken"],
    [
      "words typed into our line",
      theirs({ ...line, content: [...(line.content ?? []), { type: "text", text: " see below" }] }, line),
      "broken",
    ],
  ];
  it.each(unsafe)("[G5] replaces nothing in %s", (_, remote, found) => {
    expect(replaceAdf(remote, id, newer)).toEqual({ found });
  });

  it("[G5] cannot be forged by any text", () => {
    fc.assert(
      fc.property(anyDoc, (raw) => {
        const forged = doc(paragraph(blockLine(id)), ...raw.content, paragraph(blockLine(id)));
        const { output } = toAdf(forged);
        expect(replaceAdf(output, id, newer)).toEqual({ found: "none" });
        expect(replaceAdf(wrapAdf(output, id), id, newer)).toEqual({ found: "whole", output: wrapAdf(newer, id) });
      }),
      fuzz,
    );
  });

  it("[G5] is looked for in a cyclic description within 100 ms", () => {
    const cyclic = theirs(line, said("x"));
    cyclic.content.push(cyclic as never, cyclic as never);
    const startedAt = performance.now();
    expect(replaceAdf(cyclic, id, newer).found).toBe("broken");
    expect(performance.now() - startedAt).toBeLessThan(100);
  });
});
