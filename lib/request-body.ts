import { AppError } from "@/lib/errors";

/** The most that a JSON body may have where nothing else is said. */
export const usualBodyBytes = 1024 * 1024;

/** Where a description is sent: 1,048,576 characters, of which each may take more than one byte, with their markup. */
export const documentBodyBytes = 4 * usualBodyBytes;

const tooLarge = (maxBytes: number) =>
  new AppError("too_large", `The body is larger than ${Math.floor(maxBytes / 1024).toLocaleString("en")} KiB.`);

/**
 * The whole body of a request, read only as far as the limit goes: what the sender says of its length is believed when
 * it is too much, and never otherwise. Throws too_large, or malformed_request when the sender breaks off.
 */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length")) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    // The type of the web's streams forgets that Node's can be iterated.
    for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw new AppError("malformed_request", "The request broke off.", { cause });
  }
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

// A document may be 100 levels deep, each of them two of JSON's.
const deepest = 500;

/** Reads JSON. Throws malformed_request, also for what is nested so deeply that our own code could not walk it. */
export function parseJson(body: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body));
    if (!isDeeperThan(value, deepest)) return value;
  } catch (cause) {
    throw new AppError("malformed_request", "The body is not valid JSON.", { cause });
  }
  throw new AppError("malformed_request", `The body is nested more than ${deepest} levels deep.`);
}

/** By a list of its own, because recursion would end where the stack does. */
function isDeeperThan(value: unknown, levels: number): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true;
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
  }
  return false;
}
