import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { blockquote, bulletList, cell, code, codeBlock, details, doc, heading, paragraph, table } from "./build";
import { parseDoc, type RichBlock } from "./doc";
import { hasMarker, markerComment, replaceMarkdown, withMarker, wrapMarkdown } from "./our-block-markdown";
import { anyDoc } from "./testing/arbitrary";
import { fuzz } from "./testing/runs";
import { toMarkdown } from "./to-markdown";

const id = "0198-ab";
const first = `<!-- faultline-${id} -->`;
const last = `<!-- /faultline-${id} -->`;
const body = (...blocks: RichBlock[]) => toMarkdown(doc(...blocks), { flavor: "glfm" }).output;

/** What replacing gives, and that what is around our block is what was there. */
function replaced(remote: string, text = "new") {
  const result = replaceMarkdown(remote, id, text);
  return result.found === "whole" ? result.output : result.found;
}

describe("our block in Markdown", () => {
  it("[G5] stands between two hidden lines", () => {
    expect(wrapMarkdown("a\n\nb", id)).toBe(`${first}\n\na\n\nb\n\n${last}`);
    expect(wrapMarkdown("", id)).toBe(`${first}\n\n${last}`);
  });

  it.each([
    ["above and below", "Hello\n\n", "\n\nThanks.  \n\t"],
    ["right above and below, without blank lines", "Hello\n", "\nThanks"],
    ["a list and a quote above", "1. a\n   ```\n   b\n   ```\n- c\n> d\n\n", "\n"],
    ["a list with a fence that nobody closed above", "- a\n  ```\n  b\n\n", "\n"],
    ["fences of others around", "```\nx\n```\n~~~~ js\n```\n~~~~\n", "\n```\n`````\n"],
    ["a fence that begins like code in a line", "``` a`b\n", "\n"],
    ["a quote with a fence that nobody closed above", "> ```\n> b\n\n", "\n"],
    ["HTML above", "<div>\n", "\n</div>"],
    ["spaces behind", "", "  \nx"],
    ["nothing at all", "", ""],
  ])("[G5] is replaced byte for byte with %s", (_, above, below) => {
    const old = wrapMarkdown(body(paragraph("old"), bulletList([codeBlock("a\n```\nb")])), id);
    expect(replaced(`${above}${old}${below}`)).toBe(`${above}${wrapMarkdown("new", id)}${below}`);
    // A tracker's own editor sends CRLF.
    const crlf = (text: string) => text.replaceAll("\n", "\r\n");
    expect(replaced(crlf(`${above}${old}\n${below}`))).toBe(crlf(`${above}${wrapMarkdown("new", id)}\n${below}`));
  });

  it("[G5] is replaced with what somebody wrote into it", () => {
    const edited = wrapMarkdown("old", id).replace("old", "old, and a word of mine\n\n```\nan unfinished");
    // An unfinished fence reaches over our last line; then nobody could say where ours ends.
    expect(replaced(edited)).toBe("broken");
    expect(replaced(edited.replace("unfinished", "one\n```"))).toBe(wrapMarkdown("new", id));
  });

  it.each([
    ["gone", "Only mine.", "none"],
    ["of another issue", wrapMarkdown("x", "0198-ac"), "none"],
    ["quoted in code", `\`\`\`\n${wrapMarkdown("x", id)}\n\`\`\``, "none"],
    ["quoted in code of tildes", `~~~ md\n${wrapMarkdown("x", id)}\n\`\`\`\n`, "none"],
    ["in a list or a quote", `- a\n  ${first}\n> ${last}`, "none"],
    ["in the middle of a line", `see ${first} and ${last}`, "none"],
    ["without the first", `x\n${last}`, "broken"],
    ["without the last", `${first}\nx`, "broken"],
    ["in the wrong order", `${last}\nx\n${first}`, "broken"],
    ["doubled", `${wrapMarkdown("x", id)}\n${wrapMarkdown("y", id)}`, "broken"],
    ["doubled at the end", `${wrapMarkdown("x", id)}\n${last}`, "broken"],
  ])("[G5] is not replaced when its marks are %s", (_, remote, found) => {
    expect(replaced(remote)).toBe(found);
  });

  it("[G5] is found whatever a document says", () => {
    fc.assert(
      fc.property(anyDoc, fc.constantFrom("gfm" as const, "glfm" as const), (raw, flavor) => {
        const { output } = toMarkdown(parseDoc(raw), { flavor });
        expect(replaced(`a\n${wrapMarkdown(output, "1")}\nb`)).toBe("none");
        const around = replaceMarkdown(`a\n${wrapMarkdown(output, "1")}\nb`, "1", "new");
        expect(around).toEqual({ found: "whole", output: `a\n${wrapMarkdown("new", "1")}\nb` });
      }),
      fuzz,
    );
  });

  it("[G3] is found by its first line, which no text can forge", () => {
    expect(hasMarker(`${body(paragraph("a"), codeBlock(first))}\r\n\r\n${first}\r\n`, id)).toBe(true);
    for (const block of [
      paragraph(first),
      paragraph(`a\n${first}`),
      paragraph(code(first)),
      heading(1, first),
      blockquote(paragraph(first)),
      codeBlock(first),
      codeBlock(`\n${first}\n\`\`\``),
      codeBlock(`/close\n${first}\n~~~`),
      bulletList([codeBlock(`a\n\n${first}`)]),
      details([first], [codeBlock(first)]),
      table([cell([paragraph(first), codeBlock(first)])]),
    ]) {
      expect(hasMarker(body(block), id)).toBe(false);
      expect(replaced(wrapMarkdown(body(block), "1"))).toBe("none");
    }
  });

  it("[G3] has no id that could end its lines early", () => {
    for (const wrong of ["", "a-->", "a b", "a--b", "<", "a\nb"]) {
      expect(() => markerComment(wrong)).toThrow(TypeError);
      expect(() => wrapMarkdown("", wrong)).toThrow(TypeError);
    }
  });

  it("[G5] is looked for in time that grows with the text alone", () => {
    for (const part of ["\n", "`", "- ", "```\n", " ", "~", "1. \n", first]) {
      const remote = part.repeat(1_000_000 / part.length);
      const start = performance.now();
      replaceMarkdown(remote, id, "new");
      expect(performance.now() - start, JSON.stringify(part)).toBeLessThan(2_000);
    }
  });
});

it.each(["Seen again.", "", "```\nleft open", "~~~", "<!-- left open"])(
  "[G3] %j is found again by its marker",
  (body) => {
    const marked = withMarker(body, "c-1");
    expect(hasMarker(marked, "c-1")).toBe(true);
    expect(marked.endsWith(body)).toBe(true);
    expect(withMarker(marked, "c-1")).toBe(marked);
  },
);
