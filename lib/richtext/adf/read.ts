import { AppError } from "@/lib/errors";
import type { RichInline, RichMark } from "../doc";
import type { Origin } from "../target";
import { limits } from "../tidy";

/** A node of a document that others wrote, as far as it has the shape of one. */
export type Found = {
  type: string;
  attrs: Record<string, unknown>;
  content: unknown[];
  marks: unknown[];
  text: string;
};

/** What is being read, and how much of it has been. */
export type Reading = { origin: Origin; nodes: number };

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** The value as a node, or null. A string where a node should be is text. */
export function open(value: unknown): Found | null {
  if (typeof value === "string") return { type: "text", attrs: {}, content: [], marks: [], text: value };
  if (!isRecord(value)) return null;
  return {
    type: stringOf(value.type),
    attrs: isRecord(value.attrs) ? value.attrs : {},
    content: listOf(value.content),
    marks: listOf(value.marks),
    text: stringOf(value.text),
  };
}

export const stringOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** The number if it lies within, else null. */
export const numberOf = (value: unknown, least: number, most: number): number | null =>
  typeof value === "number" && value >= least && value <= most ? Math.round(value) : null;

/** Counted before they are walked: a cycle has no end, and an array may claim four billion entries. */
export function count(values: readonly unknown[], reading: Reading, depth: number): void {
  reading.nodes += values.length;
  // Some of their nodes are none of ours, so that it may be deeper than a document of ours.
  if (reading.nodes > limits.nodes || depth > 2 * limits.depth) {
    throw new AppError("invalid_input", "The text is nested too deeply or has too many parts.");
  }
}

/** Letters as a text, or nothing where there are none. */
export const textNode = (text: string, marks: RichMark[] = []): RichInline[] =>
  text === "" ? [] : [{ type: "text", text, marks }];

/** An address made whole; what is none is for `parseDoc` to refuse. */
export function addressOf(value: unknown, { baseUrl }: Origin): string {
  const address = stringOf(value).trim();
  if (baseUrl === undefined || address === "" || /^[a-z][a-z0-9+.-]*:/i.test(address)) return address;
  try {
    return new URL(address, baseUrl).href;
  } catch {
    return address;
  }
}
