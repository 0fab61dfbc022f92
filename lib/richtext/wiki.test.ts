import { describe, expect, it } from "vitest";

import {
  attachment,
  blockquote,
  bold,
  bulletList,
  cell,
  code,
  codeBlock,
  details,
  doc,
  emoji,
  hardBreak,
  headerCell,
  heading,
  highlight,
  horizontalRule,
  image,
  italic,
  link,
  mention,
  orderedList,
  panel,
  paragraph,
  strike,
  subscript,
  superscript,
  table,
  taskList,
  textColour,
  underline,
} from "./build";
import { parseDoc, type RichBlock } from "./doc";
import { fromWiki } from "./from-wiki";
import { shapeOfDoc } from "./testing/shape";
import { toWiki } from "./to-wiki";

const target = {
  integrationId: "jira",
  attachment: (id: string) =>
    id === "shot" ? { url: "shot.png", embeds: true } : id === "log" ? { url: "output.log", embeds: false } : null,
};
const wiki = (...blocks: RichBlock[]) => toWiki(doc(...blocks), target);

// After Jira's Text Formatting Notation and the order in which its renderer works.
const pairs: [what: string, blocks: RichBlock[], wiki: string][] = [
  ["headings", [heading(1, "a"), heading(6, "b"), heading(2)], "h1. a\n\nh6. b\n\nh2. &nbsp;"],
  ["a heading with a line break", [heading(1, "a\nb")], "h1. a\\\\ b"],
  [
    "marks",
    [paragraph(bold("a"), " ", italic("b"), " ", underline("c"), " ", strike("d"), " ", code("e"))],
    "*a* _b_ +c+ -d- {{e}}",
  ],
  ["raised and lowered text", [paragraph("10", superscript("2"), " H", subscript("2"), "O")], "10{^}2^ H{~}2{~}O"],
  ["colours", [paragraph("a ", textColour("#ff0000", "b"), " c")], "a {color:#ff0000}b{color} c"],
  ["marks inside a word", [paragraph("a", italic("b"), "c", bold("d"), code("e"), "f")], "a{_}b{_}c{*}d*{{e{}}}f"],
  ["marks with spaces at their edges", [paragraph("a", bold(" b "), underline(" c "))], "a *b* +&#32;c&#32;+"],
  ["marks over a line end", [paragraph(bold("a\nb"))], "*a*\\\\\n*b*"],
  ["marks around what no sign may reach over", [paragraph(bold("½ 👩‍👧"))], "*&#189; 👩&#8205;👧*"],
  [
    "marks in marks",
    [paragraph(bold("a ", italic("b")), " ", link("https://x.y", bold("c")))],
    "*a _b_* [*c*|https://x.y]",
  ],
  [
    "links",
    [paragraph(link("https://x.y/a?b=c&amp;d", "a ]|["), " c")],
    "[a &#93;&#124;&#91;|https://x.y/a?b=c&amp;amp;d] c",
  ],
  ["a link that shows its address", [paragraph(link("https://x.y", "https://x.y"))], "[https://x.y]"],
  ["links that touch", [paragraph(link("https://x.y", "a"), link("https://z", "b"))], "[a|https://x.y|][b|https://z]"],
  ["a link to a mailbox", [paragraph(link("mailto:a@b.cd", "write"))], "[write|mailto:a@b.cd]"],
  ["line breaks", [paragraph("a", hardBreak(), hardBreak(), "b")], "a\\\\\n\\\\\nb"],
  ["bullets", [bulletList([paragraph("a"), bulletList([paragraph("b")])], [])], "* a\n** b\n* &nbsp;"],
  [
    "lists in lists of the other sort",
    [
      orderedList(
        1,
        [paragraph("a"), bulletList([paragraph("b"), orderedList(1, [paragraph("c")])])],
        [paragraph("d")],
      ),
    ],
    "# a\n#* b\n#*# c\n# d",
  ],
  ["two lists in a row", [bulletList([paragraph("a")]), bulletList([paragraph("b")])], "* a\n\n* b"],
  [
    "code in an item",
    [bulletList([paragraph("a"), codeBlock("b\n\nc", "js")], [paragraph("d")])],
    "* a\n{code:js}\nb\n\nc\n{code}\n* d",
  ],
  [
    "quotes",
    [blockquote(paragraph("a"), bulletList([paragraph("b")])), blockquote()],
    "{quote}\na\n\n* b\n{quote}\n\n{quote}\n{quote}",
  ],
  [
    "code",
    [codeBlock("a {b} *c* \\ &lt;\n", "java"), codeBlock("")],
    "{code:java}\na {b} *c* \\ &lt;\n\n{code}\n\n{noformat}\n\n{noformat}",
  ],
  ["text that ends {noformat}", [codeBlock("a {noformat} b")], "{code:none}\na {noformat} b\n{code}"],
  [
    "tables",
    [table([headerCell([paragraph("a")]), headerCell([paragraph("b|")])], [cell([paragraph("c")]), cell([])])],
    "||a||b&#124;||\n|c| |",
  ],
  [
    "cells with blocks",
    [table([cell([paragraph("a\nb"), bulletList([paragraph("c")])]), cell([codeBlock("d|e", "js")])])],
    "|a\\\\\nb\n* c|{code:js}\nd|e\n{code}|",
  ],
  [
    "panels",
    [panel("warning", paragraph("a")), panel("info")],
    "{panel:bgColor=#fffae6}\na\n{panel}\n\n{panel:bgColor=#deebff}\n{panel}",
  ],
  ["rules", [paragraph("a"), horizontalRule(), paragraph("b")], "a\n\n----\n\nb"],
  [
    "pictures",
    [paragraph("a", image({ src: "https://x.y/a.png", alt: "b, c!", width: 20, height: 10 }), "d")],
    "&#97;!https://x.y/a.png|width=20,height=10,alt=b&#44; c&#33;!&#100;",
  ],
  ["empty paragraphs", [paragraph("a"), paragraph(), paragraph("b")], "a\n\nb"],
];

