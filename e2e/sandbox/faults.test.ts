import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { FaultInput } from "./faults";
import { type Sandbox, startSandbox } from "./sandbox";

let sandbox: Sandbox;
let before: number;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(async () => {
  await sandbox.reset();
  before = await count();
});
afterAll(() => sandbox.close());

const issues = "/repos/acme/checkout/issues";
const count = async () => (await sandbox.issues("acme/checkout")).length;

async function api(method: string, path: string, body?: unknown, deadlineMs = 5_000) {
  const startedAt = performance.now();
  const response = await fetch(sandbox.github.apiUrl + path, {
    method,
    headers: { "content-type": "application/json", authorization: `Bearer ${sandbox.github.token}` },
    body: body === undefined ? null : JSON.stringify(body),
    redirect: "manual",
    signal: AbortSignal.timeout(deadlineMs),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, tookMs: performance.now() - startedAt };
}

const outcomeOf = (fault: FaultInput, deadlineMs: number) => {
  sandbox.faults.add({ method: "POST", path: "/issues$", ...fault });
  return api("POST", issues, { title: "x" }, deadlineMs).catch((error: Error) => error.name);
};

it.each<[string, FaultInput, number, unknown]>([
  ["a reset before the work", { mode: "reset" }, 0, "TypeError"],
  ["a reset after it", { mode: "reset", after: true }, 1, "TypeError"],
  ["a dropped reply", { mode: "drop-reply" }, 1, "TypeError"],
  ["no answer at all", { mode: "hang" }, 1, "TimeoutError"],
  ["half an answer", { mode: "truncate" }, 1, "TypeError"],
  ["429", { mode: "status", status: 429, headers: { "retry-after": "7" } }, 0, { status: 429 }],
  ["500 after the work", { mode: "status", status: 500, after: true }, 1, { status: 500 }],
  ["HTML", { mode: "html" }, 0, { status: 200, text: expect.stringContaining("<form>") }],
  ["a redirect", { mode: "redirect", headers: { location: "/elsewhere" } }, 0, { status: 301 }],
  ["broken JSON", { mode: "bad-json" }, 1, { status: 201, text: expect.stringMatching(/<<<$/) }],
  ["another content type", { mode: "headers", headers: { "content-type": "text/html" } }, 1, { status: 201 }],
  ["a slow answer", { mode: "delay", delayMs: 100 }, 1, { status: 201 }],
  ["a slow answer that nobody waits for", { mode: "delay", delayMs: 400, after: true }, 1, "TimeoutError"],
  ["one character at a time", { mode: "slow-body", delayMs: 20 }, 1, "TimeoutError"],
])("[K9] it can do %s, and the work is done or not as it says", async (_, fault, made, outcome) => {
  // Impatient only where that is the point: a busy machine takes its time.
  const got = await outcomeOf(fault, outcome === "TimeoutError" ? 300 : 5_000);
  if (typeof outcome === "string") expect(got).toBe(outcome);
  else expect(got).toMatchObject(outcome as object); // a row of the table above
  expect(await count()).toBe(before + made);
});

it("[K9] a fault strikes so many calls, or those whose text fits, or always", async () => {
  const post = async (title: string) => (await api("POST", issues, { title })).status;
  sandbox.faults.add({ sent: '"second"', mode: "status", status: 503, times: 2 });
  expect([await post("first"), await post("second"), await post("second"), await post("second")]).toEqual([
    201, 503, 503, 201,
  ]);
  sandbox.faults.add({ path: "/user$", mode: "delay", delayMs: 60, times: "always" });
  for (let i = 0; i < 3; i++) expect((await api("GET", "/user")).tookMs).toBeGreaterThanOrEqual(55);
  sandbox.faults.clear();
  expect((await api("GET", "/user")).tookMs).toBeLessThan(55);
});

it("[K9] new issues are absent from lists and searches for as long as each index lags", async () => {
  const dialed = await fetch(`${sandbox.github.url}/_sandbox/lag`, {
    method: "POST",
    body: JSON.stringify({ listSeconds: 10, searchSeconds: 60 }),
  });
  expect(dialed.status).toBe(200);
  const { number } = JSON.parse((await api("POST", issues, { title: "Lagging behind" })).text);
  const listed = async () => (await api("GET", `${issues}?state=all`)).text.includes("Lagging behind");
  const found = async () => JSON.parse((await api("GET", "/search/issues?q=Lagging+repo:acme/checkout+is:issue")).text);

  expect((await api("GET", `${issues}/${number}`)).status).toBe(200);
  expect([await listed(), (await found()).total_count]).toEqual([false, 0]);
  sandbox.lag.passTime(11_000);
  expect([await listed(), (await found()).total_count]).toEqual([true, 0]);
  sandbox.lag.passTime(50_000);
  expect([await listed(), (await found()).total_count]).toEqual([true, 1]);
});

it("[K9] so many lists lag, or those that fit a pattern, and others do not", async () => {
  await api("POST", issues, { title: "Lagging behind" });
  const listed = async (query: string) => (await api("GET", `${issues}?${query}`)).text.includes("Lagging behind");
  const found = async () => JSON.parse((await api("GET", "/search/issues?q=Lagging+repo:acme/checkout+is:issue")).text);

  sandbox.lag.set({ listSeconds: 60, times: 2 });
  expect((await found()).total_count).toBe(1);
  expect([await listed("state=all"), await listed("state=all"), await listed("state=all")]).toEqual([
    false,
    false,
    true,
  ]);

  sandbox.lag.set({ listSeconds: 60, searchSeconds: 60, path: "per_page=50" });
  expect([await listed("state=all&per_page=50"), await listed("state=all")]).toEqual([false, true]);
  expect((await found()).total_count).toBe(1);
  sandbox.lag.set({ searchSeconds: 60, path: "^/search/", times: 1 });
  expect([await listed("state=all"), (await found()).total_count, (await found()).total_count]).toEqual([true, 0, 1]);
});
