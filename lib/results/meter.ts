import { createHash } from "node:crypto";
import { AppError } from "@/lib/errors";

export type Progress = { bytes: number; cases: number };

/** Passes a body on while it counts and hashes it; refuses one that is too large or ends early. */
export class Meter {
  readonly #hash = createHash("sha256");
  bytes = 0;

  async *through(
    body: AsyncIterable<Uint8Array>,
    { maxBytes, expectedBytes }: { maxBytes: number; expectedBytes?: number | undefined },
  ): AsyncGenerator<Uint8Array> {
    if (expectedBytes !== undefined && expectedBytes > maxBytes) throw tooLarge(maxBytes);
    for await (const chunk of body) {
      this.bytes += chunk.byteLength;
      if (this.bytes > maxBytes) throw tooLarge(maxBytes);
      this.#hash.update(chunk);
      yield chunk;
    }
    if (expectedBytes !== undefined && expectedBytes !== this.bytes)
      throw new AppError(
        "malformed_request",
        `The upload ended after ${this.bytes} of ${expectedBytes} bytes. Nothing was stored.`,
      );
  }

  /** Hex, once everything has passed. */
  sha256(): string {
    return this.#hash.digest("hex");
  }
}

const tooLarge = (maxBytes: number) =>
  new AppError("too_large", `A file may have at most ${Math.floor(maxBytes / 1_048_576)} MB. Nothing was stored.`);
