import { describe, expect, it } from "vitest";

import { AppError } from "@/lib/errors";
import { bulletList, doc, panel, paragraph, table } from "./build";
import type { RichBlock, RichCell } from "./doc";
import { fromWiki } from "./from-wiki";
import { toWiki } from "./to-wiki";

const megabyte = (part: string) => part.repeat(Math.floor(1_048_576 / part.length));
/** Quadratic would be minutes; the bench says how fast it is. */
const mostMs = 3_000;
const timed = (work: () => unknown) => {
  // The processor's time: the machine may be busy with other tests.
  const start = process.cpuUsage();
  work();
  return process.cpuUsage(start).user / 1_000;
};

describe("wiki markup", { timeout: 240_000 }, () => {
  it("[G5] is written in time that grows with the text alone", () => {
    const parts = [
      "*",
      "[",
      "{",
      "|",
      "!",
      "a",
      "\\",
      "&",
      "(",
      ":",
      "http://",
      "http://%",
      "https://a.b/[",
      "mailto:",
      "_a ",
      "h1. ",
    ];
    for (const part of parts) {
      expect(
        timed(() => toWiki(doc(paragraph(megabyte(part))))),
        part,
      ).toBeLessThan(mostMs);
    }
  });

  it("[I4] is read in time that grows with the text alone, or refused", () => {
    const parts = [
      ...[
        "*",
        "[",
        "{",
        "|",
        "!",
        "a",
        "\\",
        "\\\\",
        "\n",
        "* ",
        "* a\n",
        "** a\n# b\n",
        "|a",
        "||a|b|\n",
        "[a|",
        "!a",
        "!a.b",
        "&",
        "&#1;",
      ],
      ...[
        "{quote}",
        "{quote}{panel}",
        "{code}",
        "{color:red}",
        "{color:red}{color}",
        "{x}",
        "{*}a",
        "*a _b ",
        "_a* b",
        "~[",
        "h",
        "http://",
        "https://a.b/[",
      ],
      ...[
        "* * ",
        "h1. a\n",
        "bq. a\n",
        "----\n",
        "{{a}} ",
        "(/)",
        "\\*",
        "[a|http://b.c]",
        "[~a]",
        "{noformat}a",
        "{code:a|b=",
        "a\n",
      ],
    ];
    for (const part of parts) {
      const wiki = megabyte(part);
      const ms = timed(() => {
        try {
          fromWiki(wiki);
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
        }
      });
      expect(ms, part).toBeLessThan(mostMs);
    }
  });

  it("[G5] [I4] bounds what a number or a depth can ask for", () => {
    const wide: RichCell = { type: "tableCell", attrs: { colspan: 100, rowspan: 1_000 }, content: [] };
    const cells = Array.from({ length: 20_000 }, () => wide);
    expect(toWiki(doc(table(...cells.map((one) => [one])))).output.length).toBeLessThan(1_000_000);

    let deep: RichBlock = paragraph("a");
    for (let i = 0; i < 48; i++) deep = i % 2 === 0 ? bulletList([deep]) : panel("info", deep);
    expect(toWiki(doc(deep)).output).toContain("a");
    expect(() =>
      toWiki(doc(Array.from({ length: 200 }).reduce<RichBlock>((inner) => panel("info", inner), deep))),
    ).toThrow(AppError);
    for (const wiki of [
      `${"{quote}{panel}".repeat(500)}a${"{panel}{quote}".repeat(500)}`,
      `${"*".repeat(5_000)} a`,
      "* ".repeat(5_000),
    ]) {
      expect(() => fromWiki(wiki)).not.toThrow();
    }
  });
});
