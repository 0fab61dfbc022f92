import { departure } from "./generated/validator";

export type Validity = { valid: true } | { valid: false; errors: string[] };

/**
 * Whether Jira's schema allows the document: asked before it is sent, because Jira refuses the whole issue otherwise.
 * The first departure is the only one named. Import it lazily in the browser: the schema is 6 kB of code.
 */
export function isValidAdf(adf: unknown): Validity {
  const found = departure(adf);
  return found === "" ? { valid: true } : { valid: false, errors: [found.startsWith("/") ? found : `/${found}`] };
}
