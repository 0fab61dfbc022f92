import type { PrefilledUrl } from "./tracker";

// Servers refuse longer request lines, most with a bare 414.
const maxUrlChars = 8_000;

/** An address that carries as much of a text as fits. What is cut is cut from `plain`, between two characters. */
export function filledUrl(
  build: (text: string) => string,
  text: string,
  { plain = text, ending = "\n\n…" }: { plain?: string; ending?: string } = {},
): PrefilledUrl {
  const whole = build(text);
  if (whole.length <= maxUrlChars) return { url: whole, isCut: false };
  const characters = [...plain];
  const cut = (length: number) => build(characters.slice(0, length).join("") + ending);
  let [kept, tooMany] = [0, characters.length + 1];
  while (tooMany - kept > 1) {
    const middle = (kept + tooMany) >> 1;
    if (cut(middle).length <= maxUrlChars) kept = middle;
    else tooMany = middle;
  }
  return { url: cut(kept), isCut: true };
}
