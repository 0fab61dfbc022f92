import { AsyncLocalStorage } from "node:async_hooks";
import pino, { type DestinationStream } from "pino";
import { env } from "@/lib/env";
import { redact } from "@/lib/redact";

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

const depths = ["", "*.", "*.*.", "*.*.*."];

/**
 * Structured logs, one JSON object per line. Fields that are named like a secret are replaced, and so is whatever has
 * the shape of a credential, because a secret may also stand in a message or a stack.
 */
export const createLog = (level: string, destination?: DestinationStream) =>
  pino(
    {
      level,
      base: undefined,
      mixin: () => context.getStore() ?? {},
      redact: { paths: secretNames.flatMap((name) => depths.map((depth) => depth + name)), censor: "[redacted]" },
      hooks: { streamWrite: (line) => redact(line) },
    },
    destination ?? pino.destination(1),
  );

export const log = createLog(env().FAULTLINE_LOG_LEVEL);
