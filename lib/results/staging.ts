import { once } from "node:events";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { newId } from "@/lib/db/ids";
import { type Entry, identityOf } from "./formats/entry";

// Columns in the order in which `encode` writes them.
const table = `
  create temp table staging (
    seq int, id uuid, "caseId" uuid, identity text, "hasTestId" bool, suite text, "className" text, name text,
    status "ResultStatus", type text, message text, stack text, output text, "durationMs" int, attempt int,
    attempts jsonb, properties jsonb, rerun bool, fingerprint uuid
  ) on commit drop`;

const special = /[\\\n\r\t]/;
const escapes: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const escaped = (text: string) => (special.test(text) ? text.replace(/[\\\n\r\t]/g, (c) => escapes[c] ?? c) : text);
const nullable = (text: string | null) => (text === null ? "\\N" : escaped(text));
const json = (value: object | null) => (value === null ? "\\N" : escaped(JSON.stringify(value)));

/** One entry as a line of COPY's text format. Ids are made here, so that any PostgreSQL serves. */
export function encode(entry: Entry, seq: number, fingerprint: string | null): string {
  const { attempts } = entry;
  return `${seq}\t${newId()}\t${newId()}\t${identityOf(entry)}\t${entry.testId !== null}\t${escaped(entry.suite)}\t${escaped(entry.className)}\t${escaped(entry.name)}\t${entry.status}\t${nullable(entry.type)}\t${nullable(entry.message)}\t${nullable(entry.stack)}\t${nullable(entry.output)}\t${entry.durationMs}\t${attempts.length + 1}\t${json(attempts.length > 0 ? attempts : null)}\t${json(entry.properties)}\t${entry.rerun}\t${fingerprint ?? "\\N"}\n`;
}

/** Rows on their way into the table `staging` of one transaction. */
export class Staging {
  readonly #copy: Writable;
  readonly #ended: Promise<void>;

  private constructor(copy: Writable) {
    this.#copy = copy;
    this.#ended = finished(copy);
    // Looked at in `end`; without this a failure before that would be an unhandled rejection.
    this.#ended.catch(() => {});
  }

  static async open(client: pg.PoolClient): Promise<Staging> {
    await client.query(table);
    return new Staging(client.query(copyFrom("copy staging from stdin")));
  }

  async write(lines: string): Promise<void> {
    if (!this.#copy.write(lines)) await Promise.race([once(this.#copy, "drain"), this.#ended]);
  }

  async end(): Promise<void> {
    this.#copy.end();
    await this.#ended;
  }

  /** Tells PostgreSQL that the rest will not come, so that the connection can roll back. */
  async abandon(): Promise<void> {
    this.#copy.destroy(new Error("the import was given up"));
    await this.#ended.catch(() => {});
  }
}
