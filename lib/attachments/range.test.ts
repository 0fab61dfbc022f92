import { expect, it } from "vitest";
import { readRange } from "./range";

it.each<[string | null, ReturnType<typeof readRange>]>([
  [null, null],
  ["bytes=0-0", { first: 0, last: 0 }],
  ["bytes=2-5", { first: 2, last: 5 }],
  ["bytes=2-", { first: 2, last: 9 }],
  ["bytes=2-999999", { first: 2, last: 9 }],
  ["bytes=-3", { first: 7, last: 9 }],
  ["bytes=-999", { first: 0, last: 9 }],
  ["bytes=10-", "unsatisfiable"],
  ["bytes=10-20", "unsatisfiable"],
  ["bytes=-0", "unsatisfiable"],
  ["bytes=999999999999999-", "unsatisfiable"],
  // What cannot be read, or asks for several parts, gets the whole.
  ["bytes=5-2", null],
  ["bytes=-", null],
  ["bytes=0-1,3-4", null],
  [`bytes=${"0-0,".repeat(2_000)}0-0`, null],
  ["bytes=0-1, -1", null],
  ["bytes=1e1-", null],
  ["bytes=99999999999999999999-", null],
  ["items=0-1", null],
  ["bytes=--1", null],
  ["bytes= 0-1", null],
])("[G8] of ten bytes %s asks for %j", (header, part) => {
  expect(readRange(header, 10)).toEqual(part);
});
