import { hash } from "node:crypto";
import { remembered } from "./memo";
import { bandsOf } from "./sketch";
import type { Fingerprint, Parts } from "./types";

type Sealed = Parts & { version: number };

/** The hash and the bands of parts. Equal parts answer the one same value, which nobody may change. */
export const seal = (version: number, { type, message, frames, refined }: Parts): Fingerprint =>
  sealText(JSON.stringify({ version, type, message, frames, ...(refined && { refined: pair(refined) }) }));

const pair = ({ label, value }: NonNullable<Parts["refined"]>) => ({ label, value });

const sealText = remembered({ count: 8_192, length: 4_000 }, (text): Fingerprint => {
  const { version: _, ...parts } = JSON.parse(text) as Sealed; // it was just written above
  const hex = hash("sha256", text, "hex");
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
  return { hash: id, parts, bands: bandsOf(parts) };
});
