import { limits } from "./entry";

/** Collects what people should know about a file: each sentence once, and only so many. */
export class Warnings {
  readonly #counts = new Map<string, number>();
  #left = 0;

  add(sentence: string): void {
    const seen = this.#counts.get(sentence);
    if (seen !== undefined) this.#counts.set(sentence, seen + 1);
    else if (this.#counts.size < limits.warnings) this.#counts.set(sentence, 1);
    else this.#left += 1;
  }

  list(): string[] {
    const sentences = [...this.#counts].map(([text, count]) => (count > 1 ? `${text} (${count} times)` : text));
    return this.#left > 0 ? [...sentences, `${this.#left} more warnings are not listed.`] : sentences;
  }
}

/** The text up to a limit, never half of a surrogate pair. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit);
}
