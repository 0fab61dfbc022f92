import { createHash } from "node:crypto";
import { AppError } from "@/lib/errors";

export type Progress = { bytes: number; cases: number };

type Bounds = {
  maxBytes: number;
  expectedBytes?: number | undefined;
  /** How long a body may pause: a large import holds a connection of the database while it waits. */
  stallMs?: number;
};

/** Passes a body on while it counts and hashes it; refuses one that is too large or ends early. */
export class Meter {
  readonly #hash = createHash("sha256");
  bytes = 0;

  async *through(
    body: AsyncIterable<Uint8Array>,
    { maxBytes, expectedBytes, stallMs = 60_000 }: Bounds,
  ): AsyncGenerator<Uint8Array> {
    if (expectedBytes !== undefined && expectedBytes > maxBytes) throw tooLarge(maxBytes);
    for await (const chunk of inTime(body, stallMs)) {
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

async function* inTime(body: AsyncIterable<Uint8Array>, stallMs: number): AsyncGenerator<Uint8Array> {
  const source = body[Symbol.asyncIterator]();
  let isOver = false;
  try {
    for (;;) {
      const { done, value } = await beforeStall(source.next(), stallMs);
      isOver = done === true;
      if (done) return;
      yield value;
    }
  } finally {
    // Not awaited: a source that stands still would not answer this either.
    if (!isOver) void source.return?.().catch(() => {});
  }
}

async function beforeStall<T>(next: Promise<T>, stallMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const stalled = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(tooSlow(stallMs)), stallMs);
  });
  try {
    return await Promise.race([next, stalled]);
  } finally {
    clearTimeout(timer);
  }
}

const tooSlow = (stallMs: number) =>
  new AppError("malformed_request", `The upload stood still for ${stallMs / 1000} seconds. Nothing was stored.`);
