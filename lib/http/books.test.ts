import { expect, it } from "vitest";
import { OutboundError } from "./outcome";
import { open, post, serve, servers } from "./test-server";
import type { Answered } from "./transport";

it("[K2] a failing log or budget does not change what became of a call", async () => {
  const url = await serve((_, response) => response.writeHead(201).end("{}"));
  const { fetch } = open({
    record: () => Promise.reject(new Error("the log is full")),
    budget: { acquire: async () => ({ settle: () => Promise.reject(new Error("no budget")) }) },
  });
  expect((await fetch(url, post)).status).toBe(201);
});

it("[K4] a call that the budget holds back does not leave, and is not in the log", async () => {
  let hits = 0;
  const url = await serve((_, response) => {
    hits++;
    response.end();
  });
  const retryAt = new Date(Date.now() + 60_000);
  const wait = new OutboundError("tracker_rate_limited", "Wait.", { outcome: "refused", retryAt });
  const held = open({ budget: { acquire: () => Promise.reject(wait) } });
  expect(await held.failure(url, post)).toMatchObject({ kind: "tracker_rate_limited", outcome: "refused", retryAt });

  const broken = open({ budget: { acquire: () => Promise.reject(new Error("no database")) } });
  expect(await broken.failure(url, post)).toMatchObject({ kind: "unavailable", outcome: "refused" });
  expect([hits, held.records, broken.records]).toEqual([0, [], []]);
});

it("[K4] tells the budget how each call ended, and counts the wait for leave into the deadline alone", async () => {
  const url = await serve((request, response) => {
    if (request.url === "/cut") return void request.socket.destroy();
    if (request.url === "/hang") return;
    response.writeHead(429, { "retry-after": "7" }).end("slow down");
  });
  const ends: unknown[] = [];
  const budget = {
    async acquire() {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return {
        settle: async (end: Answered | "lost" | "not_sent") => {
          ends.push(typeof end === "object" ? [end.status, end.headers.get("retry-after"), end.text()] : end);
        },
      };
    },
  };
  const { fetch, failure, records } = open({ budget, deadlineMs: 500 });
  expect((await fetch(`${url}/`)).status).toBe(429);
  expect(records[0]?.durationMs).toBeLessThan(200);
  await failure(`${url}/cut`);
  const startedAt = performance.now();
  expect(await failure(`${url}/hang`)).toMatchObject({ kind: "timed_out" });
  expect(performance.now() - startedAt).toBeLessThan(650);
  const closed = await serve(() => undefined);
  await new Promise((resolve) => servers.pop()?.close(resolve));
  await failure(closed);
  expect(ends).toEqual([[429, "7", "slow down"], "lost", "lost", "not_sent"]);
});
