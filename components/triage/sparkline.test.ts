import { describe, expect, it } from "vitest";
import { barHeight, sparkText } from "./sparkline";

describe("[J1] the bars over runs, in words", () => {
  it.each([
    [[], "No run yet"],
    [[5], "The first run"],
    [[0, 0, 0, 5], "Not in the 3 runs before this one"],
    [[0, 5], "Not in the 1 run before this one"],
    [[1, 0, 2, 5], "In 3 of the last 4 runs"],
    [[3, 0], "In 1 of the last 2 runs"],
  ])("%j: %s", (values, words) => {
    expect(sparkText(values)).toBe(words);
  });

  it("shows one failure beside thousands, and a run without any as a line", () => {
    expect(barHeight(1, 50_000, 16)).toBe(3);
    expect(barHeight(50_000, 50_000, 16)).toBe(16);
    expect(barHeight(0, 50_000, 16)).toBe(1);
  });
});
