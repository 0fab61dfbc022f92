// Colour codes, other terminal codes, and links. XML 1.0 cannot hold the escape character that they begin with, so
// reporters spell it out: pytest writes #x1B, others its picture.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what terminal codes begin and end with.
const codes = /(?:\u001b|\u241b|#x1B)(?:\[[\d;:?]*[ -/]*[@-~]|\][^\u0007\u001b\u241b]*(?:\u0007|\u001b\\|\u241b\\)?)/gi;
const colour = /\[[\d;:]*m$/;

/** The text with its colour codes as a terminal reads them, and without any other code. */
export const onlyColours = (text: string): string =>
  text.replace(codes, (code) => (colour.test(code) ? `\u001b${code.slice(code.indexOf("["))}` : ""));

/** The text without terminal codes: for places of one line, for copying, and for what leaves us. */
export const withoutCodes = (text: string): string => text.replace(codes, "").replaceAll("\u001b", "");

/** The first line that says something, without terminal codes. */
export const firstLine = (text: string): string => withoutCodes(text).trim().split("\n", 1)[0]?.trim() ?? "";
