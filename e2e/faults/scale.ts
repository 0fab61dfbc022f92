import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");

/** One line of JSON per figure; the reporter empties it before the tests and reads it after them. */
export const figuresFile = path.join(root, ".data/test/faults.jsonl");
export const summaryFile = path.join(root, ".data/test/faults.json");

/** Runs at the size that the figures are stated for; otherwise in seconds, to find what is broken. */
export const isFull = process.env.FAULTLINE_FAULTS === "full";

/** How many of something: fewer in the short run. */
export const scaled = (short: number, full: number): number => (isFull ? full : short);

/** Of the whole run; the summary prints it, and FAULTLINE_SEED gives it back. */
export const seed = Number(process.env.FAULTLINE_SEED ?? 1);

/** Numbers from 0 up to 1, the same ones for the same seed and name, whatever other tests draw. */
export function randomOf(name: string): () => number {
  let state = createHash("sha256").update(`${seed}/${name}`).digest().readUInt32LE(0);
  // mulberry32: short, and good enough to choose moments.
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type Figure = { name: string; value: number | string; limit: number | string };

/** Puts a line into the summary. It asserts nothing: the test that measured it does. */
export function figure(name: string, value: Figure["value"], limit: Figure["limit"]): void {
  mkdirSync(path.dirname(figuresFile), { recursive: true });
  appendFileSync(figuresFile, `${JSON.stringify({ name, value, limit } satisfies Figure)}\n`);
}