const harmless: [what: string, text: string, wiki: string][] = [
  ["emphasis", "*a* _b_ -c- +d+ ^e^ ~f~ ??g??", "\\*a\\* \\_b\\_ \\-c\\- \\+d\\+ \\^e\\^ \\~f\\~ \\?\\?g\\?\\?"],
  ["signs inside words and beside spaces", "snake_case a-b 1+1 a * b - c", "snake_case a-b 1+1 a * b - c"],
  ["dashes", "a -- b --- c", "a \\-\\- b \\-\\-\\- c"],
  [
    "macros",
    "{code} {color:red} {{x}} {*}y{*}",
    "\\{code\\} \\{color:red\\} &#123;&#123;x&#125;&#125; \\{\\*\\}y\\{\\*\\}",
  ],
  ["mentions and links", "[~ada] [a|b] [^c] [ ]", "\\[\\~ada] \\[a&#124;b] \\[\\^c] [ ]"],
  ["pictures", "!a.png! a! b !c", "\\!a.png! a! b \\!c"],
  ["emoticons", "f(x) (/) :) ;) :D :Done (y", "f\\(x) \\(/) &#58;) &#59;) &#58;D :Done (y"],
  ["backslashes", "C:\\dir \\* \\\\host\\x", "C:&#92;dir &#92;\\* &#92;&#92;host&#92;x"],
  ["entities", "&lt; &#64; a && b &copy", "&amp;lt; &amp;#64; a && b &amp;copy"],
  ["HTML", "<b>x</b> <!-- y -->", "<b>x</b> <\\!\\-\\- y \\-\\->"],
  ["addresses", "see https://a.b/c_d*e. ftp://f mailto:a@b.c", "see [https://a.b/c_d*e]. ftp&#58;//f mailto&#58;a@b.c"],
  ["signs at the edges of a line and beside tabs", "+ a\t* b *", "\\+ a\t\\* b \\*"],
  ["an address before a character of no address", "https://b.c/\u2150", "[https://b.c/]\u2150"],
  ["a sign between a word and an address", "a_https://b.c d", "a\\_[https://b.c] d"],
  [
    "line starts",
    "* a\n# b\n- c\n## d\nh1. e\nbq. f\n| g\n----\n☑ h\n i",
    "\\* a\\\\\n\\# b\\\\\n\\- c\\\\\n\\## d\\\\\nh1&#46; e\\\\\nbq&#46; f\\\\\n&#124; g\\\\\n\\-\\-\\-\\-\\\\\n&#9745; h\\\\\n&#32;i",
  ],
  ["keys of issues, which Jira links", "ABC-1 fixes ABC-2", "ABC-1 fixes ABC-2"],
];

