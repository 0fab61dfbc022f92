import { createHmac, timingSafeEqual } from "node:crypto";

const MAX_AGE_MS = 5 * 60_000;

/**
 * Signs with the text of the key, as Inngest does. A request's body must be in canonical JSON (RFC 8785); an answer is
 * signed as it is.
 */
export function sign(text: string, signingKey: string, nowMs = Date.now()): string {
  const seconds = Math.floor(nowMs / 1000);
  return `t=${seconds}&s=${digest(text, signingKey, String(seconds))}`;
}

/** True when the signature is ours and fresh. An absent one is false. */
export function isSigned(text: string, signingKey: string, signature: string | null, nowMs = Date.now()): boolean {
  const parts = new URLSearchParams(signature ?? "");
  const seconds = parts.get("t") ?? "";
  const given = Buffer.from(parts.get("s") ?? "");
  const expected = Buffer.from(digest(text, signingKey, seconds));
  if (!/^\d+$/.test(seconds) || Math.abs(nowMs - Number(seconds) * 1000) > MAX_AGE_MS) return false;
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const digest = (text: string, signingKey: string, seconds: string) =>
  createHmac("sha256", signingKey.replace(/^signkey-\w+-/, ""))
    .update(text)
    .update(seconds)
    .digest("hex");
