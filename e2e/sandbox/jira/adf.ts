import { readFileSync } from "node:fs";
import Ajv from "ajv-draft-04";
import { specFileOf } from "../spec-files";

let compiled: ((document: unknown) => boolean) | null = null;

/** Takes a second or more, which nobody who calls the API is to wait for. */
export function prepareAdf(): void {
  if (compiled) return;
  const file = specFileOf("adf-full.json") ?? "node_modules/@atlaskit/adf-schema/json-schema/v1/full.json";
  compiled = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(file, "utf8")));
}

/** Atlassian's own schema: what does not fit it, Jira refuses. */
export function isAdf(document: unknown): boolean {
  prepareAdf();
  return compiled?.(document) ?? false;
}

type Node = { type?: unknown; text?: unknown; attrs?: Record<string, unknown>; content?: unknown };

const blocks = /^(paragraph|heading|codeBlock|listItem|tableRow|rule|blockquote|panel|taskItem|expand)$/;

/** The letters of a document, a line for each block: what Jira indexes and what a plain page shows. */
export function adfText(document: unknown): string {
  if (Array.isArray(document)) return document.map(adfText).join("");
  if (typeof document !== "object" || document === null) return "";
  const { type, text, attrs, content }: Node = document;
  const shown = type === "mention" || type === "emoji" ? (attrs?.text ?? attrs?.shortName) : attrs?.title;
  const own = typeof text === "string" ? text : type === "hardBreak" ? "\n" : typeof shown === "string" ? shown : "";
  const inner = own + adfText(content);
  if (type === "tableCell" || type === "tableHeader") return `${inner.trimEnd()}\t`;
  return blocks.test(String(type)) ? `${inner.trimEnd()}\n` : inner;
}

/** A text as a document of one paragraph for each line. */
export const adfOf = (text: string): unknown => ({
  type: "doc",
  version: 1,
  content: text.split("\n").map((line) => ({
    type: "paragraph",
    ...(line && { content: [{ type: "text", text: line }] }),
  })),
});
