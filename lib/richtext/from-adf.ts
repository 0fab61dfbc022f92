import { readBlocks } from "./adf/read-blocks";
import { emptyDoc, parseDoc, type RichDoc } from "./doc";
import type { Origin } from "./target";

/**
 * A document of Jira's as one of ours. What we have no kind for becomes the nearest that we have, or its text; it fails
 * only for what is too deep or too large to be a document of ours.
 */
export function fromAdf(adf: unknown, origin: Origin = {}): RichDoc {
  const content = readBlocks(isDocument(adf) ? adf.content : [adf], { origin, nodes: 0 }, 0);
  return content.length > 0 ? parseDoc({ type: "doc", content }) : emptyDoc();
}

const isDocument = (adf: unknown): adf is { content: unknown[] } =>
  typeof adf === "object" &&
  adf !== null &&
  "type" in adf &&
  adf.type === "doc" &&
  "content" in adf &&
  Array.isArray(adf.content);
