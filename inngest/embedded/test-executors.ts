import type { InngestFunction } from "inngest";
import { afterEach, beforeEach } from "vitest";
import { pool } from "@/lib/db/client";
import type { Executor, ExecutorOptions } from "./executor";
import { makeExecutor } from "./start";

/** For tests: nothing is left of what the executor knew. */
export async function emptyExecutor(): Promise<void> {
  await pool.query(
    `TRUNCATE executor.run, executor.event, executor.once, executor.window, executor.function, "Outbox" CASCADE`,
  );
}

/** For tests, at the top of a file: each begins with nothing, and the executors that it started are stopped after it. */
export function withExecutors() {
  const started: Executor[] = [];
  beforeEach(emptyExecutor);
  afterEach(async () => {
    await Promise.all(started.splice(0).map((executor) => executor.stop(0)));
  });

  /** With so long a poll, whatever begins at once does so without it. */
  async function start(
    functions: readonly InngestFunction.Any[],
    options: Partial<Omit<ExecutorOptions, "line">> = {},
  ): Promise<Executor> {
    const executor = makeExecutor({ functions, pollMs: 60_000, retryBaseMs: 5, ...options });
    started.push(executor);
    await executor.start();
    return executor;
  }
  return { started, start };
}
