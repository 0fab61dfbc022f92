import { z } from "zod";

const lag = z.object({
  /** How long a new issue is absent from lists. */
  listSeconds: z.number().min(0).default(0),
  /** How long from searches, whose index is another one. */
  searchSeconds: z.number().min(0).default(0),
});
export type LagInput = z.input<typeof lag>;

/** New issues are there at once by their own address; whoever lists or searches sees them later. */
export class IndexLag {
  private readonly madeAt = new Map<string, number>();
  private lag = lag.parse({});
  private passedMs = 0;

  set(input: unknown): void {
    this.lag = lag.parse(input);
  }

  clear(): void {
    this.lag = lag.parse({});
    this.passedMs = 0;
    this.madeAt.clear();
  }

  /** Lets so much time pass without waiting. */
  passTime(ms: number): void {
    this.passedMs += ms;
  }

  /** An issue was made; `id` is how lists tell it from others. */
  remember(id: string): void {
    this.madeAt.set(id, this.now());
  }

  hides(id: string, index: "list" | "search"): boolean {
    const seconds = index === "list" ? this.lag.listSeconds : this.lag.searchSeconds;
    const madeAt = this.madeAt.get(id);
    return madeAt !== undefined && this.now() < madeAt + seconds * 1_000;
  }

  private now(): number {
    return Date.now() + this.passedMs;
  }
}
