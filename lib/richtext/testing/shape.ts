import type { RichDoc, RichInline, RichMark, RichNode } from "../doc";
import { safeHref } from "../href";

/** Inline text with the sorted names of its marks. */
export type Run = [marks: string, text: string];
/** What a document says, without how it is cut into nodes. */
export type Shape = { kind: string; detail: string | number | null; content: Shape[] | Run[] | string };

export const shape = (kind: string, content: Shape["content"], detail: Shape["detail"] = null): Shape => ({
  kind,
  detail,
  content,
});

export const shapeOfDoc = (doc: RichDoc): Shape[] => doc.content.flatMap(ofBlock);

function ofBlock(block: Exclude<RichNode, RichDoc | RichInline>): Shape[] {
  switch (block.type) {
    case "paragraph": {
      const content = runs(ofInline(block.content));
      return content.length === 0 ? [] : [shape("paragraph", content)];
    }
    case "heading":
      return [headingShape(block.attrs.level, runs(ofInline(block.content)))];
    case "detailsSummary":
      return [shape("detailsSummary", runs(ofInline(block.content)))];
    case "orderedList":
      return [shape("orderedList", block.content.flatMap(ofBlock), block.attrs.start ?? 1)];
    case "taskItem":
      return [shape("taskItem", block.content.flatMap(ofBlock), block.attrs.checked ? "done" : "open")];
    case "panel":
      return [shape("panel", block.content.flatMap(ofBlock), block.attrs.panelType)];
    case "details":
      return [shape("details", block.content.flatMap(ofBlock), block.attrs.open ? "open" : "closed")];
    case "tableHeader":
    case "tableCell": {
      const { colspan, rowspan, align } = block.attrs;
      return [shape(block.type, block.content.flatMap(ofBlock), `${colspan ?? 1}x${rowspan ?? 1} ${align ?? "none"}`)];
    }
    case "attachment":
      return [shape("attachment", "", `${block.attrs.attachmentId} ${block.attrs.name}`)];
    case "codeBlock":
      return [shape("codeBlock", block.content.map((part) => part.text).join(""), block.attrs.language ?? null)];
    case "horizontalRule":
      return [shape("horizontalRule", "")];
    default:
      return [shape(block.type, block.content.flatMap(ofBlock))];
  }
}

const nameOf = (mark: RichMark): string => {
  if (mark.type === "link") return `link:${mark.attrs.href}`;
  if (mark.type === "textStyle") return `textStyle:${mark.attrs.color}`;
  return mark.type === "highlight" ? `highlight:${mark.attrs.color ?? ""}` : mark.type;
};

function ofInline(content: readonly RichInline[]): Run[] {
  const found = content.map((part): Run => {
    if (part.type === "hardBreak") return ["", "\n"];
    // Code is a way of writing letters: on a picture, a person or an emoji it says nothing.
    const says = part.type === "text" ? part.marks : part.marks?.filter(({ type }) => type !== "code");
    const marks = named(says?.map(nameOf) ?? []);
    if (part.type === "text") return [marks, part.text];
    const attrs = Object.entries(part.attrs).filter(
      ([, value]) => value !== null && value !== undefined && value !== "",
    );
    return [marks, `\uFFFC${part.type}${JSON.stringify(Object.fromEntries(attrs.sort()))}`];
  });
  // A break at the very end of a block breaks nothing.
  while (found.at(-1)?.[1] === "\n") found.pop();
  return found;
}

export const named = (marks: readonly string[]) => [...new Set(marks)].sort().join(" ");

/** A heading is one line: its breaks are spaces, and how many of them says nothing. */
export const headingShape = (level: number, content: Run[]) =>
  shape("heading", join(content.map(([marks, text]): Run => [marks, text.replace(/\s/g, "")])), level);

const plainOnSpace = new Set(["bold", "italic", "strike"]);

/**
 * Equal neighbours joined. Bold, italic and strike say nothing about a space, and a link whose text is its own address
 * says nothing more than the text, which every reader links.
 */
export function runs(found: Run[]): Run[] {
  const bare = found.flatMap(([marks, text]): Run[] => {
    if (/\bcode\b/.test(marks) || text.startsWith("\uFFFC")) return [[marks, text]];
    const spaced = named(marks.split(" ").filter((mark) => !plainOnSpace.has(mark)));
    return text.split(/(\s+)/).map((part, i) => [i % 2 === 1 ? spaced : marks, part]);
  });
  const isOwnAddress = (mark: string, text: string) =>
    ["", "http://", "mailto:"].some((scheme) => mark === `link:${scheme}${text}`) || mark === `link:${safeHref(text)}`;
  return join(
    join(bare).map(([marks, text]) => [named(marks.split(" ").filter((mark) => !isOwnAddress(mark, text))), text]),
  );
}

function join(found: Run[]): Run[] {
  const joined: Run[] = [];
  for (const [marks, text] of found) {
    const last = joined.at(-1);
    if (text === "") continue;
    if (last?.[0] === marks) last[1] += text;
    else joined.push([marks, text]);
  }
  return joined;
}
