import type { RichInline, RichMark } from "../doc";
import { safeImageSrc } from "../href";
import { absolute } from "../html/marks";
import type { Reading } from "./origin";
import { readText } from "./text";
import type { Phrase } from "./tree";

type Marks = readonly RichMark[];

/** Appends what a part of a line says to `into`; HTML in it is `slots.ts`'s affair and stays as it is written. */
export type ReadPhrases = (phrases: readonly Phrase[], marks: Marks, reading: Reading) => RichInline[];

type Readers = {
  [Type in Phrase["type"]]: (
    node: Extract<Phrase, { type: Type }>,
    marks: Marks,
    reading: Reading,
    inside: ReadPhrases,
  ) => RichInline[];
};

const readers: Readers = {
  text: ({ value }, marks, reading) => readText(value, marks, reading),
  inlineCode: ({ value }, marks) => [plain(value, put(marks, { type: "code" }))],
  break: (_, marks) => [{ type: "hardBreak", marks: [...marks] }],
  strong: ({ children }, marks, reading, inside) => inside(children, put(marks, { type: "bold" }), reading),
  emphasis: ({ children }, marks, reading, inside) => inside(children, put(marks, { type: "italic" }), reading),
  delete: ({ children }, marks, reading, inside) => inside(children, put(marks, { type: "strike" }), reading),
  link: ({ url, children }, marks, reading, inside) => inside(children, withLink(marks, url, reading), reading),
  linkReference: (node, marks, reading, inside) => {
    const found = reading.definitions.get(node.identifier);
    return inside(node.children, found ? withLink(marks, found.url, reading) : marks, reading);
  },
  image: ({ url, alt, title }, marks, reading) => picture(url, alt, title, marks, reading),
  imageReference: ({ alt, identifier }, marks, reading) => {
    const found = reading.definitions.get(identifier);
    return picture(found?.url ?? "", alt, found?.title, marks, reading);
  },
  // A document has no notes; what stands there is at least what was written.
  footnoteReference: ({ label, identifier }, marks) => [plain(`[^${label ?? identifier}]`, marks)],
  html: ({ value }, marks) => [plain(value, marks)],
};

/** What one part of a line says. `inside` reads the parts in it. */
export function readPhrase(node: Phrase, marks: Marks, reading: Reading, inside: ReadPhrases): RichInline[] {
  // The entry under a node's own type takes that node; TypeScript cannot follow the pairing through a union.
  const read = readers[node.type] as (
    node: Phrase,
    marks: Marks,
    reading: Reading,
    inside: ReadPhrases,
  ) => RichInline[];
  // A grammar of tomorrow may bring more; its letters are kept.
  return read ? read(node, marks, reading, inside) : [plain(lettersOf(node), marks)];
}

export const plain = (text: string, marks: Marks): RichInline => ({ type: "text", text, marks: [...marks] });

/** The marks with one more, which takes the place of another of its kind. */
export const put = (marks: Marks, mark: RichMark): Marks => [...marks.filter(({ type }) => type !== mark.type), mark];

function withLink(marks: Marks, url: string, { baseUrl }: Reading): Marks {
  const href = url === "" ? null : absolute(url, baseUrl);
  return href === null ? marks : put(marks, { type: "link", attrs: { href } });
}

/** A picture; one that cannot be shown is what it says instead. */
function picture(url: string, alt: string | nullish, title: string | nullish, marks: Marks, { baseUrl }: Reading) {
  const src = url === "" ? null : safeImageSrc(absolute(url, baseUrl));
  const says = alt ?? "";
  if (src === null || says.length > longestAlt) return says === "" ? [] : [plain(says, marks)];
  const named = title && title.length <= longestAlt ? title : null;
  return [{ type: "image" as const, attrs: { src, alt: says, title: named }, marks: [...marks] }];
}

type nullish = null | undefined;
/** As `doc.ts` allows. */
const longestAlt = 4_096;

/** The letters of a node of whatever kind. */
export function lettersOf(node: unknown): string {
  if (typeof node !== "object" || node === null) return "";
  if ("value" in node && typeof node.value === "string") return node.value;
  if ("alt" in node && typeof node.alt === "string") return node.alt;
  return "children" in node && Array.isArray(node.children) ? node.children.map(lettersOf).join("") : "";
}
