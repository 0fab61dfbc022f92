import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import type { Executor } from "@/inngest/embedded/executor";
import { makeExecutor } from "@/inngest/embedded/start";
import { showCreation } from "@/lib/issues/show-creation";
import { makeResult, makeScene, type Scene, start } from "@/lib/issues/test-scene";
import { goOn } from "./kill/take-over";
import { figure, randomOf, scaled } from "./scale";
import { inProductTime } from "./time";

vi.hoisted(() => {
  // The pause between two writes would be waited for in true time, one second for each of many creations.
  process.env.FAULTLINE_WRITE_PAUSE_MS = "0";
  process.env.FAULTLINE_LIMIT_CREATE = "10000";
});

const second = 1_000;
const day = 24 * 60 * 60 * second;
// How much later than allowed is still in time: we wait a second more than asked for, and a busy machine is slow.
const slackMs = 30 * second;
const secondary = {
  message: "You have exceeded a secondary rate limit.",
  documentation_url: "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits",
};
// Named in whole seconds.
const inFuture = (ms: number) => new Date(Math.ceil((Date.now() + ms) / second) * second);
const [asDate, asReset] = [inFuture(300 * second), inFuture(600 * second)];

/** How a tracker asks us to wait, and for how long from the refusal on or until when that holds. */
type Form = {
  name: string;
  status: number;
  headers?: Record<string, string>;
  body?: object;
  waitMs?: number;
  until?: Date;
};

const forms: Form[] = [
  { name: "429, Retry-After in seconds", status: 429, headers: { "retry-after": "90" }, waitMs: 90 * second },
  { name: "429, Retry-After as a date", status: 429, headers: { "retry-after": asDate.toUTCString() }, until: asDate },
  { name: "429 without Retry-After", status: 429, waitMs: 60 * second },
  { name: "429, absurd", status: 429, headers: { "retry-after": "999999999999" }, waitMs: day },
  { name: "429, negative", status: 429, headers: { "retry-after": "-5" }, waitMs: 60 * second },
  {
    name: "429, a date in the past",
    status: 429,
    headers: { "retry-after": "Sun, 06 Nov 1994 08:49:37 GMT" },
    waitMs: 60 * second,
  },
  {
    name: "403, the secondary limit with Retry-After",
    status: 403,
    headers: { "retry-after": "120" },
    body: secondary,
    waitMs: 120 * second,
  },
  { name: "403, the secondary limit without it", status: 403, body: secondary, waitMs: 60 * second },
  {
    name: "403, the hour's limit is spent",
    status: 403,
    headers: {
      "x-ratelimit-limit": "5000",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": String(asReset.getTime() / second),
    },
    until: asReset,
  },
];

type Filed = Form & { scene: Scene; title: string; id: string };

let executor: Executor;
beforeAll(async () => {
  executor = makeExecutor();
  await executor.start();
}, 60_000);
afterAll(() => executor.stop(2_000));
const isIdle = () => executor.isIdle;

const callsOf = (title: string) => sandbox.calls().filter(({ body }) => JSON.stringify(body)?.includes(`"${title}"`));

/** In the product's time, less the millisecond that a date of the log may be off. */
const allowedAt = ({ title, waitMs = 0, until }: Filed): number =>
  until?.getTime() ?? inProductTime(Date.parse(callsOf(title)[0]?.at ?? "")) + waitMs - 1;

