import { createHash } from "node:crypto";
import { bandsOf } from "./sketch";
import type { Fingerprint, Parts } from "./types";

/** The hash and the bands of parts. */
export function seal(version: number, parts: Parts): Fingerprint {
  const { type, message, frames, refined } = parts;
  const told = JSON.stringify([version, type, message, frames, refined?.label ?? null, refined?.value ?? null]);
  const hex = createHash("sha256").update(told).digest("hex");
  const hash = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
  return { hash, parts, bands: bandsOf(parts) };
}
