import { log } from "@/lib/log";
import type { RunnableFunction } from "../config";
import { nextWindowMs, openWindows } from "./open";
import { respace } from "./respace";

// What is due and could not be opened is being opened by somebody else.
const LOCKED_MS = 50;
const FAILED_MS = 1000;

/** Knows when the next window is due, so that a look at which there is none to open costs nothing. */
export class WindowWatch {
  #dueMs = 0;

  /** Milliseconds until it is worth looking. */
  get waitMs(): number {
    return Math.max(0, this.#dueMs - performance.now());
  }

  /** A window may be due sooner than was known. */
  expect(): void {
    this.#dueMs = 0;
  }

  /**
   * Opens what is due, and asks at least every `pollMs` what others have left. To be called before jobs are claimed:
   * throttled ones may have to be put off. Returns whether runs may have been
   * started.
   */
  async open(functions: readonly RunnableFunction[], pollMs: number): Promise<boolean> {
    if (this.waitMs > 0) return false;
    try {
      await respace(functions);
      let nextMs = await nextWindowMs(functions);
      const isDue = nextMs !== null && nextMs <= 1;
      if (isDue) {
        const { isAll } = await openWindows(functions);
        const leftMs = await nextWindowMs(functions);
        nextMs = leftMs === null || leftMs > 1 ? leftMs : isAll ? LOCKED_MS : 0;
      }
      this.#dueMs = performance.now() + Math.min(pollMs, nextMs ?? pollMs);
      return isDue;
    } catch (error) {
      // It must not keep the runs that there are from being made.
      this.#dueMs = performance.now() + FAILED_MS;
      log.warn({ err: error }, "what waits for its time could not be started; it is tried again");
      return false;
    }
  }
}
