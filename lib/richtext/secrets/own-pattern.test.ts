import { describe, expect, it } from "vitest";

import { findSecrets } from "./find";
import { checkPattern, ownMatchers, parseOwnPattern } from "./own-pattern";

const own = (pattern: string) => ownMatchers([{ id: "0198", name: "Staging key", pattern }]);

describe("a project's own patterns", () => {
  it("[G5] finds a text as it stands, and what an expression says", () => {
    expect(findSecrets("a corp-pw corp-pw", own("corp-pw"))).toEqual([
      { kind: "0198", from: 2, to: 9, hint: "Staging key" },
      { kind: "0198", from: 10, to: 17, hint: "Staging key" },
    ]);
    expect(findSecrets("a key-12345678 KEY-1234", own("/key-[0-9]{4,8}/i")).map(({ from, to }) => [from, to])).toEqual([
      [2, 14],
      [15, 23],
    ]);
    expect(findSecrets("a.b a.c.d", own("a.c.d"))).toHaveLength(1);
  });

  it.each([
    ["", "Enter a text"],
    ["ab", "fewer than four"],
    [`/${"a".repeat(600)}/`, "500 characters"],
    ["/[a-/", "no valid expression"],
    ["/a(?=b)/", "(?=…)"],
    ["/(a)\\1/", "\\1"],
    ["/x*/", "the empty text"],
    ["/(?:a[bc]{900}){1}(?:d[ef]{900}){1}/", "repetitions written out"],
    ["/.+/", "ordinary text"],
    ["/[a-z ]+/", "ordinary text"],
  ])("[G5] explains what is wrong with %s", (pattern, problem) => {
    expect(checkPattern(pattern)).toContain(problem);
    expect(parseOwnPattern(pattern).find).toBeUndefined();
  });

  it("[G5] takes what is right", () => {
    for (const pattern of ["corp", "/corp-[a-z]+-\\d{4}/", "/(?i)internal\\.example\\.com/"])
      expect(checkPattern(pattern)).toBeNull();
  });

  it("[G5] refuses a text rather than sending it unsearched, with a pattern that is no longer valid", () => {
    expect(() => own("/[/")).toThrow("nothing is sent: the pattern “Staging key” cannot be used");
  });

  it("[G5] stops a pattern that looks ahead to the end of the text again and again, and refuses the text", () => {
    const [matcher] = own("/aaa.*z|aaaa/");
    expect(matcher?.find("aaaa")).toHaveLength(1);
    const start = performance.now();
    expect(() => matcher?.find("a".repeat(60_000))).toThrow("“Staging key” takes too long on this text");
    expect(performance.now() - start).toBeLessThan(5_000);
    // Each text has its time, not each pattern: one refusal does not refuse the next text.
    expect(matcher?.find("aaaa")).toHaveLength(1);
  });

  it("[G5] counts the time of all patterns of a project together", () => {
    const slow = (id: string) => ({ id, name: id, pattern: "/aaa.*z|aaaa/" });
    const matchers = ownMatchers(Array.from({ length: 50 }, (_, at) => slow(`p${at}`)));
    const start = performance.now();
    // Alone, each of them would end in time.
    expect(() => findSecrets("a".repeat(8_000), matchers)).toThrow("takes too long");
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it("[G5] needs linear time for what hangs other engines", () => {
    const [matcher] = own("/(x+x+)+y/");
    const start = performance.now();
    expect(matcher?.find("x".repeat(20_000))).toEqual([]);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
