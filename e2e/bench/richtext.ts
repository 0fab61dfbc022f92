import { isValidAdf } from "@/lib/richtext/adf/validate";
import { parseDoc, type RichDoc } from "@/lib/richtext/doc";
import { toAdf } from "@/lib/richtext/to-adf";
import { toHtml } from "@/lib/richtext/to-html";
import { toMarkdown } from "@/lib/richtext/to-markdown";
import { toText } from "@/lib/richtext/to-text";
import { toWiki } from "@/lib/richtext/to-wiki";
import { bugReport, longReport, plainReport, usualReport } from "./lib/bug-report";
import { print, race } from "./lib/figure";
import { rivals } from "./lib/rivals";

/** The figures of the conversions: a document's JSON as a string in, bytes out, against JSON.parse and JSON.stringify. */
const bench = "richtext";
// Short slices and many rounds: the best of each then met no other process, and no collector that was due for another.
const turns = 20;
const rounds = 40;

const check = (holds: boolean, what: string) => {
  if (!holds) throw new Error(`the benchmark's result is wrong: ${what}`);
};
const bytes = (text: string) => Buffer.from(text).length;
const target = { integrationId: "here" };

const formats: Record<string, (doc: RichDoc) => string> = {
  Markdown: (doc) => toMarkdown(doc, { flavor: "gfm", ...target }).output,
  HTML: (doc) => toHtml(doc, target).output,
  ADF: (doc) => JSON.stringify(toAdf(doc, target).output),
  "wiki markup": (doc) => toWiki(doc, target).output,
  text: (doc) => toText(doc).output,
};
const limits: Record<string, number> = { Markdown: 0.9, HTML: 0.8, ADF: 0.75 };

const report = bugReport();
const json = JSON.stringify(report);
const times = (work: () => unknown) => async () => {
  for (let turn = 0; turn < turns; turn++) work();
};

// What a report says in every part of it; a converter that left one out would win.
for (const [name, convert] of Object.entries(formats)) {
  const output = convert(report);
  for (const said of [
    "Payment gateway",
    "lambda$charge$13",
    "given up",
    "NODE_ENV",
    "the page after 30 s",
    "output.txt",
  ])
    check(
      output.includes(said) || output.includes(said.replace("$", "\\$").replace("$13", "\\$13")),
      `${name} without “${said}”`,
    );
}
check(isValidAdf(toAdf(report, target).output).valid, "the ADF is not valid");

const roundTrip = () => bytes(JSON.stringify(JSON.parse(json)));
const works = Object.fromEntries(
  Object.entries(formats).map(([name, convert]) => [name, times(() => bytes(convert(JSON.parse(json))))]),
);
// Warm, then in turns.
await race({ roundTrip: times(roundTrip), ...works }, rounds);
const best: Record<string, number> = await race({ roundTrip: times(roundTrip), ...works }, rounds);
const perDoc = (name: string) => (best[name] ?? Number.NaN) / turns;
for (const name of Object.keys(formats)) {
  const limit = limits[name];
  print({
    ...{
      bench,
      figure: `${name} of a report of ${Math.round(json.length / 100) / 10} kB`,
      value: 1_000 / perDoc(name),
    },
    ...{ unit: "documents/s", ratio: perDoc("roundTrip") / perDoc(name) },
    ...(limit && { limit: `>= ${limit} x a round trip of the JSON` }),
  });
}

const adf = toAdf(report, target).output;
const validation = await race({ roundTrip: times(roundTrip), validation: times(() => isValidAdf(adf)) }, rounds);
print({
  ...{ bench, figure: "validation of its ADF", value: (validation.validation / turns) * 1_000, unit: "µs" },
  ...{ ratio: validation.validation / validation.roundTrip, limit: "<= 0.4 x a round trip of the JSON" },
});

type Convert = (doc: RichDoc) => string;

/** The same document through ours and another's converter, in turns; JSON.parse, which both would need, is left out. */
async function against(
  label: string,
  doc: RichDoc,
  { ours, theirs, limit }: { ours: Convert; theirs: Convert; limit: number },
) {
  check(theirs(doc).includes("Payment gateway"), `${label} left something out`);
  const raced = await race({ ours: times(() => ours(doc)), theirs: times(() => theirs(doc)) }, rounds);
  print({
    ...{ bench, figure: `against ${label}`, value: raced.ours / turns, unit: "ms" },
    ...{ ratio: raced.theirs / raced.ours, limit: `>= ${limit} x as fast` },
  });
}
const markdown = (doc: RichDoc) => toMarkdown(doc, { flavor: "gfm" }).output;
const html = (doc: RichDoc) => toHtml(doc).output;
await against("prosemirror-markdown", plainReport(), { ours: markdown, theirs: rivals.prosemirrorMarkdown, limit: 3 });
await against("@tiptap/markdown", usualReport(), { ours: markdown, theirs: rivals.tiptapMarkdown, limit: 8 });
await against("@tiptap/html", usualReport(), { ours: html, theirs: rivals.tiptapHtml, limit: 40 });

// Large documents: as many characters a second as the typical one, and none that keeps others waiting.
for (const megabytes of [0.1, 1]) {
  const long = longReport(megabytes * 1_000_000);
  const text = JSON.stringify(long);
  const once = await race(
    {
      parsed: async () => parseDoc(JSON.parse(text)),
      ...Object.fromEntries(Object.entries(formats).map(([name, convert]) => [name, async () => bytes(convert(long))])),
    } as Record<string, () => Promise<unknown>>,
    15,
  );
  const small: Record<string, number> = await race(
    Object.fromEntries(Object.entries(formats).map(([name, convert]) => [name, times(() => bytes(convert(report)))])),
    rounds,
  );
  for (const name of Object.keys(formats)) {
    const throughput = text.length / (once[name] ?? Number.NaN);
    const typical = json.length / ((small[name] ?? Number.NaN) / turns);
    print({
      ...{ bench, figure: `${name} of ${megabytes} MB`, value: once[name] ?? Number.NaN, unit: "ms" },
      ...{ ratio: throughput / typical, limit: ">= 0.7 x the throughput of the typical one, <= 25 ms" },
    });
  }
  print({ bench, figure: `checking ${megabytes} MB`, value: once.parsed ?? Number.NaN, unit: "ms", limit: "<= 25" });
}
