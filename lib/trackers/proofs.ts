import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { RawDelivery } from "./webhook";

/** Whether a header signs the body: `sha256=` and the digest in hexadecimal. */
export function isSigned({ headers, body }: RawDelivery, header: string, secret: string): boolean {
  const given = /^sha256=([0-9a-f]{64})$/i.exec(headers[header]?.trim() ?? "")?.[1];
  if (!given || secret === "") return false;
  return timingSafeEqual(Buffer.from(given, "hex"), createHmac("sha256", secret).update(body).digest());
}

/** Digests are of one length, so that the comparison tells nothing of the secret's. */
export const isSameSecret = (given: string, expected: string): boolean =>
  timingSafeEqual(digestOf(given), digestOf(expected));
const digestOf = (text: string) => createHash("sha256").update(text).digest();

/** A body as data; undefined where it cannot be read. */
export function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString("utf8"));
  } catch {
    return undefined;
  }
}
