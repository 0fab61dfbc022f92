import { AsyncLocalStorage } from "node:async_hooks";
import { Middleware, NonRetriableError, RetryAfterError, StepError } from "inngest";
import { AppError, errorKinds } from "@/lib/errors";
import { log, withRequestId } from "@/lib/log";

type Sending = { runId: string; stepId: string };

const sending = new AsyncLocalStorage<Sending>();

/** The `step.sendEvent` that is running, if one is: events that it sends get their ids from it. */
export const currentSending = (): Sending | undefined => sending.getStore();

const ownErrors = [NonRetriableError, RetryAfterError];

/**
 * Says in Inngest's words what an error means for a repetition, and takes away its cause: step errors are stored, and
 * a cause may hold what a tracker answered.
 */
export function toInngestError(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  // The SDK tells a failed step's error by its identity. The step has already been through here.
  if (error instanceof StepError) return error;

  if (ownErrors.some((kind) => error instanceof kind)) return Object.assign(error, { cause: undefined });

  let translated = new Error(error.message);
  translated.name = error.name;
  if (error instanceof AppError) {
    if (errorKinds[error.kind].retry === "never") translated = new NonRetriableError(error.message);
    else if (error.retryAt) translated = new RetryAfterError(error.message, error.retryAt);
    // The SDK knows its own errors by their class, so the name is free to say the kind.
    translated.name = error.kind;
  }
  translated.stack = error.stack ?? "";
  return translated;
}

/** Brings our errors, the run's id in each log line and repeatable event ids to every function. */
export class StepErrors extends Middleware.BaseMiddleware {
  readonly id = "step-errors";

  override wrapRequest({ runId, next }: Middleware.WrapRequestArgs) {
    return withRequestId(runId, next);
  }

  override wrapStepHandler({ ctx, stepInfo, next }: Middleware.WrapStepHandlerArgs) {
    const work = () => translate(next, { step: stepInfo.options.id });
    if (stepInfo.stepType !== "sendEvent") return work();
    return sending.run({ runId: ctx.runId, stepId: stepInfo.hashedId }, work);
  }

  override wrapFunctionHandler({ fn, next }: Middleware.WrapFunctionHandlerArgs) {
    return translate(next, { function: fn.opts.id });
  }
}

async function translate<T>(work: () => Promise<T>, where: { step?: string; function?: string }): Promise<T> {
  try {
    return await work();
  } catch (error) {
    // What the SDK logs and stores has lost its cause; a failed step has been logged where it failed.
    if (!(error instanceof StepError)) log.warn({ err: error, ...where }, "a job's attempt failed");
    throw toInngestError(error);
  }
}
