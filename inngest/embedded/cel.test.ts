import { describe, expect, it } from "vitest";
import { checkExpression, evaluate, isTrue } from "./cel";

const scope = {
  event: { name: "t/done", data: { n: 5, text: 'it\'s "so"', none: null, list: [1, 2], deep: { id: "a" }, yes: true } },
  async: { name: "t/answer", data: { n: 5, id: "a" } },
};

describe("evaluate", () => {
  it.each([
    ["event.data.n", 5],
    ["event.data.n == 5", true],
    ["event.data.n > 4.5", true],
    ["event.data.n in [5, 6]", true],
    ["int(event.data.n) + 1", 6],
    ["-120", -120],
    ["5u", 5],
    ["9007199254740993", "9007199254740993"],
    ["event.data.yes ? 100 : 0", 100],
    ['"llm"', "llm"],
    ["event.data.text", 'it\'s "so"'],
    [`event.data.text == "it's \\"so\\""`, true],
    [`event.data.text == 'it\\'s "so"'`, true],
    ["event.data.none == null", true],
    ["event.data.none", null],
    ["has(event.data.n)", true],
    ["has(event.data.missing)", false],
    ['has(event.data.missing) && event.data.missing == "x"', false],
    ["event.data.deep", { id: "a" }],
    ["[1, event.data.n]", [1, 5]],
    ['{"a": 1, "b": [2]}', { a: 1, b: [2] }],
    ["size(event.data.list)", 2],
    ['timestamp("2026-11-20T10:00:00Z")', "2026-11-20T10:00:00.000Z"],
    ['[duration("90s")]', ["90s"]],
    ['b"ab"', "97,98"],
    ["{1: 2u}", { 1: 2 }],
    ["event.data.list.exists(one, one == 2)", true],
    ['event.name.startsWith("t/")', true],
    ["event.data.deep.id == async.data.id", true],
  ])("[K8] %s", (expression, expected) => {
    expect(evaluate(expression, scope)).toEqual(expected);
  });

  it.each([
    ["a field that is missing", "event.data.missing"],
    ["a field of a field that is missing", "event.data.missing.id"],
    ["what every object has", "event.data.constructor"],
    ["types that do not go together", 'event.data.n + "x"'],
    ["a mistake of grammar", "event.data."],
    ["an unknown name", "foo.bar"],
  ])("[K8] comes to nothing for %s", (_, expression) => {
    expect(evaluate(expression, scope)).toBeUndefined();
    expect(isTrue(expression, scope)).toBe(false);
  });

  it("[K8] has no other event where there is none", () => {
    expect(evaluate("async.data.id", { event: scope.event })).toBeUndefined();
  });

  it("[K8] knows an expression again after many others", () => {
    for (let n = 0; n < 1200; n++) expect(evaluate(`event.data.n + ${n}.0`, scope)).toBe(5 + n);
    expect(evaluate("event.data.n + 0.0", scope)).toBe(5);
  });
});

describe("isTrue", () => {
  it.each(["event.data.n", "event.data.deep", '"true"', "1"])("[K8] takes %s for no", (expression) => {
    expect(isTrue(expression, scope)).toBe(false);
  });
});

describe("checkExpression", () => {
  it.each([
    "event.data.n",
    '"llm"',
    "event.data.a == async.data.a",
    "has(event.data.a) && event.data.a > 1",
    "[1, 'a']",
  ])("[K8] accepts %s", (expression) => {
    expect(() => checkExpression(expression)).not.toThrow();
  });

  it.each(["", "event.", "event.data.a ==", "'open", "foo.bar", "nothing(event)", '1 + "a"'])(
    "[K8] refuses %s",
    (expression) => {
      expect(() => checkExpression(expression)).toThrow();
    },
  );
});
