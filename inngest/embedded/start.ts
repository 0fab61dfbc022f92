import type { InngestFunction } from "inngest";
import { functions as ourFunctions } from "@/inngest/functions/index";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { log } from "@/lib/log";
import { inProcess } from "./endpoint";
import { Executor, type ExecutorOptions } from "./executor";

// A reload of modules in development must not start a second one.
const kept = globalThis as typeof globalThis & { faultlineExecutor?: Executor };

type Options = Omit<ExecutorOptions, "line"> & { functions?: readonly InngestFunction.Any[] };

/** An executor for functions of this process. Throws misconfigured when there is no signing key. */
export function makeExecutor({ functions = ourFunctions, ...options }: Options = {}): Executor {
  const signingKey = env().INNGEST_SIGNING_KEY;
  if (!signingKey) {
    throw new AppError(
      "misconfigured",
      "INNGEST_SIGNING_KEY is missing: the embedded executor signs its calls with it. `npm start` generates one; without it set signkey-prod- and 64 hexadecimal digits.",
    );
  }
  return new Executor({ ...options, line: { endpoint: inProcess(functions), signingKey } });
}

/** Starts the process's executor, unless it runs already. */
export async function startExecutor(options?: Options): Promise<Executor> {
  if (kept.faultlineExecutor) return kept.faultlineExecutor;
  const executor = makeExecutor(options);
  kept.faultlineExecutor = executor;
  try {
    await executor.start();
  } catch (error) {
    if (kept.faultlineExecutor === executor) kept.faultlineExecutor = undefined;
    throw error;
  }
  // Stopped before it had begun.
  if (kept.faultlineExecutor !== executor) return executor;
  log.info({ functions: executor.functionIds }, "the embedded executor runs the jobs");
  return executor;
}

/** Stops the process's executor: see Executor.stop. */
export async function stopExecutor(graceMs?: number): Promise<void> {
  const executor = kept.faultlineExecutor;
  kept.faultlineExecutor = undefined;
  await executor?.stop(graceMs);
}
