import fc from "fast-check";
import { expect, it } from "vitest";
import { toMs } from "./to-ms";

it.each([
  ["0.005", 5],
  ["1,234.5", 1_234_500],
  ["4.50611114501953e-05", 0],
  ["1.4e-05", 0],
  ["12", 12_000],
  ["-1", 0],
  ["<<computed>>", 0],
  ["", 0],
  ["1.2.3", 0],
  ["999638317", 2_147_483_647],
  ["24.733407123456789", 24_733],
])("[B2] reads the time %s as %i ms", (text, ms) => {
  expect(toMs(text)).toBe(ms);
});

it("[B2] reads plain decimals as Number does", () => {
  fc.assert(
    fc.property(fc.nat(99_999), fc.nat(999_999), (whole, part) => {
      const text = `${whole}.${String(part).padStart(6, "0")}`;
      expect(Math.abs(toMs(text) - Number(text) * 1000)).toBeLessThanOrEqual(0.5001);
    }),
  );
});
