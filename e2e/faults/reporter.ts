import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Reporter, Vitest } from "vitest/node";
import { type Figure, figuresFile, isFull, summaryFile } from "./scale";

/** Prints the seed, and after the tests what they counted and measured, as rows of a Markdown table. */
export default class FiguresReporter implements Reporter {
  #seed: string | undefined;

  onInit(vitest: Vitest): void {
    this.#seed = vitest.config.env.FAULTLINE_SEED;
    mkdirSync(path.dirname(figuresFile), { recursive: true });
    rmSync(figuresFile, { force: true });
    console.log(`${isFull ? "Full" : "Short"} run, FAULTLINE_SEED=${this.#seed}`);
  }

  onTestRunEnd(): void {
    if (!existsSync(figuresFile)) return;
    const figures: Figure[] = readFileSync(figuresFile, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)); // written by `figure` alone
    figures.sort((a, b) => a.name.localeCompare(b.name));
    writeFileSync(summaryFile, `${JSON.stringify({ seed: this.#seed, full: isFull, figures }, null, 2)}\n`);
    const rows = figures.map(({ name, value, limit }) => `| ${name} | ${value} | ${limit} |`);
    console.log(`\nFAULTLINE_SEED=${this.#seed}\n\n| what | measured | asked |\n|---|---|---|\n${rows.join("\n")}`);
  }
}
