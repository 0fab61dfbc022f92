import { z } from "zod";
import { checkExpression } from "./cel";
import type { StepFailure } from "./claim";
import type { Answer } from "./endpoint";
import { retryAfterMs, sleepMs } from "./timing";

type StepRef = { stepId: string; name: string; op: "run" | "sleep" | "send_event" | "wait" | "invoke" };

export type Settled = StepRef & { output: unknown; error: StepFailure | null };
export type Planned = StepRef & {
  /** How long a sleep lasts, and anything else but a call at most. */
  waitMs: number;
  /** The function is to be called as soon as this step is settled. */
  race: boolean;
  /** The event that a wait ends with. */
  wait?: { event: string; expression: string | null };
  invoke?: { functionId: string; data: Record<string, unknown> };
};

/** What a call came to, in our words. */
export type Outcome =
  | { kind: "completed"; output: unknown }
  | { kind: "failed"; error: StepFailure }
  /** Steps that are settled, and all others that the function has found; it may have told of them before. */
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
  opts: z
    .object({
      type: z.string().nullish(),
      parallelMode: z.string().nullish(),
      timeout: z.string().nullish(),
      if: z.string().nullish(),
      function_id: z.string().nullish(),
      payload: z.object({ data: z.record(z.string(), z.unknown()).nullish() }).nullish(),
    })
    .nullish(),
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
    const mode = op.opts?.parallelMode ?? "race";
    if (mode !== "race") return { kind: "failed", error: notSupported(`parallel mode "${mode}"`) };
    const step: StepRef = {
      stepId: op.id,
      name: op.displayName || op.name || op.id,
      op: op.opts?.type === "step.sendEvent" ? "send_event" : "run",
    };
    const error = op.error ?? unreadable("The step failed without an error.");

    if (op.op === "StepRun") settled.push({ ...step, output: op.data ?? null, error: null });
    else if (op.op === "StepFailed" || (op.op === "StepError" && isFinal))
      settled.push({ ...step, output: null, error });
    else if (op.op === "StepError") return { kind: "retry", error, step, afterMs };
    else if (op.op === "RunComplete") return { kind: "completed", output: op.data ?? null };
    else {
      try {
        planned.push({ ...step, ...readPlan(op, nowMs), race: op.opts?.parallelMode === "race" });
      } catch (cause) {
        if (cause instanceof NotSupported) return { kind: "failed", error: notSupported(cause.message) };
        return { kind: "failed", error: unreadable(cause instanceof Error ? cause.message : String(cause)) };
      }
    }
  }
  return { kind: "steps", settled, planned };
}

/** Inngest's own limit to an invocation that names none. */
const INVOKE_MS = 365 * 86_400_000;

/** What a step that is not settled waits for. Throws on what cannot be read, NotSupported on what we do not have. */
function readPlan({ op, name, opts }: Op, nowMs: number): Partial<Planned> & Pick<Planned, "waitMs"> {
  const timeout = opts?.timeout;
  switch (op) {
    case "StepPlanned":
      return { waitMs: 0 };
    case "Sleep":
      return { op: "sleep", waitMs: sleepMs(name ?? "", nowMs) };
    case "WaitForEvent": {
      const expression = opts?.if ?? null;
      if (!name || !timeout) throw new Error("A wait for an event names the event and how long to wait.");
      if (expression !== null) check(expression);
      return { op: "wait", waitMs: sleepMs(timeout, nowMs), wait: { event: name, expression } };
    }
    case "InvokeFunction": {
      const functionId = opts?.function_id;
      if (!functionId) throw new Error("An invocation names its function.");
      const invoke = { functionId, data: opts.payload?.data ?? {} };
      return { op: "invoke", waitMs: timeout ? sleepMs(timeout, nowMs) : INVOKE_MS, invoke };
    }
    default:
      throw new NotSupported(unsupportedOps[op] ?? op);
  }
}

// As on Inngest's own server a mistake is told at once: the wait could come to nothing but its timeout.
function check(expression: string): void {
  try {
    checkExpression(expression);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The expression "${expression}" of a wait cannot be evaluated: ${why}`);
  }
}

class NotSupported extends Error {}

// In the words of those who write functions.
const unsupportedOps: Record<string, string> = {
  WaitForSignal: "step.waitForSignal",
  AIGateway: "step.ai",
  Gateway: "step.fetch",
  DeferAdd: "defer",
  DeferAbort: "defer",
};

const notSupported = (what: string): StepFailure => ({
  name: "NotSupported",
  message: `${what} is not supported by the embedded executor.`,
});
