import { AppError } from "@/lib/errors";
import { OutboundError } from "@/lib/http/outcome";
import { redact } from "@/lib/redact";

/**
 * The error of a call without what a tracker has repeated of the credential in it. Adapters quote trackers in many places;
 * here none of them can be forgotten. The cause stays behind, for it may repeat the same.
 */
export function withoutSecrets(error: unknown, secrets: readonly string[]): unknown {
  if (!(error instanceof AppError)) return error;
  const { kind, message, fields, retryAt } = error;
  const holds = (text: string) => redact(text, secrets) !== redact(text);
  if (![message, ...Object.entries(fields ?? {}).flat()].some(holds)) return error;

  const clean = (text: string) => redact(text, secrets);
  const details = {
    ...(fields && {
      fields: Object.fromEntries(Object.entries(fields).map(([name, text]) => [clean(name), clean(text)])),
    }),
    ...(retryAt && { retryAt }),
  };
  if (!(error instanceof OutboundError)) return new AppError(kind, clean(message), details);
  const { outcome, status } = error;
  return new OutboundError(kind, clean(message), { ...details, outcome, ...(status !== undefined && { status }) });
}