describe("toWiki", () => {
  it.each(pairs)("[G5] [I4] writes %s, and they are read back", (_, blocks, markup) => {
    expect(wiki(...blocks)).toEqual({ output: markup, losses: [] });
    expect(shapeOfDoc(fromWiki(markup))).toEqual(shapeOfDoc(parseDoc(doc(...blocks))));
  });

  it.each(harmless)("[G5] [I4] keeps %s plain text, which is read back", (_, text, markup) => {
    expect(wiki(paragraph(text)).output).toBe(markup);
    expect(shapeOfDoc(fromWiki(markup))).toEqual(shapeOfDoc(parseDoc(doc(paragraph(text)))));
  });

  it("[G5] escapes in code what would be markup there, and nothing in blocks of code", () => {
    const text = "*a* {b} [c] https://d (/) \\ }}";
    expect(wiki(paragraph(code(text))).output).toBe(
      "{{&#42;a&#42; &#123;b&#125; &#91;c&#93; https&#58;//d &#40;/) &#92; &#125;&#125;}}",
    );
    expect(shapeOfDoc(fromWiki(wiki(paragraph(code(text)), codeBlock(text)).output))).toEqual(
      shapeOfDoc(doc(paragraph(code(text)), codeBlock(text))),
    );
  });

  it("[G5] mentions a person of that very Jira, and writes anybody else's name", () => {
    const there = mention({ id: "5b1", handle: "ada", label: "Ada L.", integrationId: "jira" });
    const elsewhere = mention({ id: "5b1", handle: "ada", label: "[~ada]", integrationId: "github" });
    const odd = mention({ id: "a]b", label: "B", integrationId: "jira" });
    expect(wiki(paragraph(there, " ", elsewhere, " ", odd))).toEqual({
      output: "[~ada] \\[\\~ada] B",
      losses: [{ kind: "mention", count: 2, where: "[~ada]", became: "the name as text" }],
    });
  });

  it("[G5] [G8] shows and links files of the issue, and names those that are not there", () => {
    const file = (attachmentId: string, name: string) => attachment({ attachmentId, name });
    expect(
      wiki(
        file("log", "output.log"),
        file("log", "a|b"),
        file("x", "c*d*"),
        paragraph(image({ attachmentId: "shot", alt: "s" })),
      ),
    ).toEqual({
      output: "[^output.log]\n\n[a&#124;b|^output.log]\n\nc*d\\*\n\n!shot.png|alt=s!",
      losses: [{ kind: "attachment", count: 1, where: "c*d*", became: "its name" }],
    });
  });

  it("[G5] writes the emoticons that there are, and other emoji as they look", () => {
    const { output, losses } = wiki(
      paragraph(emoji("white_check_mark", "✅"), " ", emoji("tada", "🎉"), " ", emoji("octocat")),
    );
    expect(output).toBe("(/) 🎉 :octocat:");
    expect(losses).toEqual([{ kind: "emoji", count: 1, where: "octocat", became: "its name" }]);
    // No emoticon goes on into a word, whatever stood around it that is not written.
    expect(wiki(paragraph(highlight(null, emoji("+1", "👍")), "c")).output).toBe("(y)&#99;");
    expect(wiki(paragraph(emoji("+1", "👍"), "a*b")).output).toBe("(y)&#97;\\*b");
  });

  const lossy: [what: string, blocks: RichBlock[], wiki: string, became: string][] = [
    ["tasks", [taskList([true, [paragraph("a")]], [false, [paragraph("b")]])], "* ☑ a\n* ☐ b", "a list with ☑ and ☐"],
    [
      "details",
      [details(["a"], [paragraph("b")])],
      "{panel:title=a}\nb\n{panel}",
      "a panel with the summary as its title",
    ],
    [
      "details with marks in their summary",
      [details([bold("a|")], [paragraph("b")])],
      "{panel}\n*a&#124;*\n\nb\n{panel}",
      "a panel with the summary as its title",
    ],
    ["highlights", [paragraph(highlight("#ffff00", "a"))], "a", "the text without its background"],
    ["other numbers", [orderedList(3, [paragraph("a")])], "# a", "a list that begins with 1"],
    [
      "languages that Jira reads as another",
      [codeBlock("a", "ts")],
      "{code:javascript}\na\n{code}",
      "a block of javascript",
    ],
    [
      "languages that it does not know",
      [codeBlock("a", "cobol")],
      "{noformat}\na\n{noformat}",
      "a block without a language, because Jira knows no cobol",
    ],
    [
      "code with the end of its block in it",
      [codeBlock("{code}", "js")],
      "{noformat}\n{code}\n{noformat}",
      "a block without a language, because it has {code} in it",
    ],
    [
      "code with every end in it",
      [codeBlock("{code}{noformat}")],
      "{code:none}\n{\u200bcode}{noformat}\n{code}",
      "code with an invisible character in {code}, which would end the block",
    ],
    [
      "code with the end of what is around it in it",
      [blockquote(codeBlock("{quote}"))],
      "{quote}\n{noformat}\n{\u200bquote}\n{noformat}\n{quote}",
      "code with an invisible character in {quote}, which would end the block",
    ],
    [
      "a quote in a quote",
      [blockquote(blockquote(paragraph("a")))],
      "{quote}\na\n{quote}",
      "a part of the quote around it",
    ],
    [
      "paragraphs of an item",
      [bulletList([paragraph("a"), paragraph("b")])],
      "* a\\\\\nb",
      "a new line, because an item and a cell are one paragraph",
    ],
    [
      "what follows a list in an item",
      [bulletList([paragraph("a"), bulletList([paragraph("b")]), paragraph("c")])],
      "* a\n** b\nc",
      "a part of the list item above it",
    ],
    [
      "wide and high cells",
      [table([cell([paragraph("a")], { colspan: 2, rowspan: 2 }), cell([paragraph("b")])], [cell([paragraph("c")])])],
      "|a| |b|\n| | |c|",
      "a cell with empty cells beside it",
    ],
    ["alignment", [table([cell([paragraph("a")], { align: "right" })])], "|a|", "a cell with its text on the left"],
    [
      "a table in a cell",
      [table([cell([table([cell([paragraph("a")]), cell([paragraph("b")])])])])],
      "|a &#124; b|",
      "lines of the cell around it",
    ],
    [
      "a picture that is none to Jira",
      [paragraph(image({ src: "https://x.y/avatar", alt: "a" }))],
      "[a|https://x.y/avatar]",
      "a link to it",
    ],
    ["a picture without an address", [paragraph(image({ alt: "*a*" }))], "\\*a\\*", "its description"],
    [
      "brackets in an address",
      [paragraph(link("http://[::1]/", "a"))],
      "a (http&#58;//\\[::1]/)",
      "its text with the address behind it",
    ],
  ];
  it.each(lossy)("[G5] says what became of %s", (_, blocks, markup, became) => {
    const { output, losses } = wiki(...blocks);
    expect(losses.map((loss) => loss.became)).toContain(became);
    expect(output).toBe(markup);
  });
});

