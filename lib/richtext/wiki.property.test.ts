import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { parseDoc, type RichDoc, type RichInline, type RichNode } from "./doc";
import { fromWiki } from "./from-wiki";
import { anyDoc, countMade, docsOf } from "./testing/arbitrary";
import { fuzz, runs } from "./testing/runs";
import { shapeOfDoc } from "./testing/shape";
import { lostText } from "./testing/text";
import { toWiki } from "./to-wiki";

/**
 * What wiki markup has no sign for, or another name for than we have, though nothing of it is lost to a reader: an
 * emoji is its character, an attachment the link to it, a mention's person has the name that Jira shows.
 */
const notHeld: readonly (RichNode | RichInline)["type"][] = ["emoji", "mention", "attachment"];
const held = docsOf({
  nodes: (
    [
      ...["heading", "codeBlock", "horizontalRule", "bulletList", "orderedList", "taskList", "blockquote", "table"],
      ...["details", "panel", "image", "hardBreak"],
    ] as const
  ).filter((kind) => !(notHeld as readonly string[]).includes(kind)),
});

/** What a reader of the markup sees, found without our parser: signs taken away one after the other. */
function seen(wiki: string): string {
  const raw = /(\{code(?::[\w#+-]*)?\}\n[\s\S]*?\n\{code\}|\{noformat\}\n[\s\S]*?\n\{noformat\})/;
  const names: Record<string, string> = { amp: "&", nbsp: " " };
  const emoticons: Record<string, string> = { "(!)": "⚠️", "(y)": "👍" };
  return wiki
    .split(raw)
    .map((part, i) =>
      i % 2 === 1
        ? part
        : part
            .replace(/^\{(?:quote|panel(?::(?:title=([^|}\n]*)|bgColor=#\w+)?)?)\}$/gm, "$1")
            .replace(/&(?:#(\d+)|(amp|nbsp));|\\([^\n])|(\([!y]\))/g, (_, code, name, escaped, sign) =>
              code ? String.fromCodePoint(Number(code)) : (escaped ?? names[name] ?? emoticons[sign] ?? ""),
            ),
    )
    .join("");
}

/** Left is where text stands unless told otherwise, and a cell that says so looks like one that does not. */
function plainLeft(doc: RichDoc): RichDoc {
  return JSON.parse(JSON.stringify(doc).replaceAll('"align":"left"', '"align":null')) as RichDoc; // What it was but for that.
}

describe("wiki markup, for any document", () => {
  it("[G5] loses no text", () => {
    fc.assert(
      fc.property(anyDoc, (raw) => {
        const doc = parseDoc(raw);
        expect(lostText(doc, seen(toWiki(doc).output))).toBeNull();
      }),
      fuzz,
    );
    console.info(`wiki: ${runs} documents; ${countMade()}`);
  });

  it("[G5] loses no text on the way back either, whatever could not be held", () => {
    fc.assert(
      fc.property(anyDoc, (raw) => {
        const doc = parseDoc(raw);
        const back = fromWiki(toWiki(doc).output);
        expect(lostText(doc, JSON.stringify(lettersOf(back)))).toBeNull();
      }),
      fuzz,
    );
  });

  it("[G5] [I4] is read back as the same document where nothing was lost", () => {
    let whole = 0;
    fc.assert(
      fc.property(held, (raw) => {
        const doc = parseDoc(raw);
        const { output, losses } = toWiki(doc);
        if (losses.length > 0) return;
        whole += 1;
        expect(shapeOfDoc(fromWiki(output))).toEqual(shapeOfDoc(plainLeft(doc)));
      }),
      fuzz,
    );
    expect(whole).toBeGreaterThan(runs / 8);
  });

  it("[I4] reads anything that anybody may write", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        ...[
          "{code}",
          "{quote}",
          "{panel:title=a|bgColor=#fff}",
          "{panel}",
          "{color:red}",
          "{color}",
          "{noformat}",
          "{x}",
          "{",
          "}",
        ],
        ...[
          "* ",
          "*# ",
          "- ",
          "|",
          "||",
          "\n",
          "\n\n",
          "h1. ",
          "bq. ",
          "----",
          "[",
          "]",
          "[a|http://b.c]",
          "[~u]",
          "!a.png!",
          "\\",
          "\\\\",
        ],
        ...[
          "*",
          "_",
          "{*}",
          "{{",
          "}}",
          "??",
          "&amp;",
          "&#1;",
          "&#xffffff;",
          "(/)",
          ":)",
          "\uFDD0m0\uFDD1",
          "\uFDD0c7\uFDD1",
        ],
      ),
      fc.string({ maxLength: 5, unit: "grapheme" }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const doc = fromWiki(pieces.join(""), { integrationId: "i", baseUrl: "https://jira.example/" });
        expect(parseDoc(doc)).toEqual(doc);
      }),
      fuzz,
    );
  });
});

function lettersOf(node: RichNode): string {
  if (node.type === "text") return node.text;
  if (node.type === "image") return `${node.attrs.alt ?? ""} `;
  if (node.type === "emoji") return `${node.attrs.text ?? ""}:${node.attrs.name}:`;
  if (node.type === "mention") return node.attrs.label;
  return "content" in node ? node.content.map(lettersOf).join(" ") : "";
}
