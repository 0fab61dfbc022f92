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
} from "@/lib/richtext/build";
import { parseDoc, type RichBlock, type RichDoc } from "@/lib/richtext/doc";

const frame = (at: number) =>
  `    at com.example.checkout.PaymentService.lambda$charge$${at}(PaymentService.java:${100 + at})`;
const stack = (frames: number) =>
  ["java.net.SocketTimeoutException: Read timed out", ...Array.from({ length: frames }, (_, at) => frame(at))].join(
    "\n",
  );

/** What people write of a failure, with the kinds that every editor has. */
const common = (at: number): RichBlock[] => [
  heading(2, `Payment gateway times out (${at})`),
  paragraph(
    "The ",
    bold("saved card"),
    " is charged, but the page says ",
    italic("“try again”"),
    " after 30 s; see ",
    link("https://ci.example.com/builds/4711?tab=log&step=9#L120", "build 4711"),
    ". Since ",
    code("a1b9f3c"),
    " it fails in ",
    strike("2"),
    " 5 of 6 environments.",
    hardBreak(),
    "snake_case_names, 3 < 4 & 5 > 2, C:\\temp\\*.log, user@example.com",
  ),
  orderedList(
    1,
    [paragraph("Sign in as a customer with a saved card")],
    [paragraph("Pay"), bulletList([paragraph("once with the card")], [paragraph("once with ", code("PayPal"))])],
    [paragraph("Wait")],
  ),
  blockquote(paragraph("It worked until Tuesday, ", bold(italic("every")), " time.")),
  codeBlock(stack(14), "java"),
  horizontalRule(),
];

/** What TipTap's own extensions add to that. */
const usual = (): RichBlock[] => [
  taskList(
    [true, [paragraph("reproduced")]],
    [false, [paragraph("fixed"), taskList([false, [paragraph("in the ", underline("old"), " client too")]])]],
  ),
  table(
    [headerCell([paragraph("Environment")]), headerCell([paragraph("Runs")], { align: "right" })],
    [cell([paragraph("chrome | linux")]), cell([paragraph("12")], { align: "right" })],
    [cell([paragraph("safari")]), cell([paragraph(textColour("#ff5630", "6 failed"))], { align: "right" })],
  ),
  paragraph(
    image({ src: "https://ci.example.com/shots/1.png", alt: "the page after 30 s", width: 640, height: 400 }),
    ", ",
    highlight(null, "look here"),
  ),
];

/** The kinds that trackers know beside. */
const special = (at: number): RichBlock[] => [
  ...usual(),
  panel("warning", paragraph("Customers are charged ", bold("twice"), ".")),
  table(
    [headerCell([paragraph("Step")]), headerCell([paragraph("Result")], { colspan: 2 })],
    [cell([paragraph("charge")], { rowspan: 2 }), cell([paragraph("503")]), cell([bulletList([paragraph("retried")])])],
    [cell([paragraph("504")]), cell([paragraph("given up")])],
  ),
  details(["Environment of run ", `${at}`], [codeBlock("NODE_ENV=test\nTZ=UTC", "ini")]),
  paragraph(
    mention({ id: "42", label: "Ada", handle: "ada", integrationId: "here" }),
    " ",
    emoji("warning", "⚠️"),
    " H",
    subscript("2"),
    "O, x",
    superscript("2"),
  ),
  attachment({ attachmentId: "0197", name: "output.txt", mediaType: "text/plain", sizeBytes: 12_034 }),
];

/** A document of about so many characters of JSON; `kinds` says whether it has what only some editors have. */
function ofSize(characters: number, kinds: "common" | "usual" | "all"): RichDoc {
  const content: RichBlock[] = [];
  for (let size = 0, at = 1; size < characters; at++) {
    const more = { common: () => [], usual, all: special }[kinds];
    const part = [...common(at), ...more(at)];
    content.push(...part);
    size += JSON.stringify(part).length;
  }
  return parseDoc(doc(...content));
}

/** A bug report with every kind, 13 KB of TipTap JSON. */
export const bugReport = (): RichDoc => ofSize(13_000, "all");

/** The same size with what every editor has, for comparison with other converters. */
export const plainReport = (): RichDoc => ofSize(13_000, "common");

/** The same size with what TipTap's own extensions have. */
export const usualReport = (): RichDoc => ofSize(13_000, "usual");

/** As many reports in one document as this many characters hold. */
export const longReport = (characters: number): RichDoc => ofSize(characters, "all");
