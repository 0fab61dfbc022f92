import { expect, it } from "vitest";
import { searchQueryOf } from "./query";

it.each([
  ["pay timeout", '"pay" "timeout" is:issue repo:a/b'],
  ['say "hi"', '"say" "\\"hi\\"" is:issue repo:a/b'],
  ["x\\", '"x\\\\" is:issue repo:a/b'],
  ["x OR repo:c/d NOT y", '"x" "OR" "repo:c/d" "NOT" "y" is:issue repo:a/b'],
  ["a\nb\u0000c", '"a" "b" "c" is:issue repo:a/b'],
  ["-x ... y", '"-x" "y" is:issue repo:a/b'],
])("[H2] %j becomes words in quotes", (typed, query) => {
  expect(searchQueryOf(["a/b"], typed)).toBe(query);
});

it("[H2] what holds no word, or nowhere to look, makes no query", () => {
  expect(searchQueryOf(["a/b"], ' "" -- ')).toBeNull();
  expect(searchQueryOf([], "x")).toBeNull();
});

it("[H2] a long text is cut at a word, as GitHub refuses more than 256 characters", () => {
  const query = searchQueryOf(["a/b"], "word ".repeat(200)) ?? "";
  expect(query.split(" is:issue")[0]?.length).toBeLessThanOrEqual(256);
  expect(query).toMatch(/^("word" )+is:issue repo:a\/b$/);
});
