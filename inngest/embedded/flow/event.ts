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
 * field that it asks for share one, and `false` is null: the limit is not for this event.
 */
export function keyOf(expression: string | undefined, event: FlowEvent): string | null {
  if (expression === undefined) return "";
  const value = evaluate(expression, scopeOf(event));
  if (value === false) return null;
  const text = JSON.stringify(value ?? null);
  return text.length <= MAX_KEY ? text : createHash("sha256").update(text).digest("hex");
}
