import { describe, expect, it } from "vitest";

import { codeBlock, doc, paragraph } from "./build";
import { replaceWiki, wrapWiki } from "./our-block-wiki";
import { toWiki } from "./to-wiki";

const id = "0198c7f2-5a01-7abc-8def-0123456789ab";
const line = "Faultline · 456789ab";
const block = wrapWiki("old *body*", id);

describe("our block in wiki markup", () => {
  it("[G5] stands between two visible lines", () => {
    expect(block).toBe(`${line}\n\nold *body*\n\n${line}`);
    expect(wrapWiki("", id)).toBe(`${line}\n\n${line}`);
  });

  it("[G5] is replaced with all around it byte for byte as it was", () => {
    for (const [above, below] of [
      ["", ""],
      ["h1. Mine\n\n", "\n\n{quote}theirs{quote}\n"],
      ["  \r\nabove\r\n\r\n", "\r\n\r\nbelow \r\n"],
      [`{code}\n${line}\n{code}\n`, `\n{noformat}\n${line}\n{noformat}`],
      [`not ${line}\n`, `\n${line} either`],
    ] as const) {
      const [eol, from] = above.includes("\r\n") ? ["\r\n", block.replaceAll("\n", "\r\n")] : ["\n", block];
      expect(replaceWiki(above + from + below, id, "new\n\nbody")).toEqual({
        found: "whole",
        output: above + [line, "", "new", "", "body", "", line].join(eol) + below,
      });
    }
  });

  it("[G5] takes edits inside as ours", () => {
    expect(replaceWiki(block.replace("old", "somebody's"), id, "new")).toEqual({
      found: "whole",
      output: wrapWiki("new", id),
    });
  });

  it("[G5] replaces nothing where a mark is gone, or there is one more than two", () => {
    expect(replaceWiki("rewritten", id, "new")).toEqual({ found: "none" });
    expect(replaceWiki(block.replace(line, ""), id, "new")).toEqual({ found: "broken" });
    expect(replaceWiki(`${block}\n${line}`, id, "new")).toEqual({ found: "broken" });
    expect(replaceWiki(block, "0198c7f2-5a01-7abc-8def-ffffffffffff", "new")).toEqual({ found: "none" });
  });

  it("[G5] cannot be forged by text or code", () => {
    const body = toWiki(
      doc(paragraph(`a\n${line}\nb`), paragraph(line), codeBlock(line), codeBlock(line, "js")),
    ).output;
    const wrapped = wrapWiki(body, id);
    expect(replaceWiki(`${wrapped}\nbelow`, id, "new")).toEqual({
      found: "whole",
      output: `${wrapWiki("new", id)}\nbelow`,
    });
    expect(wrapped).toContain("Faultline &#183; 456789ab");
  });
});
