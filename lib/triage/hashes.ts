import type { Algorithm, FailureText } from "./fingerprint/types";

// Texts that a thousand tests share are short, and those of a whole page of console output are each other's strangers.
const longestKept = 8_192;
const mostKept = 256;

/** The hashes of failures as they arrive; a text that was there a moment ago is not read again. */
export class Hashes {
  readonly #algorithm: Algorithm;
  readonly #kept = new Map<string, string>();

  constructor(algorithm: Algorithm) {
    this.#algorithm = algorithm;
  }

  of({ type, message, stack }: FailureText): string {
    const length = (type?.length ?? 0) + (message?.length ?? 0) + (stack?.length ?? 0);
    if (length > longestKept) return this.#algorithm.fingerprint({ type, message, stack }).hash;
    const key = `${type ?? ""}\0${message ?? ""}\0${stack ?? ""}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const { hash } = this.#algorithm.fingerprint({ type, message, stack });
    if (this.#kept.size >= mostKept) this.#kept.clear();
    this.#kept.set(key, hash);
    return hash;
  }
}
