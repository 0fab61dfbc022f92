import type { Algorithm, FailureText } from "./fingerprint/types";

// Texts that a thousand tests share are short, and those of a whole page of console output are each other's strangers.
const longestKept = 8_192;
const mostKept = 512;

type Kept = FailureText & { hash: string };

/** The hashes of failures as they arrive; a text that was there a moment ago is not read again. */
export class Hashes {
  readonly #algorithm: Algorithm;
  // By the message, which is short; the longer stack is only compared where that is the same.
  readonly #kept = new Map<string, Kept>();

  constructor(algorithm: Algorithm) {
    this.#algorithm = algorithm;
  }

  of({ type, message, stack, name }: FailureText): string {
    const key = message ?? "";
    const kept = this.#kept.get(key);
    // Another test may be another problem, by its name alone.
    if (kept && kept.type === type && kept.stack === stack && kept.name === name) return kept.hash;
    const { hash } = this.#algorithm.fingerprint(
      name === undefined ? { type, message, stack } : { type, message, stack, name },
    );
    if (key.length + (stack?.length ?? 0) > longestKept) return hash;
    if (this.#kept.size >= mostKept) this.#kept.clear();
    this.#kept.set(key, { type, message, stack, ...(name !== undefined && { name }), hash });
    return hash;
  }
}
