import { expect } from "vitest";
import { OutboundError } from "./outcome";

/** For tests: the error of a call that must fail, and fail as calls to the outside do. */
export async function failureOf(call: Promise<unknown>): Promise<OutboundError> {
  const error = await call.then(
    () => expect.fail("it succeeded"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof OutboundError)) throw error;
  return error;
}
