import { Inngest, type InngestFunction, NonRetriableError, RetryAfterError } from "inngest";
import { storeEvents } from "@/inngest/embedded/event-api";
import { log } from "@/lib/log";

/** The application of the recordings, rebuilt from the names and steps that stand in them. */
const demo = new Inngest({
  id: "demo",
  checkpointing: false,
  aiMetadata: false,
  logger: log,
  fetch: (input, init) => storeEvents(new Request(input, init)),
});

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

const twoStep = demo.createFunction(
  { id: "two-step", retries: 2, triggers: [{ event: "demo/two" }] },
  async ({ event, step }) => {
    const a = await step.run("first", () => ({ n: event.data.n * 2 }));
    const b = await step.run("second", () => a.n + 1);
    return { a, b };
  },
);

const tick = demo.createFunction(
  { id: "tick", triggers: [{ cron: "TZ=Europe/Berlin * * * * *" }] },
  async ({ step }) => {
    await step.run("cron-step", () => "ok");
  },
);

// It measured its sleep; the two values are the recorded ones.
const sleeper = demo.createFunction({ id: "sleeper", triggers: [{ event: "demo/sleep" }] }, async ({ step }) => {
  await step.run("before", () => 1795147777996);
  await step.sleep("nap", "2s");
  return step.run("after", () => 2135);
});

const flaky = demo.createFunction(
  {
    id: "flaky",
    retries: 3,
    triggers: [{ event: "demo/flaky" }],
    onFailure: async ({ step }) => {
      await step.run("failhook", () => {});
    },
  },
  ({ event, step, attempt }) =>
    step.run("boom", () => {
      if (event.data.nonretry) throw new NonRetriableError("no use");
      if (attempt >= event.data.times) return `recovered after ${attempt + 1}`;
      if (event.data.after) throw new RetryAfterError("later", 1000);
      throw new TypeError(`flaky ${attempt + 1}`);
    }),
);

const caught = demo.createFunction(
  { id: "caught", retries: 1, triggers: [{ event: "demo/caught" }] },
  async ({ step }) => {
    try {
      await step.run("bad", () => Promise.reject(new Error("always bad")));
    } catch {
      await step.run("rollback", () => {});
    }
    return "handled";
  },
);

const limited = demo.createFunction(
  {
    id: "limited",
    triggers: [{ event: "demo/limited" }],
    concurrency: [
      { key: "event.data.tenant", limit: 1 },
      { scope: "account", key: '"llm"', limit: 2 },
    ],
  },
  async ({ step }) => {
    await step.run("work", async () => {
      await pause(100);
    });
  },
);

const once = demo.createFunction(
  { id: "once", triggers: [{ event: "demo/once" }], idempotency: "event.data.key" },
  async ({ step }) => {
    await step.run("x", () => {});
  },
);

const par = demo.createFunction({ id: "par", triggers: [{ event: "demo/par" }] }, async ({ step }) => {
  const [a, b] = await Promise.all([
    step.run("a", () => "A"),
    step.run("b", async () => {
      await pause(150);
      return "B";
    }),
    step.sleep("z", "1s"),
  ]);
  return step.run("d", () => `${a}${b}Z`);
});

const waiter = demo.createFunction(
  {
    id: "waiter",
    triggers: [{ event: "demo/wait" }],
    cancelOn: [{ event: "demo/cancel", if: "event.data.id == async.data.id" }],
    timeouts: { finish: "1h" },
  },
  async ({ event, step }) => {
    const timeout = event.data.timeout ?? "5s";
    const answer = await step.waitForEvent("w", {
      event: "demo/answer",
      timeout,
      if: "async.data.id == event.data.id",
    });
    return answer?.data ?? null;
  },
);

const child = demo.createFunction({ id: "child", triggers: [{ event: "demo/child" }] }, async ({ event, step }) => {
  if (event.data.fail) throw new NonRetriableError("child failed");
  return step.run("c", () => ({ doubled: event.data.x * 2, name: event.name }));
});

const parent = demo.createFunction({ id: "parent", triggers: [{ event: "demo/parent" }] }, async ({ event, step }) => {
  const result = await step.invoke("call-child", {
    function: child,
    data: { x: 21, ...(event.data.fail && { fail: true }) },
  });
  await step.sendEvent("fan", { name: "demo/two", data: { n: 5 } });
  return result;
});

const batch = demo.createFunction(
  {
    id: "batch",
    triggers: [{ event: "demo/batch" }],
    batchEvents: { maxSize: 3, timeout: "2s", key: "event.data.k" },
  },
  async ({ events }) => events.length,
);

const deb = demo.createFunction(
  {
    id: "deb",
    triggers: [{ event: "demo/deb" }],
    debounce: { key: "event.data.k", period: "1s", timeout: "5s" },
  },
  async () => {},
);

const thr = demo.createFunction(
  { id: "thr", triggers: [{ event: "demo/thr" }], throttle: { limit: 1, period: "2s", key: "event.data.k" } },
  async () => {},
);

const rl = demo.createFunction(
  { id: "rl", triggers: [{ event: "demo/rl" }], rateLimit: { limit: 1, period: "10s", key: "event.data.k" } },
  async () => {},
);

const sing = demo.createFunction(
  {
    id: "sing",
    triggers: [{ event: "demo/sing" }],
    priority: { run: "event.data.prio" },
    singleton: { key: "event.data.k", mode: "skip" },
  },
  async ({ step }) => {
    await step.run("s", async () => {
      await pause(500);
    });
  },
);

const fnthrow = demo.createFunction({ id: "fnthrow", retries: 1, triggers: [{ event: "demo/fnthrow" }] }, async () => {
  throw new Error("body threw");
});

const ondone = demo.createFunction(
  {
    id: "ondone",
    triggers: [
      { event: "inngest/function.failed" },
      { event: "inngest/function.finished" },
      { event: "inngest/function.cancelled" },
    ],
  },
  async () => {},
);

export const client = demo;

/** In the order in which they were registered. */
export const functions: readonly InngestFunction.Any[] = [
  twoStep,
  tick,
  sleeper,
  flaky,
  caught,
  limited,
  once,
  par,
  waiter,
  child,
  parent,
  batch,
  deb,
  thr,
  rl,
  sing,
  fnthrow,
  ondone,
];
