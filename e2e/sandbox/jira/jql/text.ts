import { Refusal } from "../refusal";

const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];

/** A search of text, as Jira's index does it: whole words in any order, `*` for the rest of a word, quotes for a phrase. */
export function textMatcher(field: string, query: string): (text: string) => boolean {
  if (!query.trim()) {
    throw new Refusal(400, [`The field '${field}' does not support searching for an empty string.`]);
  }
  const parts = [...query.matchAll(/"((?:[^"\\]|\\.)*)"|((?:[^\s"\\]|\\.)+)|("|\\)/gs)];
  const tests = parts.flatMap(([, phrase, word, broken]) => {
    if (broken) throw unreadable(field, query);
    return phrase === undefined ? wordTests(field, query, word ?? "") : [phraseTest(unescaped(phrase))];
  });
  return (text) => {
    const found = words(text);
    return tests.every((test) => test(found));
  };
}

const unescaped = (text: string) => text.replace(/\\(.)/gs, "$1");
const unreadable = (field: string, text: string) =>
  new Refusal(400, [`Unable to parse the text '${text}' for field '${field}'.`]);

function phraseTest(phrase: string) {
  const wanted = words(phrase);
  return (found: string[]) => found.some((_, at) => wanted.every((word, i) => found[at + i] === word));
}

function wordTests(field: string, query: string, raw: string) {
  const first = raw.charAt(0);
  if (first === "*" || first === "?") {
    throw new Refusal(400, [
      `The text query '${raw}' for field '${field}' is not allowed to start with character '${first}'.`,
    ]);
  }
  // What Lucene reads as syntax has to be escaped by whoever means the character.
  if (/(?<!\\)[()[\]{}^~:!/]/.test(raw)) throw unreadable(field, query);
  const isPrefix = /(?<!\\)\*$/.test(raw);
  const wanted = words(unescaped(isPrefix ? raw.slice(0, -1) : raw));
  return wanted.map((word, i) => {
    const mayGoOn = isPrefix && i === wanted.length - 1;
    return (found: string[]) => found.some((one) => one === word || (mayGoOn && one.startsWith(word)));
  });
}
