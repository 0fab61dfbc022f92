import { createReadStream } from "node:fs";
import { type Counts, type Entry, noCounts } from "./entry";
import { readJUnit } from "./junit";
import { Warnings } from "./warnings";

/** For tests: bytes in pieces of a size. */
export async function* inPieces(content: string | Buffer, size = 65_536): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(content);
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

type Read = { entries: Entry[]; warnings: string[]; counts: Counts };

/** For tests: everything that a JUnit file holds. */
export async function readAll(source: AsyncIterable<Uint8Array>): Promise<Read> {
  const warnings = new Warnings();
  const entries: Entry[] = [];
  for await (const batch of readJUnit(source, warnings)) entries.push(...batch);
  const counts = noCounts();
  for (const { status } of entries) counts[status] += 1;
  return { entries, warnings: warnings.list(), counts };
}

export const readText = (xml: string | Buffer, pieceBytes?: number) => readAll(inPieces(xml, pieceBytes));
export const readPath = (path: string) => readAll(createReadStream(path));
