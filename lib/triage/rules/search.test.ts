import { describe, expect, it } from "vitest";
import { excerptOf } from "./excerpt";
import { FailureText, readSearch, type What } from "./search";

const what = (pattern: string, rest: Partial<What> = {}): What => ({ kind: "text", field: "both", pattern, ...rest });
const problemOf = (given: What) => {
  const read = readSearch(given);
  return "problem" in read ? read.problem : null;
};
function searchOf(given: What) {
  const read = readSearch(given);
  if ("problem" in read) throw new Error(read.problem);
  return read.search;
}
const has = (given: What, message: string | null, stack: string | null = null) =>
  searchOf(given).has(new FailureText({ message, stack }));

describe("what a known-issue rule looks for", () => {
  it.each([
    ["GATEWAY Timeout", "the gateway timeout of 30 s"],
    ["straße", "Fehler: STRASSE gesperrt"],
    ["STRASSE", "Fehler: Straße gesperrt"],
    ["GROẞ", "groß"],
    ["οδος", "ΟΔΟΣ ΚΛΕΙΣΤΗ"],
    ["ΟΔΟΣ", "οδοσα"],
    ["İstanbul", "i̇stanbul"],
    ["ошибка", "ОШИБКА СЕТИ"],
    ["فشل الدفع", "خطأ: فشل الدفع"],
    ["a.b*c", "A.B*C"],
    ["two\nlines", "in two\r\nlines"],
  ])("[J2] a text is found whatever the case of its letters: %s", (pattern, message) => {
    expect(has(what(pattern), message)).toBe(true);
  });

  it("[J2] a text is found as it stands, and no pattern", () => {
    expect(has(what("a.c"), "abc")).toBe(false);
  });

  it("[J2] what a terminal colours is found as people read it", () => {
    expect(has(what("expected true"), "\u001b[31mexpected\u001b[39m true")).toBe(true);
    expect(has(what("expected true", { kind: "pattern" }), "#x1B[31mexpected#x1B[39m true")).toBe(true);
  });

  it("[J2] looks in the message, in the stack, or in both", () => {
    const found = (field: What["field"], message: string, stack: string) =>
      has(what("boom", { field }), message, stack);
    expect([found("message", "boom", "x"), found("message", "x", "boom")]).toEqual([true, false]);
    expect([found("stack", "boom", "x"), found("stack", "x", "boom")]).toEqual([false, true]);
    expect([found("both", "boom", "x"), found("both", "x", "boom")]).toEqual([true, true]);
    // Not across the two.
    expect(found("both", "a bo", "om b")).toBe(false);
  });

  it("[J2] a pattern says with (?i) that case does not matter, and knows lines", () => {
    const pattern = (text: string) => what(text, { kind: "pattern" });
    expect(has(pattern("Gateway \\d+ ms"), "gateway 300 ms")).toBe(false);
    expect(has(pattern("(?i)Gateway \\d+ ms"), "gateway 300 ms")).toBe(true);
    expect(has(pattern("^at Gateway"), "boom\nat Gateway.call")).toBe(true);
  });

  it.each([
    ["[a-/", "at character 2: invalid character class range: a-/"],
    ["ab(?=c)", "(?= at character 3 is what a search in guaranteed time cannot do"],
    ["(a)\\1", "\\1 at character 4 is what a search in guaranteed time cannot do"],
    ["x(?<=a)b", "(?< at character 2 is what a search in guaranteed time cannot do"],
    ["ok (a[(]b", "at character 4: missing closing )"],
    ["(a)b)c", "at character 5: unexpected )"],
    ["😀a**", "at character 3: invalid nested repetition operator: **"],
    ["abc\\", "at character 4: trailing backslash"],
    ["x*", "the empty text"],
    ["(?:a[bc]{900}){1}(?:d[ef]{900}){1}", "repetitions written out"],
  ])("[J2] tells what is wrong with the pattern %s, and where", (pattern, problem) => {
    expect(problemOf(what(pattern, { kind: "pattern" }))).toContain(problem);
  });

  it("[J2] takes no text that is found everywhere", () => {
    expect(problemOf(what("a "))).toContain("3 characters or more");
    expect(problemOf(what("a b c"))).toBeNull();
  });

  // No cycle that an automaton could learn.
  let seed = 1;
  const noise = Array.from({ length: 60_000 }, () => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % 2 === 0 ? "a" : "b";
  }).join("");
  const long = (unit: string) => unit.repeat(Math.ceil(1_000_000 / unit.length));
  const letters = Array.from({ length: 143 }, (_, at) => `w${at.toString(36)}xyz`.slice(0, 6)).join("|");
  const hostile: [string, string][] = [
    ["(a+)+$", long("a")],
    ["(a+)+$", `${long("a")}!`],
    [".*.*.*=", long("a ")],
    [".*.*.*=", `${long("a ")}=`],
    ["(x+x+)+y", long("x")],
    ["(?:a?){30}a{30}b", long("ab ")],
    ["(?s)a.{900}[~!]", `~${long(noise)}`],
    ["(a|b)*a(a|b){300}[cd]", `c${long(noise)}`],
    [letters.slice(0, 1_000), long("w0xy w1xz ")],
    [`(?i)${letters.slice(0, 990)}`, long("W0XY w1xz ")],
  ];
  it.each(hostile.map(([pattern, text]) => ({ name: pattern.slice(0, 30), pattern, text })))(
    "[J2] $name ends in time on a text of 1 MB",
    ({ pattern, text }) => {
      const search = searchOf(what(pattern, { kind: "pattern" }));
      // Of the processor: others may be at work.
      const begun = process.cpuUsage();
      const failure = new FailureText({ message: text, stack: text });
      search.has(failure);
      search.find(failure);
      expect(process.cpuUsage(begun).user / 1_000).toBeLessThan(4_000);
    },
  );
});

describe("the place that is shown", () => {
  const excerpt = (given: What, message: string) => {
    const found = searchOf(given).find(new FailureText({ message, stack: null }));
    return found && excerptOf(found);
  };

  it("[J2] is that of the text before its letters were folded", () => {
    expect(excerpt(what("STRASSE"), "ßß die Straße ist zu")).toEqual({
      before: "ßß die ",
      match: "Straße",
      after: " ist zu",
    });
  });

  it("[J2] stands in one line, cut, with no half of a character", () => {
    const found = excerpt(what("boom"), `${"😀".repeat(200)}a\n  boom\n${"x".repeat(500)}`);
    expect(found).toMatchObject({ match: "boom" });
    expect(found?.before).toMatch(/^…(?:😀)+a $/u);
    expect(found?.after).toMatch(/^ x+…$/);
  });

  it("[J2] is left out where nobody has the time to find it, and the text begins instead", () => {
    const failure = new FailureText({ message: "it goes boom", stack: null });
    const found = searchOf(what("boom")).find(failure, false);
    expect(found && excerptOf(found)).toEqual({ before: "", match: "", after: "it goes boom" });
  });
});
