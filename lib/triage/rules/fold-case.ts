/**
 * The text as it is when no letter has a case: "Straße", "STRASSE" and "straße" are one. Each character is folded for
 * itself, so that a part of a text is found in the folded whole.
 */
export const foldCase = (text: string): string =>
  // Lower first for ẞ, upper for ß and ſ, and what the end of a word makes of a sigma depends on its neighbours.
  text.toLowerCase().toUpperCase().toLowerCase().replaceAll("ς", "σ");

// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole of ASCII.
const isAscii = /^[\x00-\x7f]*$/;

/** Where the part of a folded text stands in the text that it was folded from. */
export function unfolded(text: string, from: number, to: number): { from: number; to: number } {
  if (isAscii.test(text)) return { from, to };
  let [read, folded, start] = [0, 0, -1];
  for (const character of text) {
    if (start === -1 && folded + foldCase(character).length > from) start = read;
    if (folded >= to) break;
    folded += foldCase(character).length;
    read += character.length;
  }
  return { from: Math.max(start, 0), to: read };
}
