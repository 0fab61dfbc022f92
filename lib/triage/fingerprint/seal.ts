import { hash } from "node:crypto";
import { remembered } from "./memo";
import { bandsOf, bandsOfPlace } from "./sketch";
import type { Fingerprint, Parts } from "./types";

type Sealed = Parts & { version: number };

/** The hash and the bands of parts. What was seen around them is no part of the hash; nobody may change the answer. */
export function seal(version: number, { type, message, frames, refined, seen }: Parts): Fingerprint {
  const sealed = sealText(
    JSON.stringify({ version, type, message, frames, ...(refined && { refined: pair(refined) }) }),
  );
  if (!seen) return sealed;
  const parts = { ...sealed.parts, seen };
  return { hash: sealed.hash, parts, bands: [...sealed.bands, ...bandsOfPlace(parts)] };
}

const pair = ({ label, value }: NonNullable<Parts["refined"]>) => ({ label, value });

const sealText = remembered({ count: 8_192, length: 4_000 }, (text): Fingerprint => {
  const { version: _, ...parts } = JSON.parse(text) as Sealed; // it was just written above
  const hex = hash("sha256", text, "hex");
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
  return { hash: id, parts, bands: bandsOf(parts) };
});
