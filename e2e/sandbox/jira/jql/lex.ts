import { Refusal } from "../refusal";

export type Token = { kind: "word" | "quoted" | "sign"; text: string; at: number };

const escapes: Record<string, string> = { t: "\t", n: "\n", r: "\r" };
const literal = `"'\\ `;

/** Jira's reserved characters: outside quotes they are no part of a word. */
const reserved = /[+.,;?|*/%^$#@[\]]/;

export const jqlError = (message: string) => new Refusal(400, [`Error in the JQL Query: ${message}`]);

/** Words, quoted strings with their escapes undone, and signs. */
export function lex(jql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < jql.length) {
    const character = jql.charAt(at);
    if (/\s/.test(character)) at += 1;
    else if (character === '"' || character === "'") {
      const { text, end } = quoted(jql, at);
      tokens.push({ kind: "quoted", text, at });
      at = end;
    } else {
      const sign = /^(?:!=|!~|>=|<=|&&|\|\||[=~<>(),!])/.exec(jql.slice(at))?.[0];
      // "." , "[" and "]" belong to words: cf[10010], issue.property[x].y
      const word = /^[^\s"'=!~<>(),&|]+/.exec(jql.slice(at))?.[0];
      const text = sign ?? word;
      if (!text)
        throw jqlError(`The character '${character}' is a reserved JQL character. You must enclose it in a string.`);
      if (word && !sign) refuseReserved(word);
      tokens.push({ kind: sign ? "sign" : "word", text, at });
      at += text.length;
    }
  }
  return tokens;
}

function refuseReserved(word: string): void {
  if (/^cf\[\d+\]$/.test(word) || /^issue\.property\[/.test(word)) return;
  const found = reserved.exec(word)?.[0] ?? (word.includes("\\") || word.includes("{") ? word : undefined);
  if (found)
    throw jqlError(
      `The character '${found}' is a reserved JQL character. You must enclose it in a string or use the escape '\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}' instead.`,
    );
}

function quoted(jql: string, start: number): { text: string; end: number } {
  const quote = jql.charAt(start);
  let text = "";
  for (let at = start + 1; at < jql.length; at++) {
    const character = jql.charAt(at);
    if (character === quote) return { text, end: at + 1 };
    if (/[\n\r]/.test(character)) break;
    if (character !== "\\") {
      text += character;
      continue;
    }
    const next = jql.charAt(at + 1);
    const unicode = /^u([0-9a-fA-F]{4})/.exec(jql.slice(at + 1))?.[1];
    if (unicode) text += String.fromCharCode(Number.parseInt(unicode, 16));
    else if (escapes[next] !== undefined) text += escapes[next];
    else if (next && literal.includes(next)) text += next;
    else
      throw jqlError(
        `'\\${next}' is an illegal JQL escape sequence. The valid escape sequences are \\', \\", \\t, \\n, \\r, \\\\, '\\ ' and \\uXXXX. (line 1, character ${at + 1})`,
      );
    at += unicode ? 5 : 1;
  }
  throw jqlError(
    `The quoted string '${jql.slice(start + 1, start + 21)}' has not been completed. (line 1, character ${start + 1})`,
  );
}
