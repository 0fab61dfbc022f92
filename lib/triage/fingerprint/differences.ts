import type { Masked } from "./mask";

const pair =
  /["']?([A-Za-z_$][\w$-]{0,60})["']?\s?(?::|=>?)\s?("[^"]{0,100}"|'[^']{0,100}'|\[[^\]]{0,100}\]|[^,{}]{0,100})/g;
const mostNamed = 4;

const propertiesOf = (object: string): Map<string, string> =>
  new Map([...object.matchAll(pair)].map(([, name = "", value = ""]) => [name, value.trim()]));

/** A message that compares two objects, with the properties in which they differ; others as they are. */
export function withDifference({ text, values }: Masked): string {
  const objects = values.filter(({ label }) => label.startsWith("object "));
  const [one, other] = objects.map(({ value }) => propertiesOf(value));
  if (objects.length !== 2 || !one || !other || text.includes("differs: ")) return text;
  const names = [...new Set([...one.keys(), ...other.keys()])].filter((name) => one.get(name) !== other.get(name));
  if (names.length === 0 || names.length > mostNamed) return text;
  return `${text.slice(0, 200)}\n${names.map((name) => `differs: ${name}`).join("\n")}`;
}
