import fc from "fast-check";
import { expect, it } from "vitest";
import { algorithm, type FailureText } from "@/lib/triage/algorithm";

const parts = [
  "java.lang.IllegalStateException: ",
  "Error: ",
  "Caused by: ",
  "\tat com.shop.Cart.total(Cart.java:3)\n",
  "    at f (/app/src/a.ts:1:2)\n",
  'File "/app/a.py", line 3, in f\n',
  "E   assert 1 == 2\n",
  "#0 /app/a.php(3): f()\n",
  "\u001b[31mred\u001b[0m",
  "\r\n",
  "\n",
  '"',
  "'",
  "`",
  "{",
  "}",
  "[",
  "(",
  "<",
  "expected: <3> but was: <4>",
  "https://a.example/b/1",
  "/tmp/a/b.txt",
  "By.id: x",
  "getByText('a')",
  "- Expected\n+ Received\n",
  "\u202e",
  "\u2028",
  "\\",
  "=>",
];
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc
    .array(fc.oneof(fc.constantFrom(...parts), fc.string({ maxLength: 12 })), { maxLength: 60 })
    .map((all) => all.join("")),
);
const failure: fc.Arbitrary<FailureText> = fc.record({
  type: fc.option(text),
  message: fc.option(text),
  stack: fc.option(text),
});

it("[J1] reads whatever text there is, and answers within its bounds", () => {
  fc.assert(
    fc.property(failure, (told) => {
      const { hash, parts, bands } = algorithm.fingerprint(told);
      expect(hash).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      expect(parts.type.length).toBeLessThanOrEqual(200);
      expect(parts.message.length).toBeLessThanOrEqual(500);
      expect(parts.frames.length).toBeLessThanOrEqual(8);
      for (const frame of parts.frames) expect(frame.length).toBeLessThanOrEqual(310);
      expect(bands.length).toBeGreaterThan(0);
      expect(bands.length).toBeLessThanOrEqual(16);
      for (const band of bands) expect(band).toBe(band | 0);
      expect(algorithm.fingerprint({ ...told }).hash).toBe(hash);
      expect(algorithm.titleOf(parts)).not.toMatch(/\n|^$/);
      for (const { keep } of algorithm.splits(told))
        expect(algorithm.refine({ hash, parts, bands }, keep, told, { suite: "s", name: "n" }).hash).not.toBe(hash);
    }),
    { numRuns: 400 },
  );
});

it("[J1] finds parts alike both ways, and equal ones wholly", () => {
  fc.assert(
    fc.property(failure, failure, (one, other) => {
      const a = algorithm.fingerprint(one).parts;
      const b = algorithm.fingerprint(other).parts;
      const alike = algorithm.similarity(a, b);
      expect(alike).toBeGreaterThanOrEqual(0);
      expect(alike).toBeLessThanOrEqual(1);
      expect(algorithm.similarity(b, a)).toBe(alike);
      expect(algorithm.similarity(a, structuredClone(a))).toBe(1);
    }),
    { numRuns: 400 },
  );
});

const told = (number: number, root: string, line: number): FailureText => ({
  type: "com.shop.StockError",
  message: `reserved ${number} of "a${number}" at ${root}/data.csv in ${number}ms`,
  stack: `com.shop.StockError: reserved\n\tat com.shop.Stock.reserve(Stock.java:${line})\n    at take (${root}/src/take.ts:${line}:9)`,
});

it("[J1] is the same for other numbers, paths, lines, colours and line ends", () => {
  const root = fc.constantFrom("/home/ci/shop", "C:\\agent\\_work\\1\\s", "/Users/ann/shop", "/builds/Yx3_/0/shop");
  const one = algorithm.fingerprint(told(1, "/app", 1)).hash;
  fc.assert(
    fc.property(fc.nat(), root, fc.integer({ min: 1, max: 9_999 }), (number, place, line) => {
      const { type, message, stack } = told(number, place, line);
      const coloured = (text: string | null) => `\u001b[31m${text?.replaceAll("\n", "\r\n")}\u001b[39m`;
      expect(algorithm.fingerprint({ type, message, stack }).hash).toBe(one);
      expect(algorithm.fingerprint({ type, message: coloured(message), stack: coloured(stack) }).hash).toBe(one);
    }),
  );
});

const hostile = {
  letters: "a",
  dots: "a.",
  quotes: `'"`,
  braces: "{[(",
  frames: "at (",
  digits: "1",
  slashes: "/a",
  blanks: " ",
  codes: "\u001b[",
  causes: "Caused by: a\n",
  diffs: "- a: b\n",
  brackets: "<",
  urls: "http://",
  lines: `at ${"a b".repeat(300)}:1:1\n`,
};

it.each(Object.entries(hostile))("[J1] spends little on two megabytes of %s", (_, piece) => {
  const text = piece.repeat(2_000_000 / piece.length);
  const before = process.cpuUsage();
  algorithm.fingerprint({ type: text, message: text, stack: text });
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(250);
});
