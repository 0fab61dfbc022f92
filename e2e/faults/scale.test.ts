import { expect, it } from "vitest";
import { randomOf, seed } from "./scale";

it("a seed repeats every random choice, and each name draws its own", () => {
  const draw = (name: string) => Array.from({ length: 1_000 }, randomOf(name));
  expect(Number.isInteger(seed)).toBe(true);
  expect(draw("a")).toEqual(draw("a"));
  expect(draw("a")).not.toEqual(draw("b"));
  const all = draw("a");
  expect(Math.min(...all)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...all)).toBeLessThan(1);
  expect(all.reduce((sum, one) => sum + one, 0) / all.length).toBeCloseTo(0.5, 1);
});
