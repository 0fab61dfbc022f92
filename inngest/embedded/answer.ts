import { z } from "zod";
import type { StepFailure } from "./claim";
import type { Answer } from "./endpoint";
import { retryAfterMs, sleepMs } from "./timing";

type StepRef = { stepId: string; name: string; op: "run" | "sleep" | "send_event" };

export type Settled = StepRef & { output: unknown; error: StepFailure | null };
export type Planned = StepRef & { waitMs: number };

/** What a call came to, in our words. */
export type Outcome =
  | { kind: "completed"; output: unknown }
  | { kind: "failed"; error: StepFailure }
  | { kind: "steps"; settled: Settled[]; planned: Planned[] }
  /** An attempt failed: of the step if there is one, else of the function. */
  | { kind: "retry"; error: StepFailure; step: StepRef | null; afterMs: number | null }
  /** It was not the function that answered: a proxy, another version, another key. */
  | { kind: "stray"; reason: string };

const errorSchema = z
  .object({ name: z.string(), message: z.string(), stack: z.string(), error: z.string() })
  .partial()
  .transform(({ name, message, error, stack }) => ({
    name: name || "Error",
    message: message ?? error ?? "No message",
    ...(stack && { stack }),
  }));

const opSchema = z.object({
  id: z.string().min(1),
  op: z.string(),
  name: z.string().nullish(),
  displayName: z.string().nullish(),
  opts: z.object({ type: z.string().nullish(), parallelMode: z.string().nullish() }).nullish(),
  data: z.unknown(),
  error: errorSchema.nullish(),
});

type Op = z.infer<typeof opSchema>;

const unreadable = (message: string): StepFailure => ({ name: "ExecutorError", message });

/** Reads the answer to a call. Never throws: an answer that makes no sense is a failure of the run. */
export function readAnswer({ status, headers, text, isAuthentic }: Answer, nowMs = Date.now()): Outcome {
  if (status === 401) return { kind: "stray", reason: "The functions refused the executor's signature." };
  if (!isAuthentic) return { kind: "stray", reason: `An answer (${status}) did not carry the functions' signature.` };

  const body = readJson(text);
  const isFinal = headers.get("x-inngest-no-retry") === "true";
  const afterMs = retryAfterMs(headers.get("retry-after"), nowMs);

  if (status === 200) return { kind: "completed", output: body };
  if (status === 206) {
    const ops = z.array(opSchema).min(1).safeParse(body);
    if (ops.success) return readOps(ops.data, { isFinal, afterMs, nowMs });
    return { kind: "failed", error: unreadable("The function's steps cannot be read.") };
  }
  const error = errorSchema.catch(unreadable(`The function answered ${status}.`)).parse(body);
  return isFinal ? { kind: "failed", error } : { kind: "retry", error, step: null, afterMs };
}

function readJson(text: string): unknown {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

type Reply = { isFinal: boolean; afterMs: number | null; nowMs: number };

function readOps(ops: Op[], { isFinal, afterMs, nowMs }: Reply): Outcome {
  const settled: Settled[] = [];
  const planned: Planned[] = [];
  for (const op of ops) {
    const unsupported = op.opts?.parallelMode ? `parallel mode "${op.opts.parallelMode}"` : unsupportedOps[op.op];
    if (unsupported) return { kind: "failed", error: notSupported(unsupported) };
    const ref = { stepId: op.id, name: op.displayName || op.name || op.id };
    const step: StepRef = { ...ref, op: op.opts?.type === "step.sendEvent" ? "send_event" : "run" };
    const error = op.error ?? unreadable("The step failed without an error.");

    if (op.op === "StepRun") settled.push({ ...step, output: op.data ?? null, error: null });
    else if (op.op === "StepFailed" || (op.op === "StepError" && isFinal))
      settled.push({ ...step, output: null, error });
    else if (op.op === "StepError") return { kind: "retry", error, step, afterMs };
    else if (op.op === "StepPlanned") planned.push({ ...step, waitMs: 0 });
    else if (op.op === "RunComplete") return { kind: "completed", output: op.data ?? null };
    else if (op.op === "Sleep") {
      try {
        planned.push({ ...ref, op: "sleep", waitMs: sleepMs(op.name ?? "", nowMs) });
      } catch (cause) {
        return { kind: "failed", error: unreadable(cause instanceof Error ? cause.message : String(cause)) };
      }
    } else return { kind: "failed", error: notSupported(op.op) };
  }
  return { kind: "steps", settled, planned };
}

// In the words of those who write functions.
const unsupportedOps: Record<string, string> = {
  WaitForEvent: "step.waitForEvent",
  WaitForSignal: "step.waitForSignal",
  InvokeFunction: "step.invoke",
  AIGateway: "step.ai",
  Gateway: "step.fetch",
};

const notSupported = (what: string): StepFailure => ({
  name: "NotSupported",
  message: `${what} is not supported by the embedded executor.`,
});
