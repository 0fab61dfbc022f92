import { expect, it } from "vitest";
import { inBytes } from "./size";

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1 kB"],
  [88_200, "88 kB"],
  [999_600, "1.0 MB"],
  [1_234_567, "1.2 MB"],
  [26_214_400, "26 MB"],
  [5_368_709_120, "5.4 GB"],
])("[G8] %i bytes are told as %s", (sizeBytes, told) => {
  expect(inBytes(sizeBytes)).toBe(told);
});
