import { expect, it } from "vitest";
import { Hashed } from "./hashed";

it("[B2] a repeated upload that never ends is refused like any other that is too large", async () => {
  async function* endless() {
    for (;;) yield new Uint8Array(1_000);
  }
  await expect(new Hashed(endless()).digest(10_000)).rejects.toMatchObject({ kind: "too_large" });
});

it("[G3] the digest is of all bytes, whoever has read them", async () => {
  async function* pieces() {
    yield new TextEncoder().encode("a");
    yield new TextEncoder().encode("b");
  }
  const file = new Hashed(pieces());
  for await (const _ of file);
  expect(await file.digest(10)).toBe("fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603");
});
