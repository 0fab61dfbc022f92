import { describe, expect, it } from "vitest";
import { firstLine, onlyColours, withoutCodes } from "./terminal";

describe("terminal codes", () => {
  it.each([
    ["real", "\u001b[1m\u001b[31mred\u001b[0m plain"],
    ["spelled by pytest", "#x1B[1m#x1B[31mred#x1B[0m plain"],
    ["spelled in lower case", "#x1b[1m#x1b[31mred#x1b[0m plain"],
    ["as pictures", "␛[1m␛[31mred␛[0m plain"],
  ])("[B1] %s become colours, and go where there are none", (_, text) => {
    expect(onlyColours(text)).toBe("\u001b[1m\u001b[31mred\u001b[0m plain");
    expect(withoutCodes(text)).toBe("red plain");
  });

  it("[B1] cursor movements and links go; what they surround stays", () => {
    const text = "\u001b[2K\u001b[1Gdone \u001b]8;;https://example.com\u001b\\here\u001b]8;;\u001b\\ #x1B[?25h!";
    expect(onlyColours(text)).toBe("done here !");
    expect(withoutCodes(text)).toBe("done here !");
  });

  it("[B1] leaves alone what only looks like one", () => {
    for (const text of ["see #x1B in the table", "array[31m]", "␛ is a picture"]) {
      expect(onlyColours(text)).toBe(text);
      expect(withoutCodes(text)).toBe(text);
    }
  });

  it("[B1] the first line is the first that says something", () => {
    expect(firstLine("#x1B[31m\n\n  boom #x1B[0m\nat x")).toBe("boom");
    expect(firstLine("")).toBe("");
  });
});
