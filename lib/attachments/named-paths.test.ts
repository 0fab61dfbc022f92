import { expect, it } from "vitest";
import { missingPaths, namedPaths } from "./named-paths";

it("[B1] finds the files that a report names, each once and in order", () => {
  const output =
    "a\n[[ATTACHMENT|shots/1.png]] and [[ATTACHMENT|C:\\logs\\x.txt]]\n[[ATTACHMENT|shots/1.png]]\n[[ATTACHMENT|]]";
  expect(namedPaths(output)).toEqual(["shots/1.png", "C:\\logs\\x.txt"]);
});

it("[B1] takes no path over the end of a line, nor one that is longer than any path", () => {
  const output = `[[ATTACHMENT|a\nb]] [[ATTACHMENT|${"a".repeat(1_001)}]] [[ATTACHMENT|test[chromium].png]]`;
  expect(namedPaths(output)).toEqual(["test[chromium].png"]);
});

it.each(["", "]]"])("[B1] reads a megabyte of beginnings that end with %j in time", (end) => {
  const startedMs = performance.now();
  namedPaths("[[ATTACHMENT|".repeat(80_000) + end);
  expect(performance.now() - startedMs).toBeLessThan(1_000);
});

it("[B1] misses what nobody has sent, by its path or by its name alone", () => {
  const named = ["shots/1.png", "shots/2.png", "C:\\logs\\x.txt"];
  expect(missingPaths(named, ["shots/1.png", "x.txt"])).toEqual(["shots/2.png"]);
});
