import { remembered } from "./memo";
import { plain } from "./text";

/** What kind of failure it is, by its own words, and what it says. */
export type Headline = { type: string; text: string };

// What reports write where they know no exception.
const noType =
  /^(?:fail(?:ed|ure)?|error|errors|test ?(?:failure|error)|failed|assert(?:ion)?(?: ?fail(?:ed|ure))?|exception|unknown|none|null|issue|crash|timeout|require|check)?$/i;

const ending =
  "(?:Error|Exception|Failure|Failed|Fault|Interrupt|Panic|Timeout|Refused|Warning|Violation|Throwable|Invoked|Calls?|Found|Differ|Abort(?:ed)?|Exit)";
// A "$" between classes is a letter of their names here, or there would be a power of ways to read a run of them.
const qualified = `(?:[A-Za-z_$][\\w$]*(?:\\.|::|\\\\))*[A-Za-z_$][\\w$]*`;
const leading = new RegExp(
  `^(?:Uncaught |Unhandled |thrown: "?|Exception in thread "[^"]{0,60}" |Fatal error: Uncaught |Crash: )*(${qualified})(?:\\s?\\([\\w.]{1,40}\\))?(?:\\s?: |:?$|:\\s*\\n)`,
);
const isTypeName = new RegExp(`${ending}\\d?$|^[a-z]\\w*(?:\\.[a-z]\\w*)+\\.[A-Z]\\w*$`);
const javascriptLower = /^error$/;

/** The type's own name, without its package. */
export const simpleName = remembered({ count: 1_024, length: 200 }, (type) =>
  type.replace(/^.*(?:\.|::|\\|\$|\+)(?=[\w])/, "").slice(0, 100),
);

// The name that a report gives; "" for one that says nothing.
const givenName = remembered({ count: 1_024, length: 200 }, (type) => {
  const whole = plain(type).trim();
  return noType.test(whole) ? "" : (whole.split(/[\s(]/, 1)[0]?.replace(/:$/, "") ?? "");
});

/** Takes the type off the front of a message: `pkg.FooException: it broke`. */
export function headline(type: string | null, lines: readonly string[]): Headline {
  const text = lines.join("\n");
  const given = givenName(type ?? "");
  if (text.startsWith("panic: ")) return { type: "panic", text: text.slice(7) };
  const found = leading.exec(text.slice(0, 400).trimStart());
  const name = found?.[1] ?? "";
  const isNamed = name !== "" && (isTypeName.test(name) || (given !== "" && simpleName(given) === simpleName(name)));
  if (isNamed) return { type: simpleName(name), text: text.trimStart().slice(found?.[0].length ?? 0) };
  if (javascriptLower.test(name)) return { type: "Error", text: text.trimStart().slice(found?.[0].length ?? 0) };
  return { type: simpleName(given), text };
}
