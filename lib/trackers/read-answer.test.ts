import { expect, it } from "vitest";
import { z } from "zod";
import { dataOf, doneOnly, readAnswer } from "./read-answer";

const answer = (text: string, status = 200) => ({ status, headers: new Headers(), data: dataOf(text) });
const signIn = "<!doctype html><form><input name=p type='password'></form>";

it.each([
  ["a sign-in page", signIn, "tracker_unauthorized", "refused"],
  ["another page", "<h1>Unicorn</h1>", "tracker_unreadable", "unknown"],
] as const)("[D3] %s is no sign that a call without an answer was done", (_, page, kind, outcome) => {
  for (const schema of [doneOnly, z.object({})]) {
    expect(() => readAnswer("X", schema, answer(page))).toThrow(expect.objectContaining({ kind, outcome }));
  }
});

it.each(["", " ", "null", "{}", '{"any":1}'])("[D3] a call that was done may answer %j", (text) => {
  expect(() => readAnswer("X", doneOnly, answer(text, 204))).not.toThrow();
});

it("[D3] a page that is made to take long takes no time", () => {
  const beganAt = performance.now();
  expect(() => readAnswer("X", doneOnly, answer("<input ".repeat(200_000)))).toThrow();
  expect(performance.now() - beganAt).toBeLessThan(200);
});
