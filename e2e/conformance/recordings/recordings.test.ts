import { serve } from "inngest/edge";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { fixturesDir } from "@/e2e/vitest/external";
import { storeEvents } from "@/inngest/embedded/event-api";
import { Executor } from "@/inngest/embedded/executor";
import { pool } from "@/lib/db/client";
import { env } from "@/lib/env";
import { client, functions } from "./demo";
import * as leftOut from "./left-out";
import { masked } from "./mask";
import { byRun, type Recorded, readRecording } from "./read";

const NAME = "inngest/real-start-signed-classic";
const sent: Recorded[] = [];
let recorded: Recorded[][] = [];
let executor: Executor | undefined;

const isComparedAlone = ([first]: Recorded[]) => first !== undefined && leftOut.runs.some(({ runs }) => runs(first));
const together = (runs: Recorded[][]) => runs.filter((run) => !isComparedAlone(run));
const ours = () => together(byRun(sent));

/** What the recorded program was told, in its order. */
const posted = () =>
  readRecording(fixturesDir(`${NAME}.app-to-server.jsonl`)).filter(({ url }) => url.startsWith("/e/"));
const recordedEvents = () => posted().filter((request) => !leftOut.sent.some((one) => one.sent(request)));

async function until(isTrue: () => boolean | Promise<boolean>, timeoutMs: number): Promise<void> {
  for (const endMs = Date.now() + timeoutMs; !(await isTrue()) && Date.now() < endMs; )
    await new Promise((done) => setTimeout(done, 20));
}

async function isQuiet(): Promise<boolean> {
  const { rows } = await pool.query<{ quiet: boolean }>(
    `SELECT NOT EXISTS (SELECT FROM "Outbox") AND NOT EXISTS (
       SELECT FROM executor.job WHERE worker IS NOT NULL OR due_at <= now() + interval '5 ms') AS quiet`,
  );
  return executor?.isIdle === true && rows[0]?.quiet === true;
}

