import { z } from "zod";
import { AppError } from "@/lib/errors";
import { mistakesOf } from "./flow/check";
import { durationMs } from "./timing";

/** The SDK's default, and Inngest's limit. */
const DEFAULT_RETRIES = 4;
const MAX_RETRIES = 20;

const duration = z.string().transform((text, context) => {
  const ms = durationMs(text);
  if (ms !== null) return ms;
  context.addIssue(`"${text}" is not a duration`);
  return z.NEVER;
});
const expression = z.string().min(1);
const limit = z.number().int().positive();

// Strict everywhere: an option that is unknown here must be refused by name, never ignored.
const triggerSchema = z.union([
  z.strictObject({ event: z.string().min(1), expression: expression.optional() }),
  z.strictObject({ cron: z.string().min(1), jitter: duration.optional() }),
]);
const concurrencySchema = z.strictObject({
  limit: z.number().int().nonnegative(),
  key: expression.optional(),
  scope: z.enum(["fn", "env", "account"]).default("fn"),
});

/**
 * What the SDK says about a function when it is asked to sync, as Inngest's own server is told.
 * https://www.inngest.com/docs/reference/functions/create
 */
export const functionSchema = z.strictObject({
  id: z.string().min(1),
  name: z.string(),
  triggers: z.array(triggerSchema),
  steps: z.strictObject({
    step: z.looseObject({
      retries: z.looseObject({ attempts: z.number().int().min(0).max(MAX_RETRIES) }).optional(),
    }),
  }),
  concurrency: z
    .union([
      limit.transform((n) => [concurrencySchema.parse({ limit: n })]),
      concurrencySchema.transform((one) => [one]),
      z.array(concurrencySchema).max(2),
    ])
    .optional(),
  throttle: z
    .strictObject({
      limit,
      period: duration,
      key: expression.optional(),
      burst: z.number().int().positive().optional(),
    })
    .optional(),
  rateLimit: z.strictObject({ limit, period: duration, key: expression.optional() }).optional(),
  idempotency: expression.optional(),
  debounce: z.strictObject({ period: duration, timeout: duration.optional(), key: expression.optional() }).optional(),
  batchEvents: z
    .strictObject({ maxSize: limit, timeout: duration, key: expression.optional(), if: expression.optional() })
    .optional(),
  priority: z.strictObject({ run: expression }).optional(),
  singleton: z.strictObject({ key: expression.optional(), mode: z.enum(["skip", "cancel"]) }).optional(),
  cancel: z
    .array(z.strictObject({ event: z.string().min(1), if: expression.optional(), timeout: duration.optional() }))
    .optional(),
  timeouts: z.strictObject({ start: duration.optional(), finish: duration.optional() }).optional(),
});

/** A function as it describes itself; durations are milliseconds. */
export type FunctionConfig = z.output<typeof functionSchema>;

/** A function that the executor runs. */
export type RunnableFunction = { id: string; maxAttempts: number; config: FunctionConfig };

/** Reads a function's description. Throws misconfigured, naming what is not supported or cannot work. */
export function runnable(raw: unknown): RunnableFunction {
  const parsed = functionSchema.safeParse(raw);
  if (!parsed.success) {
    const { data: named } = z.object({ id: z.string() }).safeParse(raw);
    throw new AppError(
      "misconfigured",
      `Function "${named?.id ?? "without an id"}" uses what the embedded executor does not support: ${told(parsed.error)}. Remove it, or run the jobs on an Inngest server (INNGEST_BASE_URL).`,
    );
  }
  const config = parsed.data;
  const mistakes = mistakesOf(config);
  if (mistakes.length > 0) {
    throw new AppError(
      "misconfigured",
      `Function "${config.id}" cannot run as it is described: ${mistakes.join("; ")}.`,
    );
  }
  return { id: config.id, maxAttempts: (config.steps.step.retries?.attempts ?? DEFAULT_RETRIES) + 1, config };
}

const told = (error: z.ZodError) =>
  error.issues
    .map((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => `"${key}"`).join(", ")
        : `${issue.path.join(".")} ${issue.message}`,
    )
    .join("; ");
