import { describe, expect, it } from "vitest";

import { plainTitle } from "./title";

describe("plainTitle", () => {
  it("[G1] is one line without control or direction characters", () => {
    expect(plainTitle(" a\r\n\tb\u0000\u001bc\u2028d \u202ee\u202c ")).toBe("a b c d e");
    expect(plainTitle("👨‍👩‍👧 \ud800 @here fixes #1")).toBe("👨‍👩‍👧 \uFFFD @here fixes #1");
  });

  it("[G1] is cut to the limit at a whole character", () => {
    expect(plainTitle("abcdef", 5)).toBe("abcd…");
    expect(plainTitle("ab👨‍👩‍👧cd", 9)).toBe("ab…");
    expect(plainTitle("x".repeat(5_000_000))).toHaveLength(255);
    expect(plainTitle("x".repeat(255))).toBe("x".repeat(255));
  });
});
