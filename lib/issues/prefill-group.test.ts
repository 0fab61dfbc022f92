import { describe, expect, it } from "vitest";
import type { RichDoc } from "@/lib/richtext/doc";
import { toMarkdown } from "@/lib/richtext/to-markdown";
import type { GroupFailure } from "./find-group-failure";
import type { Failure } from "./prefill";
import { prefillGroup } from "./prefill-group";

const id = (n: number) => `0199a000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const sample = (change: Partial<Failure> = {}): Failure => ({
  ...{ id: id(1), projectId: id(2), runId: id(3), status: "failed", type: "com.acme.TimeoutError" },
  message: "payment gateway 30012 ms\nsecond line",
  stack: "TimeoutError: payment gateway\n    at Gateway.call (/app/gateway.ts:88:3)",
  ...{ attempt: 1, environment: "chrome 126" },
  run: { number: 482, branch: "main", commit: "a1b9f3c", buildUrl: null },
  testCase: { suite: "checkout › PaymentTest", className: "PaymentTest", name: "pays with saved card" },
  ...change,
});
const test = (n: number) => ({
  ...{ resultId: id(100 + n), suite: "checkout", className: "", name: `case ${n}`, environment: "" },
});
const group = (change: Partial<GroupFailure> = {}): GroupFailure => ({
  ...{ id: id(4), firstRun: { id: id(9), number: 480 }, failures: 498, flaky: 0, cases: 498, suites: 41 },
  environments: ["", "chrome 126", "staging"],
  tests: Array.from({ length: 20 }, (_, n) => test(n)),
  ...{ more: 478, runs: 3, failuresInAll: 1_204 },
  ...change,
});
const markdown = (description: RichDoc) => toMarkdown(description, { flavor: "gfm" }).output;
const text = (change?: Partial<GroupFailure>, of?: Partial<Failure>) =>
  markdown(prefillGroup(sample(of), group(change)).description);
const title = (change?: Partial<GroupFailure>, of?: Partial<Failure>) => prefillGroup(sample(of), group(change)).title;

describe("what a whole failure group brings to the form", () => {
  it("[G1] [J1] what fails, how often, in how many suites, since when, where, with the sample's stack", () => {
    const all = text();
    expect(all).toContain("**498 failures** in 41 suites, since run 480.");
    expect(all).toContain("```typescript\nTimeoutError: payment gateway\n    at Gateway.call");
    expect(all).toMatch(/\*\*For example:\*\* checkout › PaymentTest › pays with saved card/);
    expect(all).toMatch(/\[run 482\]\(.*\?result=0199a000-0000-7000-8000-000000000001\)/);
    expect(all).toContain("**Environments:** `chrome 126`, `staging`");
    expect(all).toContain("1,204 failures in 3 runs");
  });

  it("[G1] the first 20 of its tests with the way to each, and the others counted with the way to all", () => {
    const all = text();
    expect(all.match(/\[checkout › case \d+\]\(.*\?result=/g)).toHaveLength(20);
    expect(all).toMatch(/… and \[478 more results in run 482\]\(.*\?group=0199a000-0000-7000-8000-000000000004\)/);
    expect(text({ tests: [test(0), test(1)], more: 0 })).not.toContain("more result");
    expect(text({ tests: [test(0)], more: 0 })).not.toContain("Affected tests");
  });

  it("[G1] the title says what all of them say and how many they are, in 255 characters at most", () => {
    expect(title()).toBe("TimeoutError: payment gateway 30012 ms (498 failures)");
    expect(title({}, { message: "TimeoutError: no answer" })).toBe("TimeoutError: no answer (498 failures)");
    expect(title({}, { message: null, type: null })).toBe("failed (498 failures)");
    const long = title({}, { message: `${"x".repeat(218)}😀${"y".repeat(500)}` });
    expect(long.length).toBeLessThanOrEqual(255);
    expect(long).toMatch(/… \(498 failures\)$/);
    expect(long).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
  });

  it("[G1] of one test alone, whatever its environments, the title is that test's", () => {
    expect(title({ cases: 1, failures: 3 })).toBe(
      "checkout › PaymentTest › pays with saved card: payment gateway 30012 ms",
    );
  });

  it("[J4] what only passed when run again is not called a failure; what is new is said to be", () => {
    expect(title({ failures: 0, flaky: 2 })).toContain("(2 results passed only when run again)");
    expect(text({ firstRun: { id: id(3), number: 482 }, runs: 1 })).toContain("first seen in run 482.");
    expect(text({ runs: 1 })).not.toContain("History");
  });

  it("[G5] huge texts stay far below every tracker's limit, and terminal codes go", () => {
    const boom = "\u001b[31mboom\u001b[39m ".repeat(100_000);
    const all = text(
      { tests: Array.from({ length: 20 }, () => ({ ...test(0), name: boom, environment: boom })) },
      { message: boom, stack: boom, type: boom },
    );
    expect(all.length).toBeLessThan(32_000);
    expect(all + title({}, { message: boom, type: boom })).not.toContain("\u001b");
  });
});
