import { cut } from "./warnings";

/** Collects text up to a limit; what comes after it is counted, not kept. */
export class Text {
  readonly #limit: number;
  readonly #parts: string[] = [];
  #kept = 0;
  #isCut = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(piece: string): void {
    const left = this.#limit - this.#kept;
    if (piece.length > left) this.#isCut = true;
    if (left <= 0) return;
    const part = cut(piece, left);
    this.#parts.push(part);
    this.#kept += part.length;
  }

  get isCut(): boolean {
    return this.#isCut;
  }

  /** The text without blank lines in front and space behind, or null when there is none. */
  value(): string | null {
    const text = this.#parts.length === 1 ? (this.#parts[0] ?? "") : this.#parts.join("");
    return trimBlock(text) || null;
  }
}

function trimBlock(text: string): string {
  const end = text.trimEnd();
  const firstWord = end.length - end.trimStart().length;
  // The first line keeps its indentation, as frames of a stack are aligned by it.
  const lineStart = firstWord === 0 ? 0 : end.lastIndexOf("\n", firstWord) + 1;
  return lineStart === 0 ? end : end.slice(lineStart);
}
