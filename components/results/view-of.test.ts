import { describe, expect, it } from "vitest";
import { viewOf } from "./view-of";

describe("[J1] which view an address of a run shows", () => {
  it.each([
    ["", true, "problems"],
    ["", false, "results"],
    ["view=results", true, "results"],
    ["view=problems", false, "problems"],
    ["view=nonsense", true, "problems"],
    // From issues and mails that are older than the problems.
    ["result=1", true, "results"],
    ["status=failed", true, "results"],
    ["q=pay", true, "results"],
    ["group=1", true, "problems"],
    ["group=1&result=2", true, "problems"],
    ["view=problems&q=pay", true, "problems"],
  ] as const)("%s with failures: %s", (query, hasFailures, view) => {
    expect(viewOf(new URLSearchParams(query), hasFailures)).toBe(view);
  });
});
