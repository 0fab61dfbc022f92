import type { InngestFunction } from "inngest";
import { pool } from "@/lib/db/client";
import type { StepFailure } from "./claim";
import type { ExecutorOptions } from "./executor";
import { makeExecutor } from "./start";

type Options = Partial<Omit<ExecutorOptions, "line">> & {
  /** How long to run at most. What is due later, a long sleep for instance, counts as idle. */
  timeoutMs?: number;
};

export type StepOutcome = {
  name: string;
  op: string;
  state: string;
  attempts: number;
  output: unknown;
  error: StepFailure | null;
};

export type RunOutcome = {
  id: string;
  functionId: string;
  eventName: string;
  state: string;
  attempts: number;
  output: unknown;
  error: StepFailure | null;
  steps: StepOutcome[];
};

/**
 * For tests: runs these functions in this process, with short delays between retries, until the outbox is empty and
 * nothing is due. Returns their runs in the order of their start, those of earlier calls included. Throws when
 * something is still under way after `timeoutMs`.
 */
export async function runUntilIdle(
  functions: readonly InngestFunction.Any[],
  { timeoutMs = 30_000, ...options }: Options = {},
): Promise<RunOutcome[]> {
  const executor = makeExecutor({ functions, retryBaseMs: 5, pollMs: 250, ...options });
  const deadlineMs = Date.now() + timeoutMs;
  await executor.start();
  try {
    while (!(executor.isIdle && (await isDone(executor.functionIds, deadlineMs - Date.now())))) {
      if (Date.now() > deadlineMs)
        throw new Error(`Not idle after ${timeoutMs} ms: ${await pending(executor.functionIds)}`);
      await new Promise((done) => setTimeout(done, 5));
    }
  } finally {
    await executor.stop(100);
  }
  return runsOf(executor.functionIds);
}

async function isDone(functionIds: string[], restMs: number): Promise<boolean> {
  const { rows } = await pool.query<{ done: boolean }>(
    `SELECT NOT EXISTS (SELECT FROM "Outbox") AND NOT EXISTS (
       SELECT FROM executor.job WHERE function_id = ANY ($1)
       AND (worker IS NOT NULL OR due_at <= now() + $2 * interval '1 ms')
     ) AND NOT EXISTS (
       SELECT FROM executor.window WHERE function_id = ANY ($1) AND kind IN ('batch', 'debounce', 'event')
       AND due_at <= now() + $2 * interval '1 ms'
     ) AS done`,
    [functionIds, Math.max(0, restMs)],
  );
  return rows[0]?.done ?? false;
}

async function pending(functionIds: string[]): Promise<string> {
  const { rows } = await pool.query(
    "SELECT function_id, step_id, attempt, worker, due_at FROM executor.job WHERE function_id = ANY ($1)",
    [functionIds],
  );
  return JSON.stringify(rows);
}

/** The runs of these functions, oldest first. */
export async function runsOf(functionIds: string[]): Promise<RunOutcome[]> {
  const { rows } = await pool.query<RunOutcome>(
    `SELECT id, function_id AS "functionId", event_name AS "eventName", state, attempts, output, error,
       coalesce((SELECT json_agg(json_build_object('name', name, 'op', op, 'state', step.state,
           'attempts', step.attempts, 'output', step.output, 'error', step.error) ORDER BY seq, name)
         FROM executor.step WHERE run_id = run.id), '[]') AS steps
     FROM executor.run WHERE function_id = ANY ($1) ORDER BY created_at, id`,
    [functionIds],
  );
  return rows;
}

/** For tests: waits for a condition. Throws when it does not come true. */
export async function until(condition: () => boolean | Promise<boolean>, timeoutMs = 8000): Promise<void> {
  for (const endMs = Date.now() + timeoutMs; !(await condition()); await new Promise((done) => setTimeout(done, 10))) {
    if (Date.now() > endMs) throw new Error(`Not true after ${timeoutMs} ms: ${condition}`);
  }
}
