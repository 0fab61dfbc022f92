import { expect, it } from "vitest";
import { remembered } from "./memo";

it("[J1] makes what comes again but once, and what is longer than its limit each time", () => {
  let made = 0;
  const lengthOf = remembered({ count: 16, length: 5 }, (text) => {
    made += 1;
    return text.length;
  });
  for (let i = 0; i < 5; i++) expect(lengthOf("again")).toBe(5);
  expect(made).toBe(2);
  for (let i = 0; i < 5; i++) expect(lengthOf("longer")).toBe(6);
  expect(made).toBe(7);
});

it("[J1] never answers one text with another's, however many are alike", () => {
  const same = remembered({ count: 16, length: 1_000 }, (text) => `made of ${text}`);
  const around = "x".repeat(300);
  for (let round = 0; round < 4; round++)
    for (let i = 0; i < 200; i++) {
      const text = around + i + around;
      expect(same(text)).toBe(`made of ${text}`);
      expect(same(text)).toBe(`made of ${text}`);
      expect(same(`${i}é漢\ud83d`)).toBe(`made of ${i}é漢\ud83d`);
    }
});
