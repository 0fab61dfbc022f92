import { OutboundError } from "@/lib/http/outcome";

/** Whatever becomes of a question before the write, nothing was written. */
export const beforeWrite = <T>(question: Promise<T>): Promise<T> => question.catch(as("refused"));

/** What fails after a write that was accepted must not pass for a refusal of the write. */
export const afterWrite = <T>(question: Promise<T>): Promise<T> => question.catch(as("unknown"));

const as =
  (outcome: OutboundError["outcome"]) =>
  (error: unknown): never => {
    if (!(error instanceof OutboundError) || error.outcome === outcome) throw error;
    const { kind, message, status, cause, fields, retryAt } = error;
    const more = { ...(status !== undefined && { status }), ...(fields && { fields }), ...(retryAt && { retryAt }) };
    throw new OutboundError(kind, message, { outcome, cause, ...more });
  };