it('[G3] [K4] every form of "wait" is waited for, no longer than a day, and told to people', async () => {
  const filed: Filed[] = [];
  for (const form of forms) {
    const title = `Wait: ${form.name}`;
    const { status, headers = {}, body } = form;
    sandbox.faults.add({ method: "POST", sent: `"${title}"`, mode: "status", status, headers, body });
    const scene = await makeScene(sandbox.github);
    filed.push({ ...form, scene, title, id: await start(scene, { title }) });
  }
  while (filed.some(({ title }) => callsOf(title).length === 0) || !isIdle()) await sleep(20);
  for (const form of filed) {
    const { creation } = await showCreation(form.scene.member, form.id);
    expect(creation, form.name).toMatchObject({ state: "held", error: { kind: "tracker_rate_limited" } });
    const toldMs = Date.parse(creation.error?.retryAt ?? "") - allowedAt(form);
    expect(toldMs, form.name).toBeGreaterThanOrEqual(0);
    expect(toldMs, form.name).toBeLessThan(slackMs);
  }

  const ids = filed.map(({ id }) => id);
  await goOn(sandbox, ids, { isIdle, limitMs: 2 * day });
  for (const form of filed) {
    const [, second, ...more] = callsOf(form.title);
    expect(more, form.name).toEqual([]);
    const lateMs = inProductTime(Date.parse(second?.at ?? "")) - allowedAt(form);
    expect(lateMs, form.name).toBeGreaterThanOrEqual(0);
    expect(lateMs, form.name).toBeLessThan(slackMs);
  }
  figure('forms of "wait" that a tracker may answer', filed.length, "6");
}, 120_000);

const count = scaled(60, 1_000);
// Most of it is the second that lies between two writes, and it is truly waited for.
const limitMs = scaled(120_000, 60 * 60_000);

it(
  `[G3] [K4] ${count} creations through many limits: none lost, none twice, no request before its time`,
  async () => {
    const random = randomOf("rate-limits");
    const scene = await makeScene(sandbox.github);
    const from = sandbox.calls().length;
    const titleOf = (i: number) => `Limited ${i}.`;
    // As many limits as a tenth of the creations; some creations meet several.
    const refusals = Math.ceil(count / 10);
    const waits = new Map<string, number[]>();
    for (let i = 0; i < refusals; i++) {
      const [seconds, title] = [5 + Math.floor(random() * 600), titleOf(Math.floor(random() * count))];
      waits.set(title, [...(waits.get(title) ?? []), seconds]);
      const refusal = random() < 0.5 ? { status: 429, body: { message: "wait" } } : { status: 403, body: secondary };
      const sent = `"${title.replace(".", "\\.")}"`;
      sandbox.faults.add({
        method: "POST",
        sent,
        mode: "status",
        ...refusal,
        headers: { "retry-after": `${seconds}` },
      });
    }

    const ids: string[] = [];
    for (let i = 0; i < count; i++) {
      const { resultId } = await makeResult(scene.admin, scene.run, `case ${i}`);
      ids.push(await start(scene, { title: titleOf(i), resultIds: [resultId] }));
    }
    // Those who were held back come one behind the other; time that passes for each alone would take hours.
    await goOn(sandbox, ids, { isIdle, limitMs: 10 * day, leapMs: 5 * second });

    const calls = sandbox.calls().slice(from);
    const made = (await sandbox.issues("acme/checkout")).filter(({ title }) => title.startsWith("Limited "));
    const titles = new Set(made.map(({ title }) => title));
    const early = tooEarly(calls, waits);
    figure(`creations lost of ${count} while the tracker asked to wait`, count - titles.size, 0);
    figure(`creations doubled of ${count} while the tracker asked to wait`, made.length - titles.size, 0);
    figure("requests before the time that the tracker asked for", early.length, 0);
    expect(calls.filter(({ fault }) => fault !== null)).toHaveLength(refusals);
    expect(made).toHaveLength(count);
    expect(titles.size).toBe(count);
    expect(early).toEqual([]);
  },
  limitMs,
);

/** The calls that came before the end of a wait that the tracker had asked for. */
function tooEarly(calls: ReturnType<typeof sandbox.calls>, waits: ReadonlyMap<string, number[]>): string[] {
  let until = 0;
  return calls.flatMap(({ at, method, path, fault, body }) => {
    const when = inProductTime(Date.parse(at));
    const title = typeof body === "object" && body && "title" in body ? String(body.title) : "";
    const isEarly = when < until;
    const seconds = fault ? waits.get(title)?.shift() : undefined;
    if (seconds !== undefined) until = when + seconds * second;
    return isEarly ? [`${at} ${method} ${path} ${title}`] : [];
  });
}
