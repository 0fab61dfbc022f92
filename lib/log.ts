import { AsyncLocalStorage } from "node:async_hooks";
import pino from "pino";
import { env } from "@/lib/env";

const context = new AsyncLocalStorage<{ requestId: string }>();

/** Gives every line that is logged during the work its request id. */
export const withRequestId = <T>(requestId: string, work: () => T): T => context.run({ requestId }, work);

export const currentRequestId = (): string | undefined => context.getStore()?.requestId;

// Names under which a secret could stand, at the top and one level down; values are removed, never shortened.
const secretNames = [
  "authorization",
  "cookie",
  "password",
  "passwordHash",
  "secret",
  "sealedSecret",
  "token",
  "tokenHash",
  "accessToken",
  "refreshToken",
  "apiToken",
];

/** Structured logs, one JSON object per line. */
export const log = pino({
  level: env().FAULTLINE_LOG_LEVEL,
  base: undefined,
  mixin: () => context.getStore() ?? {},
  redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[redacted]" },
});
