import os from "node:os";
import { takeBackRefused } from "@/inngest/refused";
import { pool } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { listen } from "@/lib/db/listen";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { within } from "@/lib/shutdown";
import { type Claim, claim, extend, type Job, release } from "./claim";
import type { RunnableFunction } from "./config";
import type { Line } from "./endpoint";
import { WindowWatch } from "./flow/watch";
import { takeEvents } from "./intake";
import { News } from "./news";
import { perform } from "./perform";
import { Presence } from "./presence";
import { pruneRegularly } from "./prune";
import { type Limits, limitsOf } from "./slots";
import { sync } from "./sync";
import { RETRY_BASE_MS } from "./timing";

export type ExecutorOptions = {
  line: Line;
  /** Calls under way at once. */
  slots?: number;
  /** How long a job stays with a process that stands still or is cut off; one that has ended is missed much sooner. */
  leaseMs?: number;
  /** The longest time between two looks, in case a notification is lost. */
  pollMs?: number;
  /** The first delay of a retry; the others are its multiples. */
  retryBaseMs?: number;
  /** After how long a call that does not come back has failed. */
  callTimeoutMs?: number;
};

const defaults = {
  slots: 32,
  leaseMs: 20_000,
  pollMs: 5000,
  retryBaseMs: RETRY_BASE_MS,
  // Whatever our steps wait for has a deadline of seconds, so a call that takes this long will never end.
  callTimeoutMs: 10 * 60_000,
};

/** How often to look for processes that are gone. */
const PRESENCE_MS = 1000;
/** How soon to look again after a look that failed. */
const FAILED_MS = 1000;
/** The shortest time between two words to the others that there is more than this process can take. */
const TELL_MS = 250;
/**
 * How long a run's steps may follow one another without giving others a turn. By time rather than by number: short steps
 * would not be worth the way through the queue, and long ones must not make the next in the queue wait for the whole run.
 */
const TURN_MS = 1000;

/** What the look under way is given at least, and the last words to the database when it is stopped. */
const [LOOK_MS, LAST_MS] = [1000, 500];

/** Runs the functions of one process. Several on one database share the work. */
export class Executor {
  readonly #options: Required<ExecutorOptions>;
  /** The name under which it holds jobs. */
  readonly worker = `${os.hostname()}/${process.pid}/${newId().slice(-6)}`;
  readonly #held = new Map<string, Job>();
  readonly #running = new Set<Promise<void>>();
  readonly #news = new News();
  readonly #windows = new WindowWatch();
  readonly #presence = new Presence(this.worker);
  /** Held jobs that were not ours at the last beat. */
  #doubtful = new Set<Job>();
  #functions = new Map<string, RunnableFunction>();
  #limits: Limits = {};
  #state: "new" | "running" | "stopping" = "new";
  #starting: Promise<void> | undefined;
  #looking: Promise<void> | null = null;
  #lookAgain = false;
  #hasEvents = true;
  #lookTimer: NodeJS.Timeout | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #roundsOfPresence: NodeJS.Timeout | undefined;
  #telling: NodeJS.Timeout | undefined;
  #toldMs = Number.NEGATIVE_INFINITY;
  #stopListening: (() => void) | undefined;
  #stopPruning: (() => Promise<void>) | undefined;

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
  start(): Promise<void> {
    this.#starting ??= this.#start();
    return this.#starting;
  }

  async #start(): Promise<void> {
    const functions = await sync(this.#options.line);
    this.#functions = new Map(functions.map((fn) => [fn.id, fn]));
    this.#limits = limitsOf(functions);
    await takeBackRefused();
    if (this.#state !== "new") return;
    this.#stopListening = await listen("executor", {
      prepare: (session) => this.#presence.hold(session),
      onMessage: (payload) => {
        if (payload !== `more ${this.worker}`) this.wake({ hasEvents: payload === "outbox" });
      },
      onGap: () => this.wake(),
    });
    if (this.#state !== "new") return this.#stopListening();
    this.#state = "running";
    this.#heartbeat = setInterval(() => void this.#beat(), this.#options.leaseMs / 4);
    this.#roundsOfPresence = setInterval(() => void this.#missOthers(), PRESENCE_MS);
    void this.#missOthers();
    this.#stopPruning = pruneRegularly({ functionIds: this.functionIds, keepDays: env().FAULTLINE_KEEP_JOBS_DAYS });
    this.wake();
  }

