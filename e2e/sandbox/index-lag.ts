import { z } from "zod";

const lag = z.object({
  /** How long a new issue is absent from lists. */
  listSeconds: z.number().min(0).default(0),
  /** How long from searches, whose index is another one. */
  searchSeconds: z.number().min(0).default(0),
  /** Which lists and searches lag: a regular expression for the path, query included. */
  path: z.string().default("."),
  /** How many such calls it strikes. */
  times: z.union([z.number().int().min(1), z.literal("always")]).default("always"),
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

  /** One call reads an index: answers whether it does not see an issue yet. */
  look(index: "list" | "search", path: string): (id: string) => boolean {
    const { listSeconds, searchSeconds, path: pattern, times } = this.lag;
    const seconds = index === "list" ? listSeconds : searchSeconds;
    if (seconds === 0 || !new RegExp(pattern).test(path)) return () => false;
    if (times === 1) this.lag = lag.parse({});
    else if (times !== "always") this.lag = { ...this.lag, times: times - 1 };
    const now = this.now();
    return (id) => now < (this.madeAt.get(id) ?? Number.NEGATIVE_INFINITY) + seconds * 1_000;
  }

  private now(): number {
    return Date.now() + this.passedMs;
  }
}
