import { z } from "zod";
import { OutboundError } from "@/lib/http/outcome";

/** What a call came back with. */
export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  /** Data where the body is JSON, else its text. */
  readonly data: unknown;
};

/** A body as data; what is no JSON stays the text that it is. */
export function dataOf(text: string): unknown {
  try {
    return text === "" ? "" : JSON.parse(text);
  } catch {
    return text;
  }
}

/** What says no more than that it was done; a page says something else. */
export const doneOnly = z.unknown().refine((data) => typeof data !== "string" || data.trim() === "", "is a text");

/** An answer of 2xx, by a schema. `label` is what people call the tracker. */
export function readAnswer<T extends z.ZodType>(label: string, schema: T, { status, data }: Answer): z.output<T> {
  if (status === 200 && isSignInPage(data)) {
    const message = `A sign-in page answered in ${label}'s place.`;
    throw new OutboundError("tracker_unauthorized", message, { outcome: "refused", status });
  }
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const what = typeof data === "string" ? "something else than data" : "data of an unknown shape";
  throw new OutboundError("tracker_unreadable", `${label} answered ${status} with ${what}.`, {
    outcome: "unknown",
    status,
    cause: parsed.error,
  });
}

/**
 * A tracker, or a gateway in front of it, answers the unauthenticated with its own form, always with status 200. Looked
 * for within bounds: a page of a server that somebody entered may be made to take long.
 */
export const isSignInPage = (data: unknown): boolean =>
  typeof data === "string" && /<input[^<>]{1,500}type=["']?password/i.test(data.slice(0, longestPageChars));
const longestPageChars = 256 * 1024;
