import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { AppError } from "@/lib/errors";

/** The bytes of a request's body as they arrive, and their number where the request tells it. Nothing is read here. */
export function openBody(request: Request): { bytes: Readable; expectedBytes?: number } {
  const encoding = request.headers.get("content-encoding");
  if (encoding && encoding !== "identity")
    throw new AppError(
      "unsupported_media",
      `The content encoding ${encoding} is not accepted. Send the file as it is.`,
    );
  if (!request.body) throw new AppError("malformed_request", "The request has no body. Send the file as the body.");
  const length = request.headers.get("content-length");
  return {
    bytes: Readable.fromWeb(request.body as ReadableStream<Uint8Array>), // the same class under two names
    ...(length !== null && { expectedBytes: Number(length) }),
  };
}

/** The stream's bytes; when it breaks, the refusal that fits. */
export async function* whole(
  stream: Readable,
  refusal: (cause: unknown) => AppError = brokeOff,
): AsyncGenerator<Uint8Array> {
  try {
    yield* stream;
  } catch (cause) {
    throw refusal(cause);
  }
}

const brokeOff = (cause: unknown) =>
  new AppError("malformed_request", "The upload broke off. Nothing was stored.", { cause });
