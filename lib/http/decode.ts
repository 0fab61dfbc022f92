import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";

const decoders = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** What we say that we can read. */
export const acceptEncoding = "gzip, deflate, br";

/** The body as it was before compression; throws when it is damaged or grows past the limit. */
export async function decode(body: Buffer, encoding: string | null, maxBytes: number): Promise<Buffer> {
  const name = encoding?.trim().toLowerCase() ?? "";
  if (name === "" || name === "identity" || body.length === 0) return body;
  if (!(name in decoders)) throw new Error(`unknown content encoding ${name}`);
  // `in` has just shown that it is one of them.
  return decoders[name as keyof typeof decoders](body, { maxOutputLength: maxBytes });
}
