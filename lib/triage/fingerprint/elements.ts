/*
 * An element of a page, as people would name it: by what its page calls it, not by its state or its style.
 */

const openTag =
  /<([a-z][a-z0-9-]{0,30})((?: [\w:@-]{1,40}(?:="[^"\n]{0,200}")?){1,20}) ?\/?>(?:([^<\n"]{1,80})<\/\1>)?/y;
const attribute = / ([\w:@-]{1,40})(?:="([^"\n]{0,200})")?/g;
const naming = ["data-testid", "data-test", "data-cy", "data-qa", "name", "aria-label", "id", "placeholder", "for"];

/** The element that begins there with its name, or null. Its numbers are its page's and tell nothing. */
export function readElement(text: string, at: number): { name: string; length: number } | null {
  openTag.lastIndex = at;
  const [whole, tag = "", attributes = "", inside = ""] = openTag.exec(text) ?? [""];
  if (!attributes.includes("=")) return null;
  const of = new Map([...attributes.matchAll(attribute)].map(([, key = "", value = ""]) => [key, value]));
  const named = naming.map((key) => of.get(key) ?? "").find((value) => value !== "" && !/\d/.test(value));
  const shown = /\p{L}{2}/u.test(inside) ? inside.trim() : "";
  const name = named || shown || of.get("class")?.split(" ", 1)[0] || "";
  return { name: name === "" ? `<${tag}>` : `"${tag} ${name.replace(/\d+/g, "<number>")}"`, length: whole.length };
}
