import { z } from "zod";
import { AppError } from "@/lib/errors";

/** The SDK's default, and Inngest's limit. */
const DEFAULT_RETRIES = 4;
const MAX_RETRIES = 20;

const triggerSchema = z.looseObject({ event: z.string().optional() });

/** What the SDK says about a function when it is asked to sync. Options that we do not support are kept to be named. */
export const functionSchema = z.looseObject({
  id: z.string().min(1),
  name: z.string(),
  triggers: z.array(triggerSchema),
  steps: z.looseObject({
    step: z.looseObject({ retries: z.object({ attempts: z.number().int().min(0).max(MAX_RETRIES) }).optional() }),
  }),
});

type Config = z.infer<typeof functionSchema>;

/** A function that the executor runs. */
export type RunnableFunction = { id: string; triggers: string[]; maxAttempts: number; config: Config };

const supportedOptions = new Set(["id", "name", "triggers", "steps"]);

/** Checks that every option of the function is supported. Throws misconfigured, naming the first that is not. */
export function runnable(config: Config): RunnableFunction {
  const unsupported = [
    ...Object.keys(config).filter((option) => config[option] !== undefined && !supportedOptions.has(option)),
    ...config.triggers.flatMap((trigger) => unsupportedIn(trigger)),
    ...Object.keys(config.steps).filter((step) => step !== "step"),
  ];
  if (unsupported.length > 0) {
    throw new AppError(
      "misconfigured",
      `Function "${config.id}" uses ${unsupported.map((option) => `"${option}"`).join(", ")}, which the embedded executor does not support. Remove it, or run the jobs on an Inngest server (INNGEST_BASE_URL).`,
    );
  }
  const retries = config.steps.step.retries?.attempts ?? DEFAULT_RETRIES;
  const triggers = config.triggers.flatMap(({ event }) => event ?? []);
  return { id: config.id, triggers, maxAttempts: retries + 1, config };
}

const unsupportedIn = (trigger: z.infer<typeof triggerSchema>): string[] => {
  // This is how the SDK registers a function's onFailure.
  if (trigger.event === "inngest/function.failed") return ["onFailure"];
  return Object.keys(trigger).filter((key) => key !== "event" && trigger[key] !== undefined);
};

/** True when an event of this name starts the function; a trigger may end in `*`. */
export function isTriggeredBy({ triggers }: Pick<RunnableFunction, "triggers">, eventName: string): boolean {
  return triggers.some((trigger) =>
    trigger.endsWith("*") ? eventName.startsWith(trigger.slice(0, -1)) : trigger === eventName,
  );
}
