import fc from "fast-check";
import { expect, it } from "vitest";
import { blockquote, bold, bulletList, code, codeBlock, doc, heading, link, paragraph } from "@/lib/richtext/build";
import type { RichBlock } from "@/lib/richtext/doc";
import { hasMarker, markerComment } from "@/lib/richtext/to-markdown";
import { keepStart, renderBody } from "./body";

const marker = "0190f0a2-7a52-7b14-9c1e-5a1f3e0b7d11";

it("[G5] preview and sending are one text: description, footer, marker", () => {
  const body = renderBody({
    description: doc(paragraph("It ", bold("fails"), ".")),
    footer: doc(paragraph(link("https://faultline.test/runs/1", "Run #1"))),
    marker,
  });
  expect(body.output).toMatch(/^It \*\*fails\*\*\.\n\n\[Run .*1\]\(.*\)\n\n<!-- faultline-0190f0a2-.* -->$/);
  expect(body).toMatchObject({ format: "markdown", losses: [], isCut: false, limitChars: 65_536 });
  expect(body.sizeChars).toBe(body.output.length);
  expect(hasMarker(body.output, marker)).toBe(true);
});

it("[G5] a text of exactly the limit stays whole; one character more is cut and says so", () => {
  const whole = (length: number) => renderBody({ description: doc(paragraph("x".repeat(length))), marker });
  const frame = whole(1).output.length - 1;
  expect(whole(65_536 - frame)).toMatchObject({ isCut: false, sizeChars: 65_536 });

  const cut = renderBody({
    description: doc(paragraph("x".repeat(65_537 - frame))),
    marker,
    fullTextUrl: "https://faultline.test/results/1",
  });
  expect(cut).toMatchObject({ isCut: true, sizeChars: 65_537 });
  expect(cut.output.length).toBeLessThanOrEqual(65_536);
  expect(cut.output.length).toBeGreaterThan(65_536 - 256);
  expect(cut.output).toContain("was cut here");
  expect(cut.output).toContain("https://faultline.test/results/1");
  expect(hasMarker(cut.output, marker)).toBe(true);
});

it("[G5] a stack is cut between lines and its fence stays closed", () => {
  const stack = Array.from({ length: 4_000 }, (_, i) => `    at step${i} (file.ts:${i})`).join("\n");
  const { output } = renderBody({ description: doc(paragraph("Before"), codeBlock(stack)), marker });
  const [, inside, after] = output.split(/^```.*$/m);
  expect(inside?.trimEnd()).toMatch(/\(file\.ts:\d+\)$/);
  expect(after).toContain("was cut here");
  expect(output.match(/^```/gm)).toHaveLength(2);
});

it("[G5] text inside code that is cut in the middle never comes alive", () => {
  const description = doc(paragraph(code(`@octocat closes #1 ${"y".repeat(70_000)}`)));
  const { output } = renderBody({ description, marker });
  const line = output.split("\n")[0] ?? "";
  expect(line.startsWith("`") && line.endsWith("`")).toBe(true);
});

it("[G5] a cut at any place keeps the limit, the marker, and every fence closed", () => {
  const text = fc.string({ unit: "binary", maxLength: 40 });
  const block: fc.Arbitrary<RichBlock> = fc.oneof(
    text.map((value) => paragraph(value)),
    text.map((value) => paragraph(code(value))),
    text.map((value) => heading(2, value)),
    fc.array(text, { maxLength: 8 }).map((lines) => codeBlock(lines.join("\n"), "ts")),
    text.map((value) => blockquote(paragraph(value), codeBlock(value))),
    fc
      .array(text, { minLength: 1, maxLength: 4 })
      .map((items) => bulletList(...items.map((item) => [paragraph(item)]))),
  );
  fc.assert(
    fc.property(
      fc.array(block, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 250, max: 600 }),
      (blocks, limit) => {
        const { output, isCut, sizeChars } = renderBody({ description: doc(...blocks), marker }, limit);
        expect(output.length).toBeLessThanOrEqual(limit);
        expect(isCut).toBe(sizeChars > limit);
        expect(output.endsWith(markerComment(marker))).toBe(true);
        expect(hasMarker(output, marker)).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

it("[G5] the kept start is a prefix and splits no character", () => {
  const textOf = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(textOf).join("");
    if (typeof value !== "object" || value === null) return "";
    return "text" in value ? String(value.text) : "content" in value ? textOf(value.content) : "";
  };
  const whole = doc(
    heading(1, "ab🙂"),
    bulletList([paragraph("🙂🙂", bold("cd"))], [paragraph("ef")]),
    blockquote(paragraph("gh")),
  );
  for (let count = 0; count <= 20; count++) {
    const kept = textOf(keepStart(whole, count));
    expect(textOf(whole).startsWith(kept)).toBe(true);
    expect(() => encodeURIComponent(kept), "half a character").not.toThrow();
  }
  expect(keepStart(whole, 1_000)).toEqual(whole);
});