describe("fromWiki", () => {
  const read: [what: string, wiki: string, blocks: RichBlock[]][] = [
    ["carriage returns", "a\r\nb\r\n\r\nc", [paragraph("a\nb"), paragraph("c")]],
    ["tasks of ours", "* ☑ a\n* ☐ b", [taskList([true, [paragraph("a")]], [false, [paragraph("b")]])]],
    ["one quoted line", "bq. a *b*", [blockquote(paragraph("a ", bold("b")))]],
    ["citations", "??a??", [paragraph(italic("a"))]],
    [
      "a panel with a title",
      "{panel:title=T & U|bgColor=#fff}\na\n{panel}",
      [panel("info", paragraph(bold("T & U")), paragraph("a"))],
    ],
    [
      "Confluence's boxes",
      "{tip}a{tip}\n{expand:More}b{expand}",
      [panel("success", paragraph("a")), details(["More"], [paragraph("b")])],
    ],
    [
      "a block in the middle of a line",
      "a {quote}b{quote} c",
      [paragraph("a "), blockquote(paragraph("b")), paragraph(" c")],
    ],
    [
      "code with settings",
      "{code:title=A.java|borderStyle=solid}\na\n{code}",
      [paragraph(bold("A.java")), codeBlock("a")],
    ],
    [
      "colours over lines",
      "{color:red}a\n\n* b{color} c",
      [paragraph(textColour("#ff0000", "a")), bulletList([paragraph(textColour("#ff0000", "b"), " c")])],
    ],
    ["dashed lists", "- a\n- b", [bulletList([paragraph("a")], [paragraph("b")])]],
    ["items that skip a level", "*** a", [bulletList([bulletList([bulletList([paragraph("a")])])])]],
    ["an item that goes on", "* a\nb", [bulletList([paragraph("a\nb")])]],
    [
      "cells with links, pictures and lines",
      "||h||\n|[a|http://b.c] !d.png|width=2!|e\nf|",
      [
        table(
          [headerCell([paragraph("h")]), cell([])],
          [
            cell([paragraph(link("http://b.c", "a"), " ", image({ src: null, alt: "d.png", width: 2 }))]),
            cell([paragraph("e\nf")]),
          ],
        ),
      ],
    ],
    [
      "a bare address",
      "see https://a.b/c_d_e.",
      [paragraph("see ", link("https://a.b/c_d_e", "https://a.b/c_d_e"), ".")],
    ],
    [
      "a link with a title",
      "[a|https://b.c|tip] [https://b.c]",
      [paragraph(link("https://b.c", "a"), " ", link("https://b.c", "https://b.c"))],
    ],
    ["a mention", "[~ada]", [paragraph(mention({ id: "ada", label: "ada", handle: "ada", integrationId: "jira" }))]],
    ["files and headings", "[^a.log] [b|#c]", [paragraph("a.log b")]],
    ["a sign in another", "+_+", [paragraph(underline("_"))]],
    ["emoticons", "(/) :-)", [paragraph(emoji("white_check_mark", "✅"), " ", emoji("slightly_smiling_face", "🙂"))]],
    ["what a backslash or an entity protects", "\\*a\\* &#42;b&amp;&eacute;", [paragraph("*a* *b&&eacute;")]],
    ["a path", "\\\\host\\share a\\\\b", [paragraph("\\\\host\\share a\nb")]],
    ["unknown macros", "{foo:a|b=c} {bar}x{bar}", [paragraph("{foo:a|b=c} {bar}x{bar}")]],
    ["macros without an end", "{quote} a {code}", [paragraph("{quote} a {code}")]],
    ["links that lead nowhere", "[a|javascript:x] [todo] [a", [paragraph("[a|javascript:x] [todo] [a")]],
    ["signs that are none", "a * b*c 2*3*4 _x", [paragraph("a * b*c 2*3*4 _x")]],
    ["emphasis that overlaps", "*a _b* c_", [paragraph(bold("a _b"), " c_")]],
  ];
  it.each(read)("[I4] reads %s", (_, markup, blocks) => {
    const found = fromWiki(markup, { integrationId: "jira" });
    expect(shapeOfDoc(found)).toEqual(shapeOfDoc(parseDoc(doc(...blocks))));
    expect(parseDoc(found)).toEqual(found);
  });

  it("[I4] resolves relative addresses where it knows what they are relative to", () => {
    const origin = { baseUrl: "https://jira.example/ctx/" };
    expect(fromWiki("[a|/browse/ABC-1]", origin)).toEqual(
      parseDoc(doc(paragraph(link("https://jira.example/browse/ABC-1", "a")))),
    );
    expect(fromWiki("[a|/browse/ABC-1]")).toEqual(parseDoc(doc(paragraph("[a|/browse/ABC-1]"))));
  });
});