  /**
   * Takes nothing new, waits for the calls under way and gives back those that do not end in time. With a database that
   * does not answer it ends in time too, and the leases end by themselves.
   */
  async stop(graceMs = 8000): Promise<void> {
    if (this.#state === "stopping") return;
    this.#state = "stopping";
    const endsMs = performance.now() + graceMs;
    clearTimeout(this.#lookTimer);
    clearInterval(this.#roundsOfPresence);
    await within(Math.max(graceMs, LOOK_MS), this.#rest());
    await within(Math.max(0, endsMs - performance.now()), Promise.allSettled(this.#running));
    clearInterval(this.#heartbeat);
    clearTimeout(this.#telling);
    await within(LAST_MS, this.#sayLast());
    // Last, or the others would take this process for dead while its calls end.
    this.#stopListening?.();
  }

  /** Ends what looks after the jobs. Whoever stops it has no use for the reason why it did not start. */
  async #rest(): Promise<void> {
    await this.#starting?.catch(() => {});
    await Promise.all([this.#looking, this.#stopPruning?.()]);
  }

  async #sayLast(): Promise<void> {
    if (this.#held.size > 0) log.warn({ jobs: this.#held.size }, "jobs that did not end in time are given back");
    // With nothing to give back too: the places of this process's last calls are free for what the others have waiting.
    await release([...this.#held.values()]).catch((error: unknown) =>
      log.warn({ err: error }, "the jobs could not be given back; their leases end by themselves"),
    );
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
    let isMore = false;
    try {
      while (this.#lookAgain && this.#state === "running") {
        this.#lookAgain = false;
        if (this.#hasEvents) isMore = (await this.#takeEvents()) || isMore;
        isMore = (await this.#windows.open([...this.#functions.values()], this.#options.pollMs)) || isMore;
        if (this.#free() <= 0) break;
        const claimed = await this.#fill();
        isMore = claimed.isMore;
        // With no slot free, whoever ends next looks again.
        waitMs = Math.min(this.#options.pollMs, Math.max(1, claimed.nextMs ?? Number.POSITIVE_INFINITY));
      }
      waitMs = Math.min(waitMs, this.#windows.waitMs);
      if (this.#hasEvents) waitMs = Math.min(waitMs, FAILED_MS);
    } catch (error) {
      this.#lookAgain = false;
      this.#hasEvents = true;
      waitMs = Math.min(waitMs, FAILED_MS);
      log.warn({ err: error }, "the executor cannot look for work; it tries again");
    }
    if (this.#state !== "running") return;
    if (isMore) this.#tell();
    this.#lookTimer = setTimeout(() => this.wake(), waitMs);
  }

  /** True when runs may have been started. */
  async #takeEvents(): Promise<boolean> {
    this.#hasEvents = false;
    try {
      const { isAll, areWaiting } = await takeEvents([...this.#functions.values()]);
      this.#news.addQueued();
      if (areWaiting) this.#windows.expect();
      if (!isAll) {
        this.#hasEvents = true;
        this.#lookAgain = true;
      }
      return true;
    } catch (error) {
      // It must not keep the jobs that there are from being done.
      this.#hasEvents = true;
      log.warn({ err: error }, "events could not be taken in; they wait in the outbox");
      return false;
    }
  }

  /** Other processes may have places free for what this one cannot take. */
  #tell(): void {
    this.#telling ??= setTimeout(
      () => {
        this.#telling = undefined;
        this.#toldMs = performance.now();
        pool
          .query("SELECT pg_notify('executor', $1)", [`more ${this.worker}`])
          .catch((error: unknown) => log.warn({ err: error }, "the other processes were not told of waiting jobs"));
      },
      Math.max(0, this.#toldMs + TELL_MS - performance.now()),
    );
  }

  #free(): number {
    return this.#options.slots - this.#running.size;
  }

  async #fill(): Promise<Claim> {
    const work = {
      functionIds: this.functionIds,
      wanted: this.#free(),
      limits: this.#limits,
      known: [...this.#held.keys()],
    };
    const claimed = await claim(work, this.#lease());
    if (this.#state !== "running") {
      await release(claimed.jobs);
      return { ...claimed, jobs: [] };
    }
    for (const job of claimed.jobs) {
      const run = this.#run(job).finally(() => {
        this.#running.delete(run);
        this.wake({ hasEvents: false });
      });
      this.#running.add(run);
    }
    if (claimed.isMore && this.#free() > 0) this.#lookAgain = true;
    return claimed;
  }

  #lease() {
    return { worker: this.worker, leaseMs: this.#options.leaseMs };
  }

  /** Performs a job and those that follow from it. */
  async #run(first: Job): Promise<void> {
    const { line, retryBaseMs, callTimeoutMs } = this.#options;
    const maxAttempts = this.#functions.get(first.functionId)?.maxAttempts ?? 1;
    const turnEndsMs = performance.now() + TURN_MS;
    const next = () => (this.#state === "running" && performance.now() < turnEndsMs ? this.#lease() : null);
    let job = first;
    try {
      for (let following: Job | null = first; following; ) {
        job = following;
        this.#held.set(job.id, job);
        this.#news.add(job.runId);
        following = await perform(job, { line, maxAttempts, retryBaseMs, callTimeoutMs }, next);
      }
    } catch (error) {
      // The job is still under this process's name, but not known here any more: the next look takes it again.
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
      // One that is just being settled has another fence than when this began. What is lost stays lost at the next beat.
      const lost = held.filter((job) => !ours.has(job.id));
      for (const job of lost) if (this.#doubtful.has(job)) this.#letGo(job);
      this.#doubtful = new Set(lost);
    } catch (error) {
      log.warn({ err: error }, "the leases could not be extended");
    }
  }

  async #missOthers(): Promise<void> {
    try {
      if (await this.#presence.endLeasesOfTheGone()) this.wake({ hasEvents: false });
    } catch (error) {
      log.debug({ err: error }, "the executor cannot see which processes are gone");
    }
  }
}
