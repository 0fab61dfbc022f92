/** A text as the database takes it: it knows no U+0000 and no half of a character, which a tracker may send all the same. */
export const storableText = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what has to go.
  text.replace(/[\u0000\p{Surrogate}]/gu, "\ufffd");

/** Plain JSON with nothing but such texts in it. */
export const storable = <T>(json: T): T =>
  // As it was but for what is in its texts.
  JSON.parse(JSON.stringify(json, (_, value) => (typeof value === "string" ? storableText(value) : value))) as T;
