import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bold, code, codeBlock, doc, link, paragraph } from "./build";
import { hasMarker, markerComment } from "./our-block-markdown";
import { bodyFormats, renderBody } from "./render-body";
import { anyDoc } from "./testing/arbitrary";
import { runs, seed } from "./testing/runs";

const marker = "0190f0a2-7a52-7b14-9c1e-5a1f3e0b7d11";
const limitChars = 65_536;

describe("GitHub's and GitLab's text", () => {
  it("[G5] is description and footer between the marks of our block", () => {
    const body = renderBody("gfm", limitChars, {
      description: doc(paragraph("It ", bold("fails"), ".")),
      footer: doc(paragraph(link("https://faultline.test/runs/1", "Run 1"))),
      marker,
    });
    expect(body.output.split("\n\n")).toEqual([
      markerComment(marker),
      "It **fails**.",
      expect.stringContaining("](https://faultline.test/runs/1)"),
      `<!-- /faultline-${marker} -->`,
    ]);
    expect(body).toMatchObject({ format: "gfm", losses: [], isCut: false, limitChars });
    expect(body.sizeChars).toBe(body.output.length);
    expect(hasMarker(body.output, marker)).toBe(true);
  });

  it("[G5] of exactly the limit stays whole; one character more is cut and says so", () => {
    const whole = (length: number) =>
      renderBody("gfm", limitChars, { description: doc(paragraph("x".repeat(length))), marker });
    const frame = whole(1).output.length - 1;
    expect(whole(65_536 - frame)).toMatchObject({ isCut: false, sizeChars: 65_536 });

    const cut = renderBody("gfm", limitChars, {
      description: doc(paragraph("x".repeat(65_537 - frame))),
      marker,
      failureUrl: "https://faultline.test/results/1",
    });
    expect(cut).toMatchObject({ isCut: true, sizeChars: 65_537 });
    expect(cut.output.length).toBeLessThanOrEqual(65_536);
    expect(cut.output.length).toBeGreaterThan(65_536 - 512);
    expect(cut.output).toContain("was cut here");
    expect(cut.output).toContain("https://faultline.test/results/1");
    expect(hasMarker(cut.output, marker)).toBe(true);
  });

  it("[G5] is cut between lines of a stack, whose fence stays closed", () => {
    const stack = Array.from({ length: 4_000 }, (_, i) => `    at step${i} (file.ts:${i})`).join("\n");
    const { output } = renderBody("gfm", limitChars, {
      description: doc(paragraph("Before"), codeBlock(stack)),
      marker,
    });
    const [, inside, after] = output.split(/^```.*$/m);
    expect(inside?.trimEnd()).toMatch(/\(file\.ts:\d+\)$/);
    expect(after).toContain("was cut here");
    expect(output.match(/^```/gm)).toHaveLength(2);
  });

  it("[G5] inside code that is cut in the middle never comes alive", () => {
    const description = doc(paragraph(code(`@octocat closes #1 ${"y".repeat(70_000)}`)));
    const line = renderBody("gfm", limitChars, { description, marker }).output.split("\n\n")[1] ?? "";
    expect(line.startsWith("`") && line.endsWith("`")).toBe(true);
  });
});

it("[G5] what Atlassian's schema refuses is refused here, with the place, before anything is sent", () => {
  const level = 7 as never; // No document that was parsed has it.
  const description = doc({ type: "heading", attrs: { level }, content: [] });
  expect(() => renderBody("adf", 32_767, { description, marker })).toThrow(
    expect.objectContaining({
      kind: "invalid_input",
      fields: { description: expect.stringContaining("/content/1") },
    }),
  );
});

describe.each(bodyFormats)("%s", (format) => {
  it("[G5] is converted in the same way each time, whole or cut, and never exceeds the limit", () => {
    const footer = doc(paragraph("Filed from ", link("https://faultline.test/1", "run 1"), "."));
    fc.assert(
      fc.property(anyDoc, fc.integer({ min: 900, max: 2_500 }), (description, limit) => {
        const input = { description, footer, marker, failureUrl: "https://faultline.test/1" };
        const { output, isCut, sizeChars } = renderBody(format, limit, input);
        expect(output.length).toBeLessThanOrEqual(limit);
        expect(isCut).toBe(sizeChars > limit);
        expect(output.includes("was cut here")).toBe(isCut);
        expect(renderBody(format, limit, structuredClone(input)).output).toBe(output);
      }),
      { numRuns: Math.min(runs, 2_000), seed },
    );
  });

  it("[G5] of a megabyte is cut in a moment", () => {
    const description = doc(
      paragraph("It fails."),
      codeBlock("    at Gateway.call (gateway.ts:88:3)\n".repeat(28_000)),
    );
    const begun = performance.now();
    const { output, isCut } = renderBody(format, 32_767, { description, marker });
    expect(isCut).toBe(true);
    expect(output.length).toBeGreaterThan(31_000);
    expect(performance.now() - begun).toBeLessThan(500);
  });
});
