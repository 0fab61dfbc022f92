import { lose } from "../losses";
import type { Nested } from "../nest";
import { type Context, flat, loseNode, type Part } from "./context";
import type { AdfMark, AdfNode } from "./types";

/** The colour of a highlight that names none. */
export const highlighter = "#f8e6a0";

const codeMark: AdfMark = { type: "code" };

export const text = (letters: string): AdfNode => ({ type: "text", text: letters });
export const code = (letters: string): AdfNode => ({ type: "text", text: letters, marks: [codeMark] });

/** A mark of ours on what it encloses: on the texts themselves, for their format does not nest marks. */
export function marked(kind: Nested["type"], mark: AdfMark, inline: Part[], context: Context): Part {
  const nodes = flat(inline);
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at];
    if (node?.type === "text") markText(kind, mark, node, context);
    else if (node && kind === "link") nodes[at] = linkAtom(mark, node, context);
    // Any other mark changes nothing on a picture, a mention, an emoji or a line break.
  }
  return nodes.length === 1 && nodes[0] ? nodes[0] : nodes;
}

function markText(kind: Nested["type"], mark: AdfMark, node: AdfNode, context: Context): void {
  const { marks } = node;
  if (marks === undefined) node.marks = [mark];
  else if (marks[0] === codeMark && kind !== "link") loseNode(context, kind, node, "code without it");
  // Their subscript and superscript are one mark with two values; and nothing leads to two places.
  else if (marks.some(({ type }) => type === mark.type)) loseNode(context, kind, node, "the text without it");
  else marks.push(mark);
}

/** Pictures are linked; a mention and an emoji cannot be. */
function linkAtom(mark: AdfMark, node: AdfNode, context: Context): AdfNode {
  const [media] = node.content ?? [];
  if (node.type === "mediaSingle" && media) media.marks = [mark];
  else if (node.type === "mention") loseNode(context, "link", node, "a mention without it");
  else if (node.type === "emoji") {
    const { text: characters, shortName } = node.attrs ?? {};
    loseNode(context, "emoji", node, "its characters, because it is in a link");
    return { type: "text", text: String(characters ?? shortName), marks: [mark] };
  }
  return node;
}

export function mention({ id, label, integrationId }: Nested<"mention">, { target, losses }: Context): Part {
  const isTheirs = integrationId !== null && integrationId === target.integrationId;
  if (isTheirs && id !== "") return { type: "mention", attrs: { id, text: `@${label}` } };
  lose(losses, "mention", label, "the name as text");
  return letters(label);
}

export const emoji = ({ name, text: characters }: Nested<"emoji">): AdfNode => ({
  type: "emoji",
  attrs: characters === null ? { shortName: `:${name}:` } : { shortName: `:${name}:`, text: characters },
});

/** A picture as a block of its own, which whoever encloses it has to make room for. */
export function image({ src, alt, title, width, height, attachmentId }: Nested<"image">, context: Context): Part {
  const { target, losses } = context;
  const reachable = attachmentId === null ? null : (target.attachment?.(attachmentId) ?? null);
  const url = reachable === null ? src : reachable.embeds ? reachable.url : null;
  if (url !== null) {
    if (title) lose(losses, "image", title, "the picture with its title below it");
    context.pictures += 1;
    return picture(url, { alt, title: title || null, width, height });
  }
  const seen = [alt, title].filter(Boolean).join(", ");
  if (reachable !== null) {
    lose(losses, "image", seen, "a link to it");
    return linked(seen || "Picture", reachable.url);
  }
  lose(losses, "image", seen, "its description as text");
  return letters(seen);
}

type Shown = { alt: string; title: string | null; width: number | null; height: number | null };

export function picture(url: string, { alt, title, width, height }: Shown): AdfNode {
  const external: Record<string, unknown> = { type: "external", url };
  if (alt !== "") external.alt = alt;
  if (width !== null) external.width = width;
  if (height !== null) external.height = height;
  const media: AdfNode = { type: "media", attrs: external };
  const attrs = width === null ? { layout: "align-start" } : { layout: "align-start", width, widthType: "pixel" };
  const content = title === null ? [media] : [media, { type: "caption", content: [text(title)] }];
  return { type: "mediaSingle", attrs, content };
}

export const linked = (label: string, href: string): AdfNode => ({
  type: "text",
  text: label,
  marks: [{ type: "link", attrs: { href } }],
});

/** An attribute's letters as text: a text has at least one. */
export const letters = (value: string): Part => (value === "" ? [] : text(value.replaceAll("\n", " ")));

/** Pictures stand between paragraphs, so a line with one is taken apart. */
export function lines(inline: Part[], line: (content: AdfNode[]) => AdfNode, context: Context): Part {
  const nodes = flat(inline);
  if (context.pictures === 0) return line(nodes);
  context.pictures = 0;
  const split: AdfNode[] = [];
  let run: AdfNode[] = [];
  for (const node of nodes) {
    if (!isPicture(node)) run.push(node);
    else {
      flush();
      split.push(node);
      if (nodes.length > 1) loseNode(context, "image", node, "the picture on a line of its own");
    }
  }
  flush();
  return split;

  function flush(): void {
    while (run.at(-1)?.type === "hardBreak") run.pop();
    const from = run.findIndex(({ type }) => type !== "hardBreak");
    if (run.some((node) => node.type !== "hardBreak" && node.text?.trim() !== "")) split.push(line(run.slice(from)));
    run = [];
  }
}

const isPicture = ({ type }: AdfNode) => type === "mediaSingle";
