// Where an element is looked for says what is missing: Playwright, Testing Library, Selenium, Cypress, Capybara.
const begins =
  /(?:(?:page|screen|frame|this\.page)\.)?(?:getBy\w{2,20}|queryBy\w{2,20}|findBy\w{2,20}|findAllBy\w{2,20}|get_by_\w{2,20}|locator|frameLocator|cy\.\w{2,20}|By\.\w{2,20}|find\.by\w{2,20})[(:]/y;
const anywhere = /etBy|eryBy|indBy|indAllBy|et_by_|ocator|cy\.|By\.|ind\.by|\/\/|\{"method"/;
const first = /[ptgqflcsB]/;
const chained = /\.(?:\w{2,20})\(/y;
const json = /\{"method":"[\w ]{1,30}","selector":"(?:[^"\\\n]|\\.){0,200}"\}/y;
const xpath = /\.?\/\/[\w*][^\n]{0,150}?(?=$|\n| \(|["'] )/y;
const limit = 300;

/** Whether a text may hold locators; most do not. */
export const mayLocate = (text: string): boolean => anywhere.test(text);

/** The whole locator that begins there, or null. */
export function readLocator(text: string, at: number): string | null {
  const char = text[at] ?? "";
  const before = text[at - 1] ?? "";
  if (char === "{") return sticky(json, text, at);
  if (char === "/" && text[at + 1] === "/" && before !== ":") return sticky(xpath, text, at);
  if (!first.test(char) || /[\w$]/.test(before)) return null;
  const start = sticky(begins, text, at);
  if (!start) return null;
  if (start.endsWith(":")) {
    const rest = /[^\n(,]{1,150}/y;
    return start + (sticky(rest, text, at + start.length)?.trimEnd() ?? "");
  }
  let end = closingBrace(text, at + start.length - 1);
  while (end !== -1) {
    const more = sticky(chained, text, end);
    if (!more) break;
    const next = closingBrace(text, end + more.length - 1);
    if (next === -1) break;
    end = next;
  }
  return end === -1 ? null : text.slice(at, end);
}

function sticky(expression: RegExp, text: string, at: number): string | null {
  expression.lastIndex = at;
  return expression.exec(text)?.[0] ?? null;
}

/** Behind the brace that closes the one at `from`, quotes aside; -1 when there is none near. */
function closingBrace(text: string, from: number): number {
  let depth = 0;
  let quote = "";
  for (let i = from; i < text.length && i < from + limit; i++) {
    const char = text[i] ?? "";
    if (char === "\n") return -1;
    if (quote !== "") {
      if (char === "\\") i += 1;
      else if (char === quote) quote = "";
    } else if (char === "'" || char === '"' || char === "`") quote = char;
    else if (char === "(") depth += 1;
    else if (char === ")") {
      depth -= 1;
      if (depth === 0) return i + 1;
    }
  }
  return -1;
}
