import os from "node:os";
import { newId } from "@/lib/db/ids";
import { listen } from "@/lib/db/listen";
import { log } from "@/lib/log";
import { claim, extend, type Job, nextDueMs, release } from "./claim";
import type { RunnableFunction } from "./config";
import type { Line } from "./endpoint";
import { takeEvents } from "./intake";
import { News } from "./news";
import { perform } from "./perform";
import { sync } from "./sync";
import { RETRY_BASE_MS } from "./timing";

export type ExecutorOptions = {
  line: Line;
  /** Calls under way at once. */
  slots?: number;
  /** How long a job stays with a process that has vanished. */
  leaseMs?: number;
  /** The longest time between two looks, in case a notification is lost. */
  pollMs?: number;
  /** The first delay of a retry; the others are its multiples. */
  retryBaseMs?: number;
};

const defaults = { slots: 32, leaseMs: 20_000, pollMs: 5000, retryBaseMs: RETRY_BASE_MS };

const LOCKED_MS = 50;

/** Runs the functions of one process. Several on one database share the work. */
export class Executor {
  readonly #options: Required<ExecutorOptions>;
  readonly #worker = `${os.hostname()}/${process.pid}/${newId().slice(-6)}`;
  readonly #held = new Map<string, Job>();
  readonly #running = new Set<Promise<void>>();
  readonly #news = new News();
  #functions = new Map<string, RunnableFunction>();
  #state: "new" | "running" | "stopping" = "new";
  #looking: Promise<void> | null = null;
  #lookAgain = false;
  #hasEvents = true;
  #lookTimer: NodeJS.Timeout | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #stopListening: (() => void) | undefined;

  constructor(options: ExecutorOptions) {
    this.#options = { ...defaults, ...options };
  }

  /** The ids of the functions that it runs. */
  get functionIds(): string[] {
    return [...this.#functions.keys()];
  }

  get isIdle(): boolean {
    return this.#running.size === 0 && this.#looking === null;
  }

  /** Learns the functions and begins. Throws misconfigured, naming an option that is not supported. */
  async start(): Promise<void> {
    const functions = await sync(this.#options.line);
    this.#functions = new Map(functions.map((fn) => [fn.id, fn]));
    this.#stopListening = await listen("executor", {
      onMessage: (payload) => this.wake({ hasEvents: payload === "outbox" }),
      onGap: () => this.wake(),
    });
    this.#state = "running";
    this.#heartbeat = setInterval(() => void this.#beat(), this.#options.leaseMs / 4);
    this.wake();
  }

  /** Takes nothing new, waits for the calls under way and gives back those that do not end in time. */
  async stop(graceMs = 8000): Promise<void> {
    if (this.#state !== "running") return;
    this.#state = "stopping";
    clearTimeout(this.#lookTimer);
    this.#stopListening?.();
    await this.#looking;

    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((done) => {
      timer = setTimeout(done, graceMs);
    });
    await Promise.race([Promise.allSettled(this.#running), grace]);
    clearTimeout(timer);
    clearInterval(this.#heartbeat);
    if (this.#held.size > 0) {
      log.warn({ jobs: this.#held.size }, "jobs that did not end in time are given back");
      await release([...this.#held.values()]);
    }
    await this.#news.flush();
  }

  /** Looks for work now, in the outbox too unless nothing has come. Calls during a look lead to one more. */
  wake({ hasEvents = true } = {}): void {
    if (this.#state !== "running") return;
    this.#lookAgain = true;
    this.#hasEvents ||= hasEvents;
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
      if (this.#lookAgain) this.wake({ hasEvents: false });
    });
  }

  async #look(): Promise<void> {
    clearTimeout(this.#lookTimer);
    let waitMs = this.#options.pollMs;
    try {
      while (this.#lookAgain && this.#state === "running") {
        this.#lookAgain = false;
        if (this.#hasEvents) await this.#takeEvents();
        await this.#fill();
      }
      // With no slot free, whoever ends next looks again.
      const dueMs = this.#free() > 0 ? await nextDueMs(this.functionIds) : null;
      // What is due and could not be taken is locked by somebody who is just taking it.
      if (dueMs !== null) waitMs = Math.min(waitMs, dueMs > 0 ? dueMs : LOCKED_MS);
    } catch (error) {
      this.#lookAgain = false;
      this.#hasEvents = true;
      waitMs = Math.min(waitMs, 1000);
      log.warn({ err: error }, "the executor cannot look for work; it tries again");
    }
    if (this.#state === "running") this.#lookTimer = setTimeout(() => this.wake(), waitMs);
  }

  async #takeEvents(): Promise<void> {
    this.#hasEvents = false;
    const { isAll } = await takeEvents([...this.#functions.values()]);
    if (isAll) return;
    this.#hasEvents = true;
    this.#lookAgain = true;
  }

  #free(): number {
    return this.#options.slots - this.#running.size;
  }

  async #fill(): Promise<void> {
    const free = this.#free();
    if (free <= 0) return;
    const jobs = await claim(this.functionIds, free, this.#lease(), [...this.#held.keys()]);
    for (const job of jobs) {
      const run = this.#run(job).finally(() => {
        this.#running.delete(run);
        this.wake({ hasEvents: false });
      });
      this.#running.add(run);
    }
    if (jobs.length === free) this.#lookAgain = this.#free() > 0;
  }

  #lease() {
    return { worker: this.#worker, leaseMs: this.#options.leaseMs };
  }

  /** Performs a job and those that follow from it. */
  async #run(first: Job): Promise<void> {
    const { line, retryBaseMs } = this.#options;
    const maxAttempts = this.#functions.get(first.functionId)?.maxAttempts ?? 1;
    const next = () => (this.#state === "running" ? this.#lease() : null);
    let job = first;
    try {
      for (let following: Job | null = first; following; ) {
        job = following;
        this.#held.set(job.id, job);
        this.#news.add(job.runId);
        following = await perform(job, { line, maxAttempts, retryBaseMs }, next);
      }
    } catch (error) {
      // The lease ends by itself and somebody makes the call again.
      log.error({ err: error, runId: first.runId }, "a job's result could not be stored");
    } finally {
      this.#letGo(job);
      this.#news.add(job.runId);
    }
  }

  /** Another process may have had the job in between and this one have it again: then it is another entry. */
  #letGo(job: Job): void {
    if (this.#held.get(job.id) === job) this.#held.delete(job.id);
  }

  async #beat(): Promise<void> {
    if (this.#held.size === 0) return;
    const held = [...this.#held.values()];
    try {
      const ours = await extend(held, this.#lease());
      for (const job of held) if (!ours.has(job.id)) this.#letGo(job);
    } catch (error) {
      log.warn({ err: error }, "the leases could not be extended");
    }
  }
}
