import { expect, it } from "vitest";
import { inProjects, minutesAgo, quote, withText } from "./jql";

it.each([
  ['a "b" c', '"a \\"b\\" c"'],
  ["a\\", '"a\\\\"'],
  ["a\nb", '"a b"'],
])("[H1] %j stays one value", (text, jql) => {
  expect(quote(text)).toBe(jql);
});

it("[H1] of what is typed only the words are looked for", () => {
  expect(withText('Pay" OR project = X --')).toBe('(text ~ "pay or project x" OR summary ~ "pay or project x*")');
  expect(withText("+a && !b (c:d) ~e* [f]^2 AND NOT {g}?\\")).toBe(
    '(text ~ "a b c d e f 2 and not g" OR summary ~ "a b c d e f 2 and not g*")',
  );
  expect(withText("Überweisung 支付")).toBe('(text ~ "überweisung 支付" OR summary ~ "überweisung 支付*")');
  expect(withText(" \" ' ~ ")).toBeNull();
  expect(withText("x ".repeat(10_000))?.length).toBeLessThan(1_000);
});

it("[H1] projects are named by their ids", () => {
  expect(inProjects(["10000", "10001"])).toBe("project in (10000, 10001)");
  expect(inProjects(['1) OR (1 = 1" OR'])).toBe('project in ("1) OR (1 = 1\\" OR")');
});

it("[I1] a moment is an age in minutes, never too young", () => {
  expect(minutesAgo(61_000, 0)).toBe(2);
  expect(minutesAgo(-3_600_000, 600_000)).toBe(10);
});
