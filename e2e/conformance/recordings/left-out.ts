import { z } from "zod";
import type { Recorded } from "./read";

/** A field that is left out, or called otherwise. */
type Field = {
  where: RegExp;
  /** The object that has it; any by default. */
  of?: (object: object) => boolean;
  /** What the same thing is called here; without it, it is left out. */
  as?: (value: unknown) => unknown;
  why: string;
};
/** Runs of this function stand in any order; within each run the order is the recorded one. */
type Order = { anyOrderOf: string; why: string };
/** Runs that stand beside the others, and are compared one by one. */
type Runs = { runs: (first: Recorded) => boolean; why: string };
/** What the recorded program sent, and is not sent again. */
type Sent = { sent: (request: Recorded) => boolean; why: string };

/**
 * What an Inngest server sends and the embedded executor does not, or otherwise, and what of the recording is not
 * compared. The comparison knows no other exceptions; it masks ids, times and signatures.
 */
export const fields: readonly Field[] = [
  {
    where: /^headers\.(host|user-agent|connection|content-length|accept-encoding)$/,
    why: "They belong to the socket, and the call is made without one.",
  },
  { where: /^headers\.account-id$/, why: "Names a tenant of Inngest Cloud; the SDK does not read it." },
  { where: /^headers\.trace(parent|state)$/, why: "Nobody collects traces of an embedded executor." },
  {
    where: /^body\.ctx\.(fn_id|qi_id)$/,
    why: "With them the SDK would report steps while it runs, to an address that does not exist here.",
  },
  {
    where: /^(headers\.x-inngest-generation-id|body\.ctx\.generation_id)$/,
    why: "Tells a dispatch from the one that replaced it. The server counts from 1 for each call, the executor goes on counting through the calls of a run.",
  },
  {
    where: /\.data\._inngest\.(correlation_id|expire|fn_id|gid|isr|name|source_app_id|source_fn_id|source_fn_v|tc)$/,
    why: "The server's own notes on who invoked a run; the executor keeps them beside the run.",
  },
  {
    where: /\.data\.correlation_id$/,
    why: "Finds the invoking step for the server; the executor's run knows its parent.",
  },
  {
    where: /^body\.steps\.[0-9a-f]{40}$/,
    as: (memo) => (hasData(memo) && hasData(memo.data) && "ts" in memo.data ? memo.data : memo),
    why: "The server gives the event that was waited for as it is. The executor wraps it like every other result: the SDK would take an event with nothing but data for its data.",
  },
  {
    where: /\.data$/,
    of: (event) => "name" in event && event.name === "demo/rl",
    why: "Which event of a burst gets the one run that a rate limit allows is the server's choice; the recorded one takes neither the first nor the last.",
  },
  {
    where: /\.stack$/,
    as: (stack) => (typeof stack === "string" ? stack.replace(/\n\s+at [\s\S]*$/, "\n<frames>") : stack),
    why: "The frames are paths and lines of the recorded program and of its SDK.",
  },
];

export const orders: readonly Order[] = [
  {
    anyOrderOf: "limited",
    why: "Two tenants' runs wait for places of their own; which of two that may both run is called first is the queue's choice.",
  },
  {
    anyOrderOf: "thr",
    why: "Which event of a burst a throttle lets through first is the server's choice; the recorded one takes the last.",
  },
  {
    anyOrderOf: "ondone",
    why: "The news of runs that end at the same time, and of one run the news of its end and of its failure, come to this function in runs of their own, which wait for nobody.",
  },
];

const called = z.object({ event: z.object({ data: z.object({ function_id: z.string() }).partial() }) });

export const runs: readonly Runs[] = [
  {
    runs: (first) => first.url.includes("demo-tick"),
    why: "A minute may begin while the others run, or not, and the recording lasts some minutes: each run of a cron is compared with the recorded ones by itself.",
  },
  {
    runs: ({ body }) => called.safeParse(body).data?.event.data.function_id === "demo-tick",
    why: "The same for the news of its end.",
  },
];

const postedByStep = z.array(z.object({ name: z.literal("demo/two"), ts: z.number() }));

export const sent: readonly Sent[] = [
  {
    sent: ({ url }) => url === "/e/wrongkey",
    why: "A server refuses it. Nobody outside can send events to the embedded executor, so that it has no key to check.",
  },
  {
    sent: ({ body }) => postedByStep.safeParse(body).success,
    why: "A step sent it (its time is the SDK's), and the rebuilt step sends it again by itself.",
  },
];

const hasData = (value: unknown): value is { data: unknown } =>
  typeof value === "object" && value !== null && "data" in value;
