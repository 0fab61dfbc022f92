import type { RichDoc, RichNode } from "../doc";
import { findSecrets } from "./find";
import { fingerprint } from "./fingerprint";
import type { Found, OwnMatcher } from "./found";
import { lettersOf, type Part } from "./letters";
import { excerpts, maskFor } from "./mask";

/** A secret in a document. Equal secrets of one kind have the same `id`, wherever they stand. */
export type DocFinding = Found & {
  id: string;
  /** The text around it, with masks in place of secrets. */
  where: string;
};

/** The secrets in a document, in order. Their positions are those of its letters, for `maskDoc` alone. */
export function findInDoc(doc: RichDoc, own: readonly OwnMatcher[] = []): DocFinding[] {
  const { text } = lettersOf(doc);
  const found = findSecrets(text, own);
  const around = excerpts(text, found);
  return found.map((one, i) => ({
    ...one,
    id: fingerprint(one.kind, text.slice(one.from, one.to)),
    where: around[i] ?? "",
  }));
}

/** What of a node is written anew. */
type Masked = Map<RichNode, Partial<Record<Part, string>>>;

/**
 * The document with masks in place of what was found in it, but for what a person wants to send as it is. A link or a
 * picture with a secret in its address loses the address. `findings` are those of this very document.
 */
export function maskDoc(doc: RichDoc, findings: readonly DocFinding[], revealedIds: readonly string[] = []): RichDoc {
  const hidden = findings.filter(({ id }) => !revealedIds.includes(id));
  if (hidden.length === 0) return doc;
  const masked: Masked = new Map();
  let first = 0;
  for (const { node, part, text, from } of lettersOf(doc).slots) {
    while ((hidden[first]?.to ?? Number.POSITIVE_INFINITY) <= from) first += 1;
    const written = maskSlot(text, from, hidden, first);
    if (written !== text) masked.set(node, { ...masked.get(node), [part]: written });
  }
  // A document stays one: the copy changes letters and drops marks and addresses, and nothing else.
  return copy(doc, masked) as RichDoc;
}

/** A secret that reaches over several pieces is masked in the first, and gone from the others. */
function maskSlot(text: string, start: number, hidden: readonly DocFinding[], first: number): string {
  let written = "";
  let kept = 0;
  for (let i = first; i < hidden.length; i++) {
    const one = hidden[i];
    if (one === undefined || one.from >= start + text.length) break;
    if (one.from >= start) written += text.slice(kept, one.from - start) + maskFor(one);
    kept = Math.min(text.length, one.to - start);
  }
  return written + text.slice(kept);
}

function copy(node: RichNode, masked: Masked): RichNode {
  const parts = masked.get(node);
  if (node.type === "text" || node.type === "image") {
    if (parts === undefined) return node;
    const marks = parts.link === undefined ? node.marks : node.marks?.filter(({ type }) => type !== "link");
    if (node.type === "text") return { ...node, text: parts.text ?? node.text, marks };
    const { alt, title, src } = parts;
    const attrs = { ...node.attrs, ...(alt === undefined ? {} : { alt }), ...(title === undefined ? {} : { title }) };
    if (src !== undefined) Object.assign(attrs, { src: null, alt: attrs.alt || src.slice(0, 4_096) });
    return { ...node, attrs, marks };
  }
  if (node.type === "mention") {
    if (parts === undefined) return node;
    const { label = node.attrs.label, id = node.attrs.id } = parts;
    // Nobody's any more where a part that says who it is has gone: the label is what is left.
    const isWho = parts.id === undefined && parts.handle === undefined;
    const who = isWho ? {} : { id: id.slice(0, 256), handle: null, integrationId: null };
    return { ...node, attrs: { ...node.attrs, ...who, label: label.slice(0, 256) } };
  }
  if (node.type === "emoji") {
    return parts === undefined ? node : { type: "text", text: parts.text ?? parts.name ?? "", marks: node.marks };
  }
  if (node.type === "attachment") {
    return parts?.name === undefined ? node : { ...node, attrs: { ...node.attrs, name: parts.name.slice(0, 512) } };
  }
  if (node.type === "codeBlock" && parts?.language !== undefined)
    return copy({ ...node, attrs: { ...node.attrs, language: null } }, masked);
  if (!("content" in node) || node.content === undefined) return node;
  const content = node.content.map((child: RichNode) => copy(child, masked)).filter(isSomething);
  return { ...node, content } as RichNode; // The children are of the kinds that they were.
}

const isSomething = (node: RichNode) => node.type !== "text" || node.text !== "";
