import { type ChildProcess, fork } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach } from "vitest";
import type { Point } from "./points";
import type { Task } from "./product.child";

const folder = mkdtempSync(path.join(tmpdir(), "faultline-kill-"));
const alive = new Set<ChildProcess>();
const begun = new Set<Victim>();
let count = 0;

/** How a process ended. */
export type End = { code: number | null; signal: NodeJS.Signals | null };

/** The product in a process of its own that can be killed at a point. */
export class Victim {
  readonly ended: Promise<End>;
  private readonly record = path.join(folder, String(++count));
  private readonly loaded: Promise<void>;
  private readonly child: ChildProcess;
  private printed = "";

  constructor(env: Record<string, string> = {}) {
    this.child = fork(path.join(import.meta.dirname, "product.child.ts"), {
      execArgv: ["--import", path.join(import.meta.dirname, "preload.mjs"), "--import", "tsx"],
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    alive.add(this.child);
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on("data", (chunk) => {
        this.printed = (this.printed + chunk).slice(-4_000);
      });
    this.ended = new Promise((resolve) =>
      this.child.once("exit", (code, signal) => {
        alive.delete(this.child);
        resolve({ code, signal });
      }),
    );
    this.loaded = this.hears("loaded");
    // Whoever begins a task hears of it; a process that is not needed any more may end as it likes.
    this.loaded.catch(() => {});
  }

  /** Begins the task; at the point the process dies, or does what `act` says. */
  async begin(task: Task, point?: Pick<Point, "name" | "watch">, act: "kill" | "hold" | "terminate" = "kill") {
    await this.loaded;
    begun.add(this);
    if (point) this.child.send({ order: { name: point.name, watch: point.watch, act, record: this.record } });
    this.child.send(task);
  }

  /** The name of the point that it has reached. */
  get reached(): string | null {
    // Empty for the moment between its making and its writing.
    return existsSync(this.record) ? readFileSync(this.record, "utf8") || null : null;
  }

  /** Waits until it has reached its point. */
  reaches = () =>
    until(
      () => this.reached !== null,
      30_000,
      () => `the point was not reached. ${this.printed}`,
    );

  /** Lets a process go on that stands still at its point. */
  goOn(): void {
    writeFileSync(`${this.record}.go`, "");
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Waits for the end; throws what it printed when it does not come. */
  async end(timeoutMs = 30_000): Promise<End> {
    const timer = new AbortController();
    const late = sleep(timeoutMs, undefined, { signal: timer.signal }).then(() => {
      throw new Error(`The process did not end within ${timeoutMs} ms. ${this.printed}`);
    });
    late.catch(() => {});
    try {
      return await Promise.race([this.ended, late]);
    } finally {
      timer.abort();
    }
  }

  private hears(word: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.child.on("message", (message) => message === word && resolve());
      this.ended.then(() => reject(new Error(`The process ended before it was ${word}. ${this.printed}`)));
    });
  }
}

let next: Victim | undefined;

/** One that is loaded already: the one after it loads while this one's end is being checked. */
export function nextVictim(): Victim {
  const victim = next ?? new Victim();
  next = new Victim();
  return victim;
}

// Whoever a test that failed has left would do the next one's work.
afterEach(() => {
  for (const victim of begun) victim.kill("SIGKILL");
  begun.clear();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Ends every process that is left. */
export function endVictims(): void {
  for (const child of alive) child.kill("SIGKILL");
}

/** Waits until it is so. */
export async function until(isSo: () => boolean | Promise<boolean>, timeoutMs: number, why = () => "it is not so") {
  const end = Date.now() + timeoutMs;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`After ${timeoutMs} ms: ${why()}`);
    await sleep(10);
  }
}