describe.skipIf(!fixturesDir())("requests beside those that a real server was seen to send", () => {
  beforeAll(async () => {
    recorded = byRun(inOrder());
    const endpoint = serve({ client, functions: [...functions] });
    executor = new Executor({
      line: {
        signingKey: env().INNGEST_SIGNING_KEY ?? "",
        endpoint: async (request) => {
          const { method, url, headers } = request;
          sent.push({ method, url, headers: Object.fromEntries(headers), body: await request.clone().json() });
          return endpoint(request);
        },
      },
      pollMs: 100,
      retryBaseMs: 5,
    });
    await executor.start();
    for (const { body } of recordedEvents()) {
      await storeEvents(new Request("http://inngest/e/key", { method: "POST", body: JSON.stringify(body) }));
      await pool.query("SELECT pg_notify('executor', 'outbox')");
      await until(isQuiet, 5000);
    }
    // Its minute has come.
    await pool.query("UPDATE executor.window SET due_at = now() WHERE kind = 'cron'");
    await until(() => of(byRun(sent), "tick").flat().length > 1, 5000);
    await until(() => ours().flat().length >= together(recorded).flat().length, 20_000);
    await until(isQuiet, 5000);
  }, 60_000);
  afterAll(() => executor?.stop(0));

  const of = (runs: Recorded[][], id: string) =>
    runs.filter(([first]) => first?.url.includes(`fnId=demo-${id}&`)).map((run) => run.map(masked));
  // In the order in which the runs began, but where that order says nothing.
  const ordered = (id: string, runs: unknown[][]) =>
    leftOut.orders.some(({ anyOrderOf }) => anyOrderOf === id)
      ? runs
          .map((run) => ({ run, key: JSON.stringify(run) }))
          .sort(byKey)
          .map(toRun)
      : runs;

  it.each([
    "two-step",
    "sleeper",
    "flaky",
    "flaky-failure",
    "caught",
    "limited",
    "once",
    "par",
    "waiter",
    "child",
    "parent",
    "batch",
    "deb",
    "thr",
    "rl",
    "sing",
    "fnthrow",
    "ondone",
  ])("[K8] %s: the same calls, in the same order, with the same fields and values", (id) => {
    const expected = of(together(recorded), id);
    expect(expected.length).toBeGreaterThan(0);
    expect(ordered(id, of(ours(), id))).toEqual(ordered(id, expected));
  });

  it("[K8] tick: each run of a cron as the recorded ones are", () => {
    const [expected] = of(recorded, "tick");
    const runs = of(byRun(sent), "tick");
    expect(runs.length).toBeGreaterThan(0);
    for (const run of runs) expect(run).toEqual(expected);
  });

  it("[K8] a child's calls stand between its parent's, as they were recorded", () => {
    const family = (requests: Recorded[]) =>
      requests.map(({ url }) => /fnId=demo-(parent|child)&/.exec(url)?.[1]).filter((name) => name !== undefined);
    const expected = family(inOrder());
    expect(expected.length).toBeGreaterThan(4);
    expect(family(sent)).toEqual(expected);
  });

  it.each([["recorded", inOrder] as const, ["ours", () => sent] as const])(
    "[K8] %s: nobody hears of a run's end before its last call",
    (_, requests) => {
      const calls = requests().map((request) => ({ runId: runIdOf(request), endedId: endedIdOf(request) }));
      const news = calls.flatMap(({ endedId }, at) => (endedId ? [{ endedId, at }] : []));
      expect(news.length).toBeGreaterThan(10);
      for (const { endedId, at } of news)
        expect(calls.findLastIndex(({ runId }) => runId === endedId)).toBeLessThan(at);
    },
  );

  it("every exception stands in the recording, and says why", () => {
    const places = recorded.flat().flatMap(placesOf);
    for (const { where, of: isOf } of leftOut.fields)
      expect(
        places.filter(({ path, of: object }) => where.test(path) && (isOf?.(object) ?? true)),
        `${where}`,
      ).not.toEqual([]);
    for (const { anyOrderOf } of leftOut.orders)
      expect(of(together(recorded), anyOrderOf).length, anyOrderOf).toBeGreaterThan(1);
    for (const { runs, why } of leftOut.runs)
      expect(
        recorded.filter(([first]) => first && runs(first)),
        why,
      ).not.toEqual([]);
    for (const { sent: isSent, why } of leftOut.sent) expect(posted().filter(isSent), why).not.toEqual([]);
    const all = [...leftOut.fields, ...leftOut.orders, ...leftOut.runs, ...leftOut.sent];
    for (const { why } of all) expect(why).toMatch(/^[A-Z].{20,}\.$/);
  });
});

const inOrder = () => readRecording(fixturesDir(`${NAME}.server-to-app.jsonl`));

type Keyed = { run: unknown[]; key: string };
const byKey = (a: Keyed, b: Keyed) => (a.key < b.key ? -1 : 1);
const toRun = ({ run }: Keyed) => run;

const call = z.object({ ctx: z.object({ run_id: z.string() }) });
const newsOfEnd = z.object({
  event: z.object({
    name: z.literal(["inngest/function.finished", "inngest/function.failed"]),
    data: z.object({ run_id: z.string() }),
  }),
});
const runIdOf = ({ body }: Recorded) => call.safeParse(body).data?.ctx.run_id;
const endedIdOf = ({ body }: Recorded) => newsOfEnd.safeParse(body).data?.event.data.run_id;

/** Where every value of a request stands, and in which object. */
function placesOf({ headers, body }: Recorded): { path: string; of: object }[] {
  const walk = (value: unknown, where: string): { path: string; of: object }[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, item]) => [
          { path: `${where}.${key}`, of: value },
          ...walk(item, `${where}.${key}`),
        ])
      : [];
  return [...walk(headers, "headers"), ...walk(body, "body")];
}
