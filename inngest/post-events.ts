import { Inngest } from "inngest";
import { log } from "@/lib/log";
import { appId } from "./client";

export type SentEvent = { id: string; name: string; data: Record<string, unknown>; ts: number };

/** Sends events in one request. Answers null, or why the server refuses them; throws when they may be sent again. */
export type Post = (events: SentEvent[]) => Promise<string | null>;

/** What is wrong with the events themselves. Keys, limits and addresses can be put right while the events wait. */
const REFUSED = new Set([400, 406, 409, 412, 413, 422]);
const TIMEOUT_MS = 30_000;

/** Sends events to the Inngest server as the SDK does, which would send five times what is refused. */
export const postEvents: Post = (events) =>
  new Promise((resolve, reject) => {
    const once: typeof fetch = async (input, init) => {
      const response = await fetch(input, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
      if (!REFUSED.has(response.status)) return response;
      const text = await response.text();
      resolve(`${response.status} ${text.slice(0, 500)}`.trim());
      // Without an answer there is no repetition.
      return new Promise(() => {});
    };
    new Inngest({ id: appId, fetch: once, logger: log }).send(events).then(() => resolve(null), reject);
  });
