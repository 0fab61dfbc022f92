import { expect, it } from "vitest";
import { inPieces } from "@/lib/results/formats/test-read";
import { Meter } from "./meter";

const drain = async (source: AsyncIterable<Uint8Array>) => {
  for await (const chunk of source) void chunk;
};

it("[B2] counts and hashes what passes", async () => {
  const meter = new Meter();
  await drain(meter.through(inPieces("hello", 2), { maxBytes: 5, expectedBytes: 5 }));
  expect(meter.bytes).toBe(5);
  expect(meter.sha256()).toBe("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
});

it("[B2] refuses one byte more than allowed, also when nobody announced a length", async () => {
  await expect(drain(new Meter().through(inPieces("hello!", 2), { maxBytes: 5 }))).rejects.toMatchObject({
    kind: "too_large",
  });
});

it("[B2] gives up on a body that stands still", async () => {
  async function* stuck() {
    yield Buffer.from("<testsuite>");
    await new Promise(() => {});
  }
  const reading = drain(new Meter().through(stuck(), { maxBytes: 100, stallMs: 20 }));
  await expect(reading).rejects.toThrow("stood still");
});

it("[B2] lets the source go when its reader stops early", async () => {
  let isClosed = false;
  async function* endless() {
    try {
      for (;;) yield Buffer.from("x");
    } finally {
      isClosed = true;
    }
  }
  for await (const _ of new Meter().through(endless(), { maxBytes: 100 })) break;
  await new Promise(setImmediate);
  expect(isClosed).toBe(true);
});
