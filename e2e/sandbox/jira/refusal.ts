import type { Answer } from "../faults";
import { json } from "../front";

/** What Jira does not do, in its own shape: `{errorMessages, errors}`. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly errorMessages: readonly string[],
    readonly errors: Readonly<Record<string, string>> = {},
  ) {
    super(errorMessages.join(" ") || JSON.stringify(errors));
  }

  answer(): Answer {
    return json({ errorMessages: this.errorMessages, errors: this.errors }, this.status);
  }
}

/** A refusal that names fields. */
export const fieldRefusal = (errors: Record<string, string>) => new Refusal(400, [], errors);
