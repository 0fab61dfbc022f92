import fc from "fast-check";

import {
  alignments,
  panelTypes,
  type RichBlock,
  type RichCell,
  type RichDoc,
  type RichInline,
  type RichItem,
  type RichMark,
  type RichRow,
  type RichTask,
} from "../doc";

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

/** Fails the test that calls it when a nasty was made less often than a hundred times, and says how often each was. */
export function countMade(): string {
  const counts = [...Object.keys(nasties), "emptyBlock"].map((name) => [name, made.get(name as Nasty) ?? 0] as const);
  const rare = counts.filter(([, times]) => times < 100);
  if (rare.length > 0)
    throw new Error(`Too rare to prove anything: ${rare.map(([name, n]) => `${name} ${n}`).join(", ")}`);
  return counts.map(([name, times]) => `${name} ${times}`).join(", ");
}

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
const colour = fc.constantFrom("#ff0000", "#00875a", "#6554c0");
const markOf: { [K in RichMark["type"]]: fc.Arbitrary<RichMark> } = {
  bold: fc.constant({ type: "bold" }),
  italic: fc.constant({ type: "italic" }),
  underline: fc.constant({ type: "underline" }),
  strike: fc.constant({ type: "strike" }),
  code: fc.constant({ type: "code" }),
  link: href.map((to): RichMark => ({ type: "link", attrs: { href: to } })),
  highlight: fc.option(colour).map((color): RichMark => ({ type: "highlight", attrs: { color } })),
  textStyle: colour.map((color): RichMark => ({ type: "textStyle", attrs: { color } })),
  subscript: fc.constant({ type: "subscript" }),
  superscript: fc.constant({ type: "superscript" }),
};

const codeText = fc.oneof(
  text,
  fc.constantFrom(
    "",
    "\n",
    "a\n\nb\n",
    "  x\n\ty\n   ",
    "````\n~~~",
    "<!-- faultline-1 -->",
    "{code}",
    "</code></pre>",
  ),
);
const language = fc.constantFrom(null, "ts", "c++", "objective-c");
const size = fc.option(fc.integer({ min: 1, max: 10_000 }));
const image: fc.Arbitrary<RichInline> = fc
  .record({
    src: fc.option(fc.constantFrom("https://ex.am/ple.png", "http://a.b/c(d).gif?e=f&g=h"), { freq: 4 }),
    alt: fc.option(text),
    title: fc.option(text),
    width: size,
    height: size,
    attachmentId: fc.constant(null),
  })
  .map((attrs): RichInline => ({ type: "image", attrs }));
const mention: fc.Arbitrary<RichInline> = fc
  .record({
    id: fc.constantFrom("5b10a2844c20165700ede21g", "42", "a b|c]d"),
    label: fc.constantFrom("Ada Lovelace", "ada", "a*b_c", "<b>x</b>", "@here"),
    handle: fc.option(fc.constantFrom("ada", "ada-lovelace")),
    integrationId: fc.option(fc.constantFrom("here", "elsewhere")),
  })
  .map((attrs): RichInline => ({ type: "mention", attrs }));
const emoji: fc.Arbitrary<RichInline> = fc
  .constantFrom(
    { name: "tada", text: "🎉" },
    { name: "+1", text: "👍" },
    { name: "warning", text: "⚠️" },
    { name: "octocat", text: null },
  )
  .map((attrs): RichInline => ({ type: "emoji", attrs }));

/** The kinds that documents are made of; what is left out does not occur. Paragraphs, text and `doc` always do. */
export type Kinds = {
  marks?: readonly RichMark["type"][];
  nodes?: readonly Exclude<RichBlock["type"] | RichInline["type"], "text" | "paragraph">[];
};

const allMarks = Object.keys(markOf) as RichMark["type"][]; // Object.keys widens to string.

