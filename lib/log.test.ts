import { Writable } from "node:stream";
import { expect, it } from "vitest";
import { createLog, withRequestId } from "./log";

function capture() {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { log: createLog("info", sink), text: () => lines.join("") };
}

it("[K7] writes one JSON object per line, with the request id of the work it belongs to", () => {
  const { log, text } = capture();
  withRequestId("req-1", () => log.info({ run: 482 }, "imported"));
  log.info("idle");
  const [first, second] = text()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(first).toMatchObject({ requestId: "req-1", run: 482, msg: "imported" });
  expect(second.requestId).toBeUndefined();
});

it("[F5][K7] keeps secrets out, wherever a field of that name stands", () => {
  const { log, text } = capture();
  const canary = "ghp_canary0123456789";
  log.info({ token: canary, headers: { authorization: `Bearer ${canary}`, cookie: canary } }, "top");
  log.info({ request: { headers: { authorization: canary } }, connection: { sealedSecret: canary } }, "below");
  log.error({
    err: Object.assign(new Error("no"), { password: canary, request: { headers: { authorization: canary } } }),
  });
  expect(text()).not.toContain(canary);
  expect(text().match(/\[redacted\]/g)?.length).toBeGreaterThanOrEqual(6);
});

it("[F5][K7] keeps credentials out of messages and stacks too", () => {
  const { log, text } = capture();
  const canary = "ghp_canary0123456789";
  log.warn(`calling https://x:${canary}@github.example failed`);
  log.error({ err: new Error(`Authorization: Bearer ${canary}`) }, "and so it goes");
  log.info({ url: `https://x.example/?access_token=${canary}` });
  expect(text()).not.toContain(canary);
  for (const line of text().trim().split("\n")) expect(() => JSON.parse(line)).not.toThrow();
});
