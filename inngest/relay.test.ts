import { once } from "node:events";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { until } from "@/inngest/embedded/testing";
import { pool, transaction } from "@/lib/db/client";
import { log } from "@/lib/log";
import { send } from "./outbox";
import { postEvents, type SentEvent } from "./post-events";
import { relayBatch, startRelay } from "./relay";

beforeEach(async () => {
  await pool.query('TRUNCATE "Outbox"');
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const emit = (n: number, id?: string) => transaction((tx) => send(tx, { name: "t/x", data: { n }, ...(id && { id }) }));
const left = async () => (await pool.query<{ eventId: string }>('SELECT "eventId", refusal FROM "Outbox"')).rows;

describe("the relay to an Inngest server", () => {
  it("[K8] sends each row with its id, or the event's own, and removes it", async () => {
    await emit(1);
    await emit(2, "mine");
    const { rows } = await pool.query('SELECT id FROM "Outbox" ORDER BY "createdAt", id');
    const sent: unknown[] = [];
    const take = async (events: SentEvent[]) => {
      sent.push(...events);
      return null;
    };
    expect(await relayBatch(take)).toBe(false);
    expect(sent).toEqual([
      { id: rows[0].id, name: "t/x", data: { n: 1 }, ts: expect.any(Number) },
      { id: "mine", name: "t/x", data: { n: 2 }, ts: expect.any(Number) },
    ]);
    expect(await left()).toEqual([]);
  });

  it("[K8] keeps the events when the server does not take them, and sends them again under the same ids", async () => {
    await emit(1);
    const tries: string[] = [];
    const down = async (events: { id: string }[]) => {
      tries.push(...events.map(({ id }) => id));
      throw new Error("down");
    };
    await expect(relayBatch(down)).rejects.toThrow("down");
    await relayBatch(async (events) => {
      tries.push(...events.map(({ id }) => id));
      return null;
    });
    expect(tries).toHaveLength(2);
    expect(tries[0]).toBe(tries[1]);
  });

  it("[K8] lets one process relay at a time", async () => {
    await emit(1);
    let inner: boolean | undefined;
    let sends = 0;
    await relayBatch(async () => {
      sends++;
      inner = await relayBatch(async () => {
        sends++;
        return null;
      });
      return null;
    });
    expect({ inner, sends }).toEqual({ inner: false, sends: 1 });
  });
});

/** A server that refuses every request with such an event in it. */
async function startServer(isRefused: (event: SentEvent) => boolean, status = 400) {
  const taken: string[] = [];
  let requests = 0;
  const http = createServer(async (request, response) => {
    requests++;
    const events = (await json(request)) as SentEvent[]; // what the relay sends
    if (events.some(isRefused)) return response.writeHead(status).end(`{"error":"not like this","status":${status}}`);
    taken.push(...events.map(({ id }) => id));
    response.end(JSON.stringify({ ids: events.map(({ id }) => id), status: 200 }));
  });
  http.listen(0, "127.0.0.1");
  await once(http, "listening");
  const address = http.address();
  vi.stubEnv("INNGEST_BASE_URL", `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`);
  return { taken, requests: () => requests, stop: () => http.close() };
}

describe("an event that the server refuses", () => {
  it("[K8] is set aside with its reason, and keeps none of the others back", async () => {
    const said = vi.spyOn(log, "error");
    const ids = Array.from({ length: 100 }, (_, n) => `event-${n}`);
    for (const [n, id] of ids.entries()) await emit(n, id);
    const server = await startServer(({ id }) => id === "event-3" || id === "event-77");
    expect(await relayBatch(postEvents)).toBe(true);
    expect(server.taken).toEqual(ids.filter((id) => id !== "event-3" && id !== "event-77"));
    expect(await left()).toEqual([
      { eventId: "event-3", refusal: expect.stringMatching(/^400 .*not like this/) },
      { eventId: "event-77", refusal: expect.stringMatching(/^400 .*not like this/) },
    ]);
    expect(said.mock.calls.map(([about]) => about)).toEqual([
      expect.objectContaining({ event: "t/x", eventId: "event-3" }),
      expect.objectContaining({ event: "t/x", eventId: "event-77" }),
    ]);

    // It is not sent again and again, and what comes later goes on.
    const before = server.requests();
    await emit(101, "later");
    await relayBatch(postEvents);
    expect(server.taken.at(-1)).toBe("later");
    expect(server.requests()).toBe(before + 1);
    server.stop();
  });

  it("[K8] is sent once more when the product next starts", async () => {
    let isMended = false;
    const server = await startServer(() => !isMended);
    await emit(1, "mended");
    await relayBatch(postEvents);
    expect(await left()).toHaveLength(1);
    isMended = true;
    const stop = await startRelay();
    await until(async () => (await left()).length === 0);
    expect(server.taken).toEqual(["mended"]);
    await stop();
    server.stop();
  });

  it.each([401, 404, 429, 500])("[K8] is none while the server answers %i to everything", async (status) => {
    const server = await startServer(() => true, status);
    await emit(1);
    await emit(2);
    await expect(relayBatch(postEvents)).rejects.toThrow();
    const { rowCount } = await pool.query('SELECT FROM "Outbox" WHERE "refusedAt" IS NULL');
    expect(rowCount).toBe(2);
    server.stop();
  });
});
