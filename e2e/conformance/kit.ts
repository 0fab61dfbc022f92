import type { InngestFunction } from "inngest";
import { inngest } from "@/inngest/client";
import { functions as ourFunctions } from "@/inngest/functions/index";
import { newId } from "@/lib/db/ids";
import type { Engine } from "./engine";

type Options = Parameters<typeof inngest.createFunction>[0];
type Body = Parameters<typeof inngest.createFunction>[1];
type Context = Parameters<Body>[0];

/** Something that a function did, and when. */
export type Note = { what: string; data: unknown; atMs: number };

const POLL_MS = 10;

/**
 * What the cases are written with: functions that note what they do, events for them, and waiting for the notes. Nothing
 * else is known of the engine, so that the same cases hold for every one.
 */
export class Kit {
  readonly engine: Engine;
  readonly #functions: InngestFunction.Any[] = [...ourFunctions];
  readonly #notes: Note[] = [];
  /** A server remembers the keys, ids and unfinished runs of earlier tests; with it none of them is mistaken for ours. */
  readonly nonce = newId();
  #sentinels = 0;

  constructor(engine: Engine) {
    this.engine = engine;
    this.fn("sentinel", {}, ({ event }) => this.note("sentinel", event.data.n));
  }

  /** A function to be served. Its event is "conformance/<id>" unless the options name triggers. */
  fn(id: string, options: Partial<Options>, body: (context: Context) => unknown): InngestFunction.Any {
    const triggers = options.triggers ?? [{ event: `conformance/${id}` }];
    const isCron = Array.isArray(triggers) && triggers.some((trigger) => "cron" in trigger);
    const made = inngest.createFunction({ ...options, id: `conformance-${id}`, triggers }, async (context) => {
      if (isCron || JSON.stringify(context.events).includes(this.nonce)) return body(context);
    });
    this.#functions.push(made);
    return made;
  }

  /** To be called inside a step or where the function ends: what stands between steps happens again and again. */
  note(what: string, data: unknown = null): void {
    this.#notes.push({ what, data, atMs: Date.now() });
  }

  notes(what: string): Note[] {
    return this.#notes.filter((note) => note.what === what);
  }

  /** Sends events to "conformance/<id>". */
  async send(id: string, ...events: Record<string, unknown>[]): Promise<void> {
    await inngest.send(events.map((data) => ({ name: `conformance/${id}`, data: { ...data, nonce: this.nonce } })));
  }

  /** The notes, as soon as there are so many. */
  async until(what: string, count = 1): Promise<Note[]> {
    await this.untilTrue(() => this.notes(what).length >= count, `${count} × ${what}`);
    return this.notes(what);
  }

  async untilTrue(isTrue: () => boolean | Promise<boolean>, name: string): Promise<void> {
    const { answerMs } = this.engine.tolerances;
    for (const endMs = Date.now() + answerMs; !(await isTrue()); await pause(POLL_MS)) {
      if (Date.now() > endMs) throw new Error(`Not within ${answerMs} ms: ${name}`);
    }
  }

  /** The notes when nothing more is to come: an event that was sent later has run, and then there was quiet. */
  async atRest(what: string): Promise<Note[]> {
    const n = ++this.#sentinels;
    await this.send("sentinel", { n });
    await this.untilTrue(() => this.notes("sentinel").some(({ data }) => data === n), "the sentinel");
    await pause(this.engine.tolerances.quietMs);
    return this.notes(what);
  }

  start(): Promise<void> {
    return this.engine.start(this.#functions);
  }
}

export const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** The data of notes. */
export const dataOf = (notes: readonly Note[]): unknown[] => notes.map(({ data }) => data);

/** The times between notes. */
export const gapsMs = (notes: readonly Note[]): number[] =>
  notes.slice(1).map(({ atMs }, index) => atMs - (notes[index]?.atMs ?? 0));
