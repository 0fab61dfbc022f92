/*
 * The test that failed, by a name that its parameters, its retries and its reporter do not change.
 */

const limit = 200;
const parameters = /\s*#\d+$|[[(].*$/gs;
const numbered = /[/_]\d+$|\/$/;
const shortest = 4;

/** A test's own name. */
export function testOf(name: string | undefined): string {
  if (!name) return "";
  const plain = name.slice(0, 300).replace(parameters, "").replace(numbered, "").trim();
  const last = plain.includes(" ") ? plain.split(" › ").at(-1) : plain.split(/[.:\\]/).at(-1);
  return (last && last.length >= shortest ? last : plain).slice(0, limit);
}

const separators = /[.\\/:]+|\s[›>]\s/;
const endings = /^(?:[jt]sx?|py|rb|dart|java|spec|test|cy)$/;

/** What all reporters call a suite alike: the last of its parts. */
export const suiteOf = (suite: string | undefined): string =>
  (suite ?? "")
    .slice(0, 300)
    .replace(parameters, "")
    .split(separators)
    .filter((part) => part !== "" && !endings.test(part))
    .at(-1)
    ?.slice(0, limit) ?? "";

const identifier = /^[\w$]{8,}$/;

/** A text without the test's own name, which says who met it, and not what it is; as part of a path it stays. */
export function withoutTest(text: string, name: string): string {
  if (!identifier.test(name) || !text.includes(name)) return text;
  const whole = new RegExp(`(?<![\\w/\\\\])${name.replaceAll("$", "\\$")}(?![\\w/.-])`, "g");
  return text.replace(whole, "<test>");
}
