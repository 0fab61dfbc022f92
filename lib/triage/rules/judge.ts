import { setImmediate as breathe } from "node:timers/promises";
import { type Failure, textsOf } from "./failures";
import type { Search } from "./search";

export type Judged<Rule> = { failure: Failure; rules: readonly Rule[] };
type Searching = {
  search: Search;
  /** Milliseconds that its searches have taken. */
  spentMs: number;
};

// Long texts are read few at a time: of each, twice 64 kB.
const mostTexts = 250;
const mostKept = 50_000;
/** Others are served after so long. */
const turnMs = 10;

/** Tells which rules failures match; what was told of a text is told again of the same text. */
export class Judge<Rule extends Searching> {
  readonly #kept = new Map<string, readonly Rule[]>();

  constructor(
    readonly workspaceId: string,
    readonly rules: readonly Rule[],
  ) {}

  /**
   * The failures one after the other with the rules that they match; when it is late those behind are left out, but the
   * first is never.
   */
  async judge(failures: readonly Failure[], isLate: () => boolean): Promise<Judged<Rule>[]> {
    const judged: Judged<Rule>[] = [];
    for (const failure of failures) {
      if (!this.#kept.has(failure.digest)) {
        if (judged.length > 0 && isLate()) return judged;
        await this.#read(failures.slice(judged.length), isLate);
      }
      judged.push({ failure, rules: this.#kept.get(failure.digest) ?? [] });
    }
    return judged;
  }

  async #read(failures: readonly Failure[], isLate: () => boolean): Promise<void> {
    if (this.#kept.size > mostKept) this.#kept.clear();
    const unread = new Map<string, string>();
    for (const { digest, id } of failures) {
      if (!this.#kept.has(digest) && !unread.has(digest)) unread.set(digest, id);
      if (unread.size >= mostTexts) break;
    }
    const texts = await textsOf(this.workspaceId, [...unread.values()]);
    let turn = performance.now();
    for (const [digest, id] of unread) {
      const text = texts.get(id);
      // A result that was deleted in between says nothing.
      const matching: Rule[] = [];
      for (const rule of text ? this.rules : []) {
        const begun = performance.now();
        if (text && rule.search.has(text)) matching.push(rule);
        const ended = performance.now();
        rule.spentMs += ended - begun;
        if (ended - turn > turnMs) {
          await breathe();
          turn = performance.now();
        }
      }
      this.#kept.set(digest, matching);
      if (isLate()) return;
    }
  }
}
