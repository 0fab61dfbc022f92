import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { writeJUnitFile } from "./junit-file";
import type { Product } from "./product";

const sampleEveryMs = 50;

/** Watches from now on how much memory the product holds; `end` answers the most that was seen, in MB. */
export function watchResident(product: Product): { end(): number } {
  let peakMb = 0;
  const sample = () => {
    try {
      peakMb = Math.max(peakMb, product.residentMb());
    } catch {
      // A process of the product's ended between being listed and being read.
    }
  };
  const timer = setInterval(sample, sampleEveryMs);
  return {
    end() {
      clearInterval(timer);
      sample();
      return peakMb;
    },
  };
}

type Load = { connections: number; reads: readonly (() => Promise<unknown>)[]; work: () => Promise<unknown> };

/** Reads in turn on so many connections, for as long as the work takes; answers how many reads there were. */
export async function readBeside({ connections, reads, work }: Load): Promise<number> {
  let count = 0;
  let isDone = false;
  const reader = async (_: unknown, first: number) => {
    for (let n = first; !isDone; n += 1, count += 1) await reads[n % reads.length]?.();
  };
  const working = work().finally(() => {
    isDone = true;
  });
  await Promise.all([working, ...Array.from({ length: connections }, reader)]);
  return count;
}

/** Sends a report with so many results, as a stream. */
export async function sendReport(url: string, headers: Record<string, string>, cases: number): Promise<Response> {
  const folder = mkdtempSync(path.join(tmpdir(), "faultline-load-"));
  const file = path.join(folder, "report.xml");
  try {
    writeJUnitFile(file, { cases });
    const init = {
      method: "POST",
      headers: { ...headers, "content-type": "application/xml" },
      body: Readable.toWeb(createReadStream(file)),
      duplex: "half",
    };
    return await fetch(url, init as RequestInit); // undici's own option
  } finally {
    rmSync(folder, { recursive: true });
  }
}
