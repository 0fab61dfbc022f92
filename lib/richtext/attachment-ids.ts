import type { RichDoc } from "./doc";

/** The files that a text shows or names. */
export function attachmentIdsIn(doc: RichDoc): string[] {
  const ids = new Set<string>();
  // By a list, because recursion would end where the stack does.
  const waiting: unknown[] = [doc];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (typeof node !== "object" || node === null) continue;
    if ("attrs" in node && typeof node.attrs === "object" && node.attrs !== null && "attachmentId" in node.attrs)
      if (typeof node.attrs.attachmentId === "string") ids.add(node.attrs.attachmentId);
    if ("content" in node && Array.isArray(node.content)) for (const child of node.content) waiting.push(child);
  }
  return [...ids];
}
