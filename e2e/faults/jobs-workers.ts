import { type ChildProcess, fork } from "node:child_process";
import path from "node:path";
import type pg from "pg";

/** Processes that work off the jobs of one database. */
export class Workers {
  readonly #starting = new Set<ChildProcess>();
  readonly #alive = new Set<ChildProcess>();
  #isOver = false;
  readonly #env: Record<string, string>;
  readonly #file: string;

  constructor(env: Record<string, string> = {}, file = "jobs.child.ts") {
    this.#env = env;
    this.#file = path.join(import.meta.dirname, file);
  }

  get count(): number {
    return this.#alive.size;
  }

  /** Starts one more and waits until it works. */
  async add(): Promise<void> {
    const child = fork(this.#file, {
      execArgv: ["--import", "tsx"],
      env: { ...process.env, ...this.#env },
    });
    this.#starting.add(child);
    child.once("exit", () => this.#alive.delete(child));
    await new Promise<void>((resolve, reject) => {
      child.once("message", () => resolve());
      const early = (code: number | null) => reject(new Error(`A worker ended with ${code} before it worked.`));
      child.once("exit", (code) => (this.#isOver ? resolve() : early(code)));
    });
    this.#starting.delete(child);
    this.#alive.add(child);
  }

  /** Kills one of them; its process id when it died of that. */
  async kill(random: () => number): Promise<number | null> {
    const child = [...this.#alive][Math.floor(random() * this.#alive.size)];
    if (!child) return null;
    return (await end(child, "SIGKILL")).signal === "SIGKILL" ? (child.pid ?? null) : null;
  }

  /** Asks one of them to end. */
  async terminate(): Promise<End> {
    const [child] = this.#alive;
    if (!child) throw new Error("nobody works");
    return end(child, "SIGTERM");
  }

  /** Waits until one of them says the word. */
  says(word: string): Promise<void> {
    return new Promise((resolve) => {
      for (const child of this.#alive) child.on("message", (message) => message === word && resolve());
    });
  }

  end(): void {
    this.#isOver = true;
    for (const child of [...this.#starting, ...this.#alive]) child.kill("SIGKILL");
  }
}

type End = { code: number | null; signal: NodeJS.Signals | null };

function end(child: ChildProcess, by: NodeJS.Signals): Promise<End> {
  const ended = new Promise<End>((resolve) => child.once("exit", (code, signal) => resolve({ code, signal })));
  child.kill(by);
  return ended;
}

type Sql = Pick<pg.Client, "query">;

/**
 * What the workers do is counted here, beside the product's own tables: every execution of a step with the process that
 * did it, and its effect under a key, by which a repetition changes nothing.
 */
export async function makeTables(sql: Sql): Promise<void> {
  await sql.query(`
    CREATE TABLE execution (run_id uuid, step text, token uuid, seen text, pid int, at timestamptz DEFAULT clock_timestamp());
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

/** Waits until it is so and answers how long that took; `state` tells how far it has come when it is not. */
export async function until(isSo: () => Promise<boolean>, timeoutMs: number, state: () => unknown): Promise<number> {
  const startMs = Date.now();
  while (!(await isSo())) {
    if (Date.now() - startMs > timeoutMs)
      throw new Error(`Not within ${timeoutMs} ms; it stands at ${JSON.stringify(await state())}`);
    await new Promise((done) => setTimeout(done, 20));
  }
  return Date.now() - startMs;
}