/** Documents of these kinds, as hostile as text from a failed test can make them. */
export function docsOf(kinds: Kinds = {}): fc.Arbitrary<RichDoc> {
  const has = (kind: NonNullable<Kinds["nodes"]>[number]) => kinds.nodes?.includes(kind) ?? true;
  const only = <T>(kind: NonNullable<Kinds["nodes"]>[number], weight: number, arbitrary: fc.Arbitrary<T>) =>
    has(kind) ? [{ weight, arbitrary }] : [];

  const markSet = fc.oneof(
    { weight: 2, arbitrary: fc.constant<RichMark[]>([]) },
    {
      weight: 3,
      arbitrary: fc.uniqueArray(fc.oneof(...(kinds.marks ?? allMarks).map((kind) => markOf[kind])), {
        maxLength: 3,
        selector: ({ type }) => type,
      }),
    },
  );
  const marked = (part: fc.Arbitrary<RichInline>) =>
    fc.tuple(part, markSet).map(([node, marks]): RichInline => ({ ...node, marks }));
  const inlinePart: fc.Arbitrary<RichInline> = fc.oneof(
    { weight: 12, arbitrary: fc.record({ type: fc.constant("text" as const), text, marks: markSet }) },
    ...only("hardBreak", 1, marked(fc.constant({ type: "hardBreak" }))),
    ...only("image", 1, marked(image)),
    ...only("mention", 1, marked(mention)),
    ...only("emoji", 1, marked(emoji)),
  );
  const inline = fc.array(inlinePart, { maxLength: 5 }).map((content) => {
    if (content.length === 0) count("emptyBlock");
    return content;
  });
  const paragraph = inline.map((content): RichBlock => ({ type: "paragraph", content }));

  const { block } = fc.letrec<{ block: RichBlock; item: RichItem; task: RichTask; table: RichBlock }>((tie) => {
    const blocks = (maxLength: number) => fc.array(tie("block"), { maxLength, depthIdentifier: "doc" });
    const items = fc.array(tie("item"), { minLength: 1, maxLength: 3, depthIdentifier: "doc" });
    const align = fc.option(fc.constantFrom(...alignments));
    const line = inline.map((content): RichBlock[] => [
      { type: "paragraph", content: content.filter(({ type }) => type !== "hardBreak") },
    ]);
    const plainTable = fc
      .array(align, { minLength: 1, maxLength: 3 })
      .chain((columns) => {
        const row = (type: RichCell["type"]) =>
          fc.tuple(...columns.map(() => line)).map(
            (cells): RichRow => ({
              type: "tableRow",
              content: cells.map((content, at) => ({ type, attrs: { align: columns[at] ?? null }, content })),
            }),
          );
        return fc.tuple(row("tableHeader"), fc.array(row("tableCell"), { maxLength: 2 }));
      })
      .map(([head, rows]): RichBlock => ({ type: "table", content: [head, ...rows] }));
    // A rectangle of cells, one of which may reach over two columns.
    const anyTable = fc
      .record({ width: fc.integer({ min: 1, max: 3 }), height: fc.integer({ min: 1, max: 3 }), wide: fc.boolean() })
      .chain(({ width, height, wide }) => {
        const cell = fc.record({
          type: fc.constantFrom("tableHeader" as const, "tableCell" as const),
          attrs: fc.record({ colspan: fc.constant(1), rowspan: fc.constant(1), align }),
          content: blocks(2).map((content): RichBlock[] =>
            content.length > 0 ? content : [{ type: "paragraph", content: [] }],
          ),
        });
        const row = (isWide: boolean) =>
          fc
            .array(cell, { minLength: isWide ? width - 1 : width, maxLength: isWide ? width - 1 : width })
            .map((cells): RichRow => {
              const content = cells.map((one, at) =>
                isWide && at === 0 ? { ...one, attrs: { ...one.attrs, colspan: 2 } } : one,
              );
              return { type: "tableRow", content };
            });
        return fc.tuple(...Array.from({ length: height }, (_, at) => row(wide && width > 1 && at === 0)));
      })
      .map((content): RichBlock => ({ type: "table", content }));
    return {
      item: fc.record({ type: fc.constant("listItem" as const), content: blocks(3) }),
      task: fc.record({
        type: fc.constant("taskItem" as const),
        attrs: fc.record({ checked: fc.boolean() }),
        content: fc.tuple(paragraph, blocks(2)).map(([first, rest]) => [first, ...rest]),
      }),
      table: fc.oneof(plainTable, anyTable),
      block: fc.oneof(
        { depthIdentifier: "doc", maxDepth: 4, withCrossShrink: true },
        { weight: 5, arbitrary: paragraph },
        ...only(
          "heading",
          1,
          fc
            .tuple(fc.integer({ min: 1, max: 6 }), inline)
            .map(([level, content]): RichBlock => ({ type: "heading", attrs: { level }, content })),
        ),
        ...only(
          "codeBlock",
          2,
          fc.tuple(codeText, language).map(
            ([code, lang]): RichBlock => ({
              type: "codeBlock",
              attrs: { language: lang },
              content: code === "" ? [] : [{ type: "text", text: code }],
            }),
          ),
        ),
        ...only("horizontalRule", 1, fc.constant<RichBlock>({ type: "horizontalRule" })),
        ...only(
          "bulletList",
          2,
          items.map((content): RichBlock => ({ type: "bulletList", content })),
        ),
        ...only(
          "orderedList",
          2,
          fc
            .tuple(fc.constantFrom(0, 1, 2, 99, 999_999_999), items)
            .map(([start, content]): RichBlock => ({ type: "orderedList", attrs: { start }, content })),
        ),
        ...only(
          "taskList",
          1,
          fc
            .array(tie("task"), { minLength: 1, maxLength: 3, depthIdentifier: "doc" })
            .map((content): RichBlock => ({ type: "taskList", content })),
        ),
        ...only(
          "blockquote",
          2,
          blocks(3).map((content): RichBlock => ({ type: "blockquote", content })),
        ),
        ...only("table", 2, tie("table")),
        ...only(
          "details",
          1,
          fc.tuple(inline, blocks(3), fc.boolean()).map(
            ([summary, content, open]): RichBlock => ({
              type: "details",
              attrs: { open },
              content: [
                { type: "detailsSummary", content: summary.filter(({ type }) => type !== "hardBreak") },
                { type: "detailsContent", content },
              ],
            }),
          ),
        ),
        ...only(
          "panel",
          1,
          fc
            .tuple(fc.constantFrom(...panelTypes), blocks(3))
            .map(([panelType, content]): RichBlock => ({ type: "panel", attrs: { panelType }, content })),
        ),
        ...only(
          "attachment",
          1,
          fc.constantFrom("output.txt", "a ]b[ *c*.log", "@here|x.png").map(
            (name): RichBlock => ({
              type: "attachment",
              attrs: { attachmentId: "0197", name, mediaType: "text/plain", sizeBytes: 12 },
            }),
          ),
        ),
      ),
    };
  });
  return fc.array(block, { minLength: 1, maxLength: 5 }).map((content) => ({ type: "doc", content }));
}

/** Documents of every kind. */
export const anyDoc: fc.Arbitrary<RichDoc> = docsOf();
