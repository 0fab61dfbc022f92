import fc from "fast-check";

import type { RichBlock, RichDoc, RichInline, RichItem, RichMark } from "../doc";

/** The texts that conversions get wrong, by name; a property test has to meet each of them often. */
export const nasties = {
  edgeSpaces: [" a ", "  b", "c\t", " ", "\u00a0d\u00a0"],
  backticks: ["`", "``x``", "a```b", "`` ` ``", "```\ncode"],
  pipes: ["|", "a | b", "|---|", "| x |", ":-|:-"],
  listLike: [
    "1. x",
    "2) y",
    "- z",
    "+ a",
    "* b",
    "# c",
    "> d",
    "---",
    "===",
    "[ ] e",
    "10.",
    "-",
    "~~~",
    "***",
    "[x]: /url",
  ],
  crlf: ["a\r\nb", "\r", "c\rd", "\r\n\r\n", "e\r\n/close"],
  separators: ["a\u2028/close", "\u2029b", "c\u0085/label", "\u000bd", "\u000c"],
  rightToLeft: ["שלום", "\u202eabc\u202c", "مرحبا @here", "\u2067x\u2069"],
  joinedEmoji: ["👨‍👩‍👧‍👦", "🏳️‍🌈x", "e\u0301", "👍🏽", "\ud83d"],
  htmlLike: [
    "<img src=x onerror=alert(1)>",
    "<!-- x -->",
    "&lt;b&gt;",
    "&#64;",
    "</p>",
    "<details>",
    "<a@b.c>",
    "<!-- faultline-1 -->",
    "&copy",
    "a < b",
  ],
  references: ["#1", "GH-1", "gh-23", "owner/repo#1", "fixes #1", "Closes: org/app#77", "resolve GH-4", "#1#2"],
  mentions: ["@here", "@org/team", "hi @user-name.", "user@host", "a_@b", "(@x)", "@@y", "mail a_b@host.com"],
  quickActions: ["/close", "/label ~x", "//comment", "/ close"],
  emphasis: [
    "*a*",
    "_b_",
    "**c**",
    "snake_case",
    "a*b",
    "__d__",
    "~~e~~",
    "~f~",
    "*",
    "_",
    "**",
    "a_",
    "_b",
    '"q"',
    "(p)",
    "!",
  ],
  links: [
    "[a](b)",
    "![i](j)",
    "[a][b]",
    "[^1]",
    "https://ex.am/p_l(e)?a=1&b=2.",
    "www.ex_am.ple",
    "http://x.y/*z*",
    "https://github.com/o/r/issues/1",
    "ftp://h/x_y",
    "https://",
    "<https://a.b>",
    "mailto:x@y.zz",
    "https://a.b/&amp;c",
  ],
  emoji: [":+1:", "a.ts:100:5", "Foo::key::bar", ":b:", "12:30:45"],
  escapes: ["\\", "C:\\dir\\*", "a\\", "\\@x", "$x$", "$$", "\u0000", "é_ü_"],
} as const;

type Nasty = keyof typeof nasties | "emptyBlock";

/** How often each nasty was made; the tests print it and refuse a number that proves nothing. */
export const made = new Map<Nasty, number>();
const count = (name: Nasty) => made.set(name, (made.get(name) ?? 0) + 1);

const names = Object.keys(nasties) as (keyof typeof nasties)[]; // Object.keys widens to string.
const nasty = fc.constantFrom(...names).chain((name) =>
  fc.constantFrom(...nasties[name]).map((text) => {
    count(name);
    return text;
  }),
);
const word = fc.constantFrom("a", "foo", "bar9", "x y", "Ünï", ".", ",", "(", ")", "'s");
const text = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: nasty },
      { weight: 2, arbitrary: word },
      { weight: 1, arbitrary: fc.string({ maxLength: 6, unit: "grapheme" }) },
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((parts) => parts.join(""))
  .filter((value) => value !== "");

const href = fc.constantFrom(
  "https://ex.am/ple",
  "http://a.b/c(d)?e=f&g=h",
  "mailto:a@b.cd",
  "https://x.y/&amp;z",
  "https://ex.am/*_~`",
);
const mark: fc.Arbitrary<RichMark> = fc.oneof(
  fc.constantFrom<RichMark>({ type: "bold" }, { type: "italic" }, { type: "strike" }, { type: "code" }),
  href.map((to): RichMark => ({ type: "link", attrs: { href: to } })),
);
const markSet = fc.oneof(
  { weight: 2, arbitrary: fc.constant<RichMark[]>([]) },
  { weight: 3, arbitrary: fc.uniqueArray(mark, { maxLength: 3, selector: ({ type }) => type }) },
);
const inlinePart: fc.Arbitrary<RichInline> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: fc.constant("text" as const), text, marks: markSet }) },
  { weight: 1, arbitrary: markSet.map((marks): RichInline => ({ type: "hardBreak", marks })) },
);
const inline = fc.array(inlinePart, { maxLength: 5 }).map((content) => {
  if (content.length === 0) count("emptyBlock");
  return content;
});
const codeText = fc.oneof(
  text,
  fc.constantFrom("", "\n", "a\n\nb\n", "  x\n\ty\n   ", "````\n~~~", "<!-- faultline-1 -->"),
);
const language = fc.constantFrom(null, "ts", "c++", "objective-c");

const { block } = fc.letrec<{ block: RichBlock; item: RichItem }>((tie) => {
  const blocks = (maxLength: number) => fc.array(tie("block"), { maxLength, depthIdentifier: "doc" });
  const items = fc.array(tie("item"), { minLength: 1, maxLength: 3, depthIdentifier: "doc" });
  return {
    item: fc.record({ type: fc.constant("listItem" as const), content: blocks(3) }),
    block: fc.oneof(
      { depthIdentifier: "doc", maxDepth: 4, withCrossShrink: true },
      { weight: 5, arbitrary: inline.map((content): RichBlock => ({ type: "paragraph", content })) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(fc.integer({ min: 1, max: 6 }), inline)
          .map(([level, content]): RichBlock => ({ type: "heading", attrs: { level }, content })),
      },
      {
        weight: 2,
        arbitrary: fc.tuple(codeText, language).map(
          ([code, lang]): RichBlock => ({
            type: "codeBlock",
            attrs: { language: lang },
            content: code === "" ? [] : [{ type: "text", text: code }],
          }),
        ),
      },
      { weight: 1, arbitrary: fc.constant<RichBlock>({ type: "horizontalRule" }) },
      { weight: 2, arbitrary: items.map((content): RichBlock => ({ type: "bulletList", content })) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.constantFrom(0, 1, 2, 99, 999_999_999), items)
          .map(([start, content]): RichBlock => ({ type: "orderedList", attrs: { start }, content })),
      },
      { weight: 2, arbitrary: blocks(3).map((content): RichBlock => ({ type: "blockquote", content })) },
    ),
  };
});

/** Documents as hostile as text from a failed test can make them. */
export const anyDoc: fc.Arbitrary<RichDoc> = fc
  .array(block, { minLength: 1, maxLength: 5 })
  .map((content) => ({ type: "doc", content }));
