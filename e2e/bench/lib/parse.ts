import { execFileSync } from "node:child_process";
import { createReadStream, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { SaxesParser } from "saxes";
import { readJUnit } from "@/lib/results/formats/junit";
import { Warnings } from "@/lib/results/formats/warnings";
import { print, race } from "./figure";

/** The least that anything on saxes does: decode, and look at each element. */
async function bareSaxes(file: string): Promise<number> {
  const parser = new SaxesParser();
  const decoder = new TextDecoder();
  let cases = 0;
  parser.on("opentag", ({ name }) => {
    if (name === "testcase") cases += 1;
  });
  for await (const chunk of createReadStream(file)) parser.write(decoder.decode(chunk, { stream: true }));
  parser.close();
  return cases;
}

async function ours(source: AsyncIterable<Uint8Array>): Promise<number> {
  let cases = 0;
  for await (const entries of readJUnit(source, new Warnings())) cases += entries.length;
  return cases;
}

const check = (cases: number, expected: number) => {
  if (cases !== expected) throw new Error(`read ${cases} of ${expected} test cases`);
};

/** Reading against bare saxes, and how long the loop stands still. */
export async function parseFigures(file: string, expected: number): Promise<void> {
  const megabytes = statSync(file).size / 1e6;
  const best = await race({
    bare: async () => check(await bareSaxes(file), expected),
    ours: async () => check(await ours(createReadStream(file)), expected),
  });
  const seconds = best.ours / 1000;
  const ratio = best.bare / best.ours;
  print({
    bench: "import",
    figure: "parse",
    value: megabytes / seconds,
    unit: "MB/s",
    ratio,
    limit: ">= 0.75 x bare saxes",
  });
  print({ bench: "import", figure: "parse, bare saxes", value: (megabytes / best.bare) * 1000, unit: "MB/s" });
  const whole = readFileSync(file);
  let blocked = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round += 1) {
    const streamed = await longestBlock(() => ours(createReadStream(file)));
    // The worst source: everything is there at once, in one piece.
    blocked = Math.min(blocked, Math.max(streamed, await longestBlock(() => ours(inOnePiece(whole)))));
  }
  print({ bench: "import", figure: "parse, longest loop block", value: blocked, unit: "ms", limit: "<= 50" });
}

async function* inOnePiece(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  }, 1);
  await work();
  clearInterval(timer);
  return longest;
}

/** By how many megabytes a fresh process grows while it reads the file. */
export function residentGrowth(file: string): number {
  const child = path.join(import.meta.dirname, "grow.child.ts");
  const told = execFileSync(process.execPath, [...process.execArgv, child, file], { encoding: "utf8" });
  return Number(told);
}
