import { serve } from "inngest/edge";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { fixturesDir } from "@/e2e/vitest/external";
import { storeEvents } from "@/inngest/embedded/event-api";
import { Executor } from "@/inngest/embedded/executor";
import { pool } from "@/lib/db/client";
import { env } from "@/lib/env";
import { client, functions } from "./demo";
import { leftOut, masked } from "./mask";
import { byRun, type Recorded, readRecording } from "./read";

const NAME = "inngest/real-start-signed-classic";
const sent: Recorded[] = [];
let recorded: Recorded[][] = [];
let executor: Executor | undefined;

const eventSchema = z.object({ name: z.string().startsWith("demo/"), ts: z.undefined().optional() });
const postSchema = z.union([z.array(eventSchema), eventSchema]);
const calledSchema = z.object({ event: z.object({ data: z.object({ function_id: z.string() }).partial() }) });

/** A minute may begin while the others run, or not; its function has a test of its own. */
const isOfCron = ([first]: Recorded[]) =>
  first?.url.includes("demo-tick") || calledSchema.safeParse(first?.body).data?.event.data.function_id === "demo-tick";

const ours = () => withoutCron(byRun(sent));

const withoutCron = (runs: Recorded[][]) => runs.filter((run) => !isOfCron(run));

/** What the recorded program was told, in its order: what it sent by itself has a time, and is sent again by itself. */
const recordedEvents = () =>
  readRecording(fixturesDir(`${NAME}.app-to-server.jsonl`)).filter(
    ({ url, body }) => url.startsWith("/e/") && !url.includes("wrong") && postSchema.safeParse(body).success,
  );

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
    recorded = byRun(readRecording(fixturesDir(`${NAME}.server-to-app.jsonl`)));
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
    await until(() => ours().flat().length >= withoutCron(recorded).flat().length, 20_000);
    await until(isQuiet, 5000);
  }, 60_000);
  afterAll(() => executor?.stop(0));

  const of = (runs: Recorded[][], id: string) =>
    runs.filter(([first]) => first?.url.includes(`fnId=demo-${id}&`)).map((run) => run.map(masked));
  const sorted = (runs: unknown[][]) =>
    runs
      .map((run) => ({ run, key: JSON.stringify(run) }))
      .sort(byKey)
      .map(toRun);

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
    const expected = of(withoutCron(recorded), id);
    expect(expected.length).toBeGreaterThan(0);
    expect(sorted(of(ours(), id))).toEqual(sorted(expected));
  });

  it("[K8] tick: each run of a cron as the recorded ones are", () => {
    const [expected] = of(recorded, "tick");
    const runs = of(byRun(sent), "tick");
    expect(runs.length).toBeGreaterThan(0);
    for (const run of runs) expect(run).toEqual(expected);
  });

  it("every difference that is left out exists", () => {
    const paths = new Set(recorded.flat().flatMap(pathsOf));
    for (const { where } of leftOut)
      expect(
        [...paths].filter((path) => where.test(path)),
        String(where),
      ).not.toEqual([]);
  });
});

type Keyed = { run: unknown[]; key: string };
const byKey = (a: Keyed, b: Keyed) => (a.key < b.key ? -1 : 1);
const toRun = ({ run }: Keyed) => run;

/** Where every value of a request stands. */
function pathsOf({ headers, body }: Recorded): string[] {
  const walk = (value: unknown, where: string): string[] =>
    typeof value === "object" && value !== null
      ? Object.entries(value).flatMap(([key, item]) => [`${where}.${key}`, ...walk(item, `${where}.${key}`)])
      : [];
  return [...walk(headers, "headers"), ...walk(body, "body")];
}
