import { describe, expect, it } from "vitest";
import { toMarkdown } from "@/lib/richtext/to-markdown";
import { type Failure, prefill } from "./prefill";
import { languageOf } from "./stack-language";

const failure = (change: Partial<Failure> = {}): Failure => ({
  id: "0199a000-0000-7000-8000-000000000001",
  projectId: "0199a000-0000-7000-8000-000000000002",
  runId: "0199a000-0000-7000-8000-000000000003",
  status: "failed",
  type: "TimeoutError",
  message: "payment gateway 30012 ms\nsecond line",
  stack: "TimeoutError: payment gateway\n    at Gateway.call (/app/gateway.ts:88:3)",
  attempt: 3,
  environment: "chrome 126",
  run: { number: 482, branch: "main", commit: "a1b9f3c", buildUrl: null },
  testCase: { suite: "checkout › PaymentTest", className: "PaymentTest", name: "pays with saved card" },
  ...change,
});
const markdown = (change?: Partial<Failure>) =>
  toMarkdown(prefill(failure(change)).description, { flavor: "gfm" }).output;

describe("what a failure brings to the form", () => {
  it("[G1] error, stack in a code block with its language, test, run link, environment, branch, commit, attempts", () => {
    const text = markdown();
    expect(text).toContain("## TimeoutError");
    expect(text).toContain("```typescript\nTimeoutError: payment gateway\n    at Gateway.call");
    expect(text).toContain("checkout › PaymentTest › pays with saved card");
    expect(text).toMatch(/\[run 482\]\(.*\/runs\/0199a000-0000-7000-8000-000000000003\?result=/);
    for (const fact of ["chrome 126", "main", "a1b9f3c", "3"]) expect(text).toContain(fact);
  });

  it("[G1] the title says where and what, in one line of at most 255 characters", () => {
    expect(prefill(failure()).title).toBe("checkout › PaymentTest › pays with saved card: payment gateway 30012 ms");
    const { title } = prefill(failure({ message: `${"x".repeat(254 - 48)}😀${"y".repeat(500)}` }));
    expect(title.length).toBeLessThanOrEqual(255);
    expect(title).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
    expect(prefill(failure({ message: null, type: null, status: "error" })).title).toMatch(/: error$/);
  });

  it("[G1] leaves out what the failure does not have", () => {
    const bare = failure({ type: null, message: null, stack: null, environment: "", attempt: 1 });
    const text = toMarkdown(prefill({ ...bare, run: { ...bare.run, branch: null, commit: null } }).description, {
      flavor: "gfm",
    }).output;
    expect(text).toContain("## Test failed");
    expect(text).not.toMatch(/```|Environment|Branch|Commit|Attempts/);
  });

  it("[G1] says how the case has fared, once there is more than this one run", () => {
    expect(markdown({ history: { results: 10, failures: 3 } })).toContain("failed in 3 of its last 10 runs");
    expect(markdown({ history: { results: 1, failures: 1 } })).not.toContain("History");
  });

  it("[G5] a huge failure stays far below every tracker's limit, and colour codes go", () => {
    const text = markdown({ message: "\u001b[31mboom\u001b[39m ".repeat(100_000), stack: "at x\n".repeat(1_000_000) });
    expect(text.length).toBeLessThan(20_000);
    expect(text).not.toContain("\u001b");
    expect(text).toContain("the rest is in the run");
  });
});

it("[G1] terminal codes go, also those that the report spells out", () => {
  const coloured = (text: string) => `#x1B[1m#x1B[31m${text}#x1B[0m ␛[32m${text}␛[0m \u001b[33m${text}\u001b[0m`;
  const change = { type: coloured("T"), message: coloured("M"), stack: `E ${coloured("S")}` };
  for (const text of [markdown(change), prefill(failure(change)).title])
    expect(text).not.toMatch(/[^\P{Cc}\n]|␛|x1B|\[\d+m/u);
  expect(prefill(failure(change)).title).toMatch(/: M M M$/);
});

it("[G1] a class that the innermost suite is named after is said once, another one is said too", () => {
  const testCase = { suite: "checkout", className: "shop.ShippingTest", name: "ships" };
  expect(prefill(failure({ testCase })).title).toBe("checkout › shop.ShippingTest › ships: payment gateway 30012 ms");
  const same = { ...testCase, suite: "checkout › shop.ShippingTest" };
  expect(prefill(failure({ testCase: same })).title).toBe(prefill(failure({ testCase })).title);
});

describe("the language of a stack", () => {
  it.each([
    ["java", "java.lang.AssertionError: x\n\tat com.acme.PayTest.pays(PayTest.java:12)"],
    ["python", 'Traceback (most recent call last):\n  File "pay.py", line 3, in pays'],
    ["typescript", "Error: x\n    at pay (/src/pay.ts:3:9)"],
    ["javascript", "Error: x\n    at pay (/src/pay.js:3:9)"],
    ["go", "goroutine 7 [running]:\nmain.pay()\n\t/src/pay.go:12"],
    ["csharp", "  at Pay.Test() in C:\\src\\Pay.cs:line 12"],
    ["php", "#0 /src/Pay.php(12): pay()"],
    ["ruby", "pay.rb:12:in `pays'"],
    ["rust", "thread 'main' panicked at src/pay.rs:3:5"],
  ])("[G1] %s", (language, stack) => expect(languageOf(stack)).toBe(language));

  it("[G1] is left open when nothing tells", () => expect(languageOf("it just failed")).toBeUndefined());
});
