import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import type pg from "pg";

/** Processes that work off the jobs of one database. */
export class Workers {
  readonly #alive = new Set<ChildProcess>();
  readonly #env: NodeJS.ProcessEnv;

  constructor(env: NodeJS.ProcessEnv = {}) {
    this.#env = env;
  }

  get count(): number {
    return this.#alive.size;
  }

  /** Starts one more and waits until it works. */
  async add(): Promise<void> {
    const child = fork(path.join(import.meta.dirname, "jobs.child.ts"), {
      execArgv: ["--import", "tsx"],
      env: { ...process.env, ...this.#env },
    });
    this.#alive.add(child);
    child.once("exit", () => this.#alive.delete(child));
    await new Promise<void>((resolve, reject) => {
      child.once("message", () => resolve());
      child.once("exit", (code, signal) => signal !== "SIGKILL" && reject(new Error(`A worker ended with ${code}.`)));
    });
  }

  /** Kills one of them; true when it died of that. */
  async kill(random: () => number): Promise<boolean> {
    const child = [...this.#alive][Math.floor(random() * this.#alive.size)];
    if (!child) return false;
    const signal = new Promise((resolve) => child.once("exit", (_, how) => resolve(how)));
    child.kill("SIGKILL");
    return (await signal) === "SIGKILL";
  }

  end(): void {
    for (const child of this.#alive) child.kill("SIGKILL");
  }
}

type Sql = Pick<pg.Client, "query">;

/** What the workers do is counted here, beside the product's own tables. */
export async function makeTables(sql: Sql): Promise<void> {
  await sql.query(`
    CREATE TABLE execution (run_id uuid, step text, token uuid, seen text, at timestamptz DEFAULT clock_timestamp());
    CREATE TABLE effect (run_id uuid, step text, token uuid, at timestamptz DEFAULT clock_timestamp(),
      PRIMARY KEY (run_id, step))`);
}

/** Puts events into the outbox, as `send` does, however many. */
export async function emit(sql: Sql, name: string, count: number, data: object = {}): Promise<void> {
  await sql.query(
    `INSERT INTO "Outbox" (id, name, data) SELECT gen_random_uuid(), $1, $2 FROM generate_series(1, $3)`,
    [name, JSON.stringify(data), count],
  );
}

/** How many runs of a function have ended, and how. */
export async function countRuns(sql: Sql, functionId: string): Promise<Record<string, number>> {
  const { rows } = await sql.query<{ state: string; n: number }>(
    "SELECT state, count(*)::int AS n FROM executor.run WHERE function_id = $1 GROUP BY 1",
    [functionId],
  );
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}

/** Waits until it is so; `look` sees how far it has come. Answers how long that took. */
export async function until(isSo: () => Promise<boolean>, timeoutMs: number, name: string): Promise<number> {
  const startMs = Date.now();
  while (!(await isSo())) {
    if (Date.now() - startMs > timeoutMs) throw new Error(`Not within ${timeoutMs} ms: ${name}`);
    await new Promise((done) => setTimeout(done, 20));
  }
  return Date.now() - startMs;
}
