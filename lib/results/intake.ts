import type pg from "pg";
import { pool } from "@/lib/db/client";
import type { Algorithm } from "@/lib/triage/algorithm";
import { Hashes } from "@/lib/triage/hashes";
import { Slots } from "@/lib/upload/slots";
import { type Counts, type Entry, noCounts } from "./formats/entry";
import { encode, Staging } from "./staging";
import { isFailing } from "./statuses";

// The pool has 20 connections; imports leave the larger half to everybody else, however slowly their bodies arrive.
const slots = new Slots(6);

// Most files are read completely before they need a connection.
const bufferedChars = 1_048_576;

/** The way of one file's entries into the staging table, in a transaction that opens when it must. */
export class Intake {
  readonly read: Counts = noCounts();
  cases = 0;
  readonly #hashes: Hashes;
  #lines = "";
  #client: pg.PoolClient | null = null;
  #staging: Staging | null = null;

  constructor(algorithm: Algorithm) {
    this.#hashes = new Hashes(algorithm);
  }

  async add(entries: Entry[]): Promise<void> {
    for (const entry of entries) {
      this.read[entry.status] += 1;
      this.#lines += encode(entry, this.cases, isFailing(entry.status) ? this.#hashes.of(entry) : null);
      this.cases += 1;
    }
    if (this.#lines.length > bufferedChars || this.#staging) await this.#flush();
  }

  /** Ends the file and hands out the connection, on which the transaction is open. */
  async staged(): Promise<pg.PoolClient> {
    await this.#flush();
    await this.#staging?.end();
    this.#staging = null;
    if (!this.#client) throw new Error("the transaction was not opened");
    return this.#client;
  }

  /** Ends the transaction: all of it, or nothing. */
  async settle(outcome: "commit" | "rollback"): Promise<void> {
    const client = this.#client;
    if (!client) return;
    this.#client = null;
    let fault: Error | undefined;
    try {
      await this.#staging?.abandon();
      await client.query(outcome);
    } catch (error) {
      fault = error instanceof Error ? error : new Error(String(error));
      if (outcome === "commit") throw error;
    } finally {
      // A connection that could not roll back is closed, which rolls back as well.
      client.release(fault);
      slots.give();
    }
  }

  async #flush(): Promise<void> {
    this.#staging ??= await this.#open();
    const lines = this.#lines;
    this.#lines = "";
    if (lines.length > 0) await this.#staging.write(lines);
  }

  async #open(): Promise<Staging> {
    await slots.take();
    try {
      this.#client = await pool.connect();
    } catch (error) {
      slots.give();
      throw error;
    }
    await this.#client.query("begin");
    return Staging.open(this.#client);
  }
}
