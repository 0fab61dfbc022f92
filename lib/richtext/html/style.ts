import { attr, type Element } from "./parse";

export type Style = ReadonlyMap<string, string>;

const none: Style = new Map();
/** Documents repeat the same few styles thousands of times. Emptied when full: a style may be of any length. */
const known = new Map<string, Style>();

/** The declarations of a `style` attribute, lower case; of two of one property the later one counts. */
export function styleOf(element: Element): Style {
  const source = attr(element, "style");
  if (source === undefined || source === "") return none;
  const before = known.get(source);
  if (before) return before;

  const style = new Map<string, string>();
  for (const declaration of source.split(";")) {
    const colon = declaration.indexOf(":");
    if (colon === -1) continue;
    const value = declaration.slice(colon + 1).replace("!important", "");
    style.set(declaration.slice(0, colon).trim().toLowerCase(), value.trim().toLowerCase());
  }
  if (known.size >= 200) known.clear();
  if (source.length <= 500) known.set(source, style);
  return style;
}
