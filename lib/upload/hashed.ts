import { createHash } from "node:crypto";
import { Meter } from "./meter";

/** Bytes that are read once, as they arrive, and hashed on the way. */
export class Hashed implements AsyncIterable<Uint8Array> {
  readonly #hash = createHash("sha256");
  readonly #bytes: AsyncIterator<Uint8Array>;

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#bytes = bytes[Symbol.asyncIterator]();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    let isDone = false;
    try {
      for (let next = await this.#bytes.next(); !next.done; next = await this.#bytes.next()) {
        this.#hash.update(next.value);
        yield next.value;
      }
      isDone = true;
    } finally {
      if (!isDone) await this.#bytes.return?.();
    }
  }

  /** Of all bytes; reads those that nobody has read, within the limits of any import. */
  async digest(maxBytes: number): Promise<string> {
    for await (const _ of new Meter().through(this, { maxBytes }));
    return this.#hash.copy().digest("hex");
  }
}
