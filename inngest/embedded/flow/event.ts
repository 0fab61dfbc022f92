import { createHash } from "node:crypto";
import { evaluate } from "../cel";
import type { StoredEvent } from "../start-runs";

/** An event with all that expressions may ask of it. */
export type FlowEvent = StoredEvent & {
  /** The id that its sender gave it, if any. */
  key: string | null;
  ts: Date;
};

/** The event as functions see it, for expressions. */
export const scopeOf = ({ id, key, name, data, ts }: FlowEvent) => ({
  event: { id: key ?? id, name, data, ts: ts.getTime() },
});

// An index has no room for long texts.
const MAX_KEY = 400;

/**
 * What a key comes to, as text; the empty text when there is no key. As on an Inngest server all events without the
 * field that it asks for share one.
 */
export function keyOf(expression: string | undefined, event: FlowEvent): string {
  if (expression === undefined) return "";
  return short(JSON.stringify(evaluate(expression, scopeOf(event)) ?? null));
}

/** The text itself, or what stands for it where it is too long for an index. */
export const short = (text: string): string =>
  text.length <= MAX_KEY ? text : createHash("sha256").update(text).digest("hex");

/** The key of a rate limit, of idempotency or of a singleton; null when it is false, for then there is no limit. */
export function limitKeyOf(expression: string | undefined, event: FlowEvent): string | null {
  const key = keyOf(expression, event);
  return key === "false" ? null : key;
}
