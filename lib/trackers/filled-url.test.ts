import { expect, it } from "vitest";
import { filledUrl } from "./filled-url";

const build = (text: string) => `https://tracker.example/new?text=${encodeURIComponent(text)}`;
const textIn = (url: string) => new URL(url).searchParams.get("text");

it("[G8] a text that fits is there whole", () => {
  expect(filledUrl(build, "It fails.")).toEqual({ url: build("It fails."), isCut: false });
});

it.each(["x", "🙂", "ß", "\n"])("[G8] of a long text of %j as much is there as fits, and no half character", (sign) => {
  const { url, isCut } = filledUrl(build, sign.repeat(20_000));
  expect(isCut).toBe(true);
  expect(url.length).toBeLessThanOrEqual(8_000);
  expect(url.length).toBeGreaterThan(8_000 - 20);
  expect(textIn(url)).toMatch(new RegExp(`^(?:${sign})+\n\n…$`, "u"));
});

it("[G8] what would be broken by a cut is cut as plain words", () => {
  const { url } = filledUrl(build, `<p>${"word ".repeat(5_000)}</p>`, { plain: "word ".repeat(5_000), ending: " …" });
  expect(textIn(url)).toMatch(/^(?:word )+[word]* …$/);
});
