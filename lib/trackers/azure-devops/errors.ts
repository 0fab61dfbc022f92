import type { ErrorKind, FieldErrors } from "@/lib/errors";
import { OutboundError, outcomeOfStatus } from "@/lib/http/outcome";
import { retryAtOf } from "@/lib/http/retry-after";
import { redact } from "@/lib/redact";
import { rate } from "./rate";
import { type WireError, wireError } from "./wire";

export type Answer = { readonly status: number; readonly headers: Headers; readonly text: string };

/** An answer outside of 2xx, in our words and Azure DevOps's own, without the secrets given. */
export function refusalOf(answer: Answer, secrets: readonly string[] = []): OutboundError {
  const { status, headers, text } = answer;
  const quoted = (words: string) => redact(words, secrets).slice(0, 300);
  const error = wireError.safeParse(parse(text)).data ?? null;
  const fail = (kind: ErrorKind, ours: string, more: { retryAt?: Date; fields?: FieldErrors | undefined } = {}) => {
    const message = error?.message ? `${ours} Azure DevOps says: “${quoted(error.message)}”.` : ours;
    const isRefused = kind === "tracker_unauthorized" || outcomeOfStatus(status) === "refused";
    const outcome = isRefused ? "refused" : "unknown";
    return new OutboundError(kind, message, { outcome, status, ...withFields(more) });
  };

  if (rate.isLimited({ status, headers, text: () => text })) {
    const resetHeader = headers.get(rate.headers.remaining) === "0" ? rate.headers.reset : undefined;
    const retryAt = retryAtOf(headers, { resetHeader, fallbackMs: rate.waitMs });
    return new OutboundError("tracker_rate_limited", "Azure DevOps asks us to wait.", {
      outcome: "refused",
      status,
      retryAt,
    });
  }
  if (isSignIn(answer) || status === 401) {
    return fail(
      "tracker_unauthorized",
      "Azure DevOps did not accept the token: it is wrong, expired or revoked, or lacks a scope.",
    );
  }
  if (codeOf(error) === "TF401289") return fail("tracker_forbidden", tagPermission);
  if (status === 403) return fail("tracker_forbidden", "The token lacks a permission.");
  if (status === 404) return fail("tracker_not_found", "Azure DevOps does not know it, or the token may not see it.");
  // Of a revision that is another one than was read some servers say 400.
  const isStale = error?.typeKey === "TestPatchOperationFailedException";
  if (status === 409 || status === 412 || isStale)
    return fail("conflict", "It was changed on Azure DevOps in the meantime.");
  if (status >= 300 && status < 400) {
    return fail("tracker_refused", "It has moved to another address: enter that one for the integration.");
  }
  if (status === 408) return fail("timed_out", "Azure DevOps gave up waiting.");
  if (status >= 500) {
    return fail(
      "tracker_failed",
      `Azure DevOps failed (${status}).`,
      headers.has("retry-after") ? { retryAt: retryAtOf(headers) } : {},
    );
  }
  const broken = brokenRules(error);
  const isTooLong = broken.some(({ field, flags }) => field === "description" && /\binvalidTooLong\b/i.test(flags));
  // The title is measured before it is sent, so that this is about the text.
  if (isTooLong || codeOf(error) === "TF401324") {
    const message = "The text is longer than Azure DevOps allows.";
    return fail("tracker_text_too_long", message, { fields: { description: message } });
  }
  const fields = Object.fromEntries(
    broken.map(({ field, flags, said }) => [quoted(field), wordsOf(flags) ?? quoted(said)]),
  );
  return broken.length > 0
    ? fail("tracker_refused", "Azure DevOps refused the values.", { fields })
    : fail("tracker_refused", `Azure DevOps refused (${status}).`);
}

/** Throws what a read before a write failed with: the write itself was not made. */
export function notSent(error: unknown): never {
  if (!(error instanceof OutboundError) || error.outcome === "refused") throw error;
  const { kind, message, status, cause, fields, retryAt } = error;
  throw new OutboundError(kind, message, {
    outcome: "refused",
    cause,
    ...withFields({ fields, ...(retryAt && { retryAt }) }),
    ...(status !== undefined && { status }),
  });
}

const withFields = ({ fields, ...more }: { retryAt?: Date; fields?: FieldErrors | undefined }) => ({
  ...more,
  ...(fields && { fields }),
});

const tagPermission =
  "The token's account may not create tags, and Faultline marks what it creates with one until the issue is safely " +
  "known. A project administrator allows “Create tag definition” in the project's permissions.";

/**
 * The API answers a wrong token with the page that people sign in on: with status 203, which nothing else has, or by
 * sending there. A gateway in front of a Server has a form of its own, with status 200.
 */
export function isSignIn({ status, headers, text }: Answer): boolean {
  const isPage = text.trimStart().startsWith("<");
  if (status === 203) return isPage;
  if (status === 200) return isPage && /<input[^>]{1,500}type=["']?password/i.test(text.slice(0, longestPageChars));
  if (status < 300 || status >= 400) return false;
  const location = headers.get("location") ?? "";
  return /\/_signin\b|^https:\/\/login\.(?:microsoftonline\.com|live\.com)\//.test(location);
}
const longestPageChars = 256 * 1024;

/** "TF401320": every message of the service begins with the code of its kind. */
const codeOf = (error: WireError | null) => /^(TF|VS)\d{5,6}/.exec(error?.message ?? "")?.[0];

// Looked up by what a tracker says.
const ourFields = new Map([
  ["System.Title", "title"],
  ["System.Description", "description"],
  ["Microsoft.VSTS.TCM.ReproSteps", "description"],
  ["System.Tags", "labels"],
]);
// More than any form shows at once; a server that somebody entered may name any number.
const mostFields = 20;

/** The rules of the type that the values break, by our name of the field or Azure DevOps's. */
function brokenRules(error: WireError | null): { field: string; flags: string; said: string }[] {
  const { RuleValidationErrors: rules, ...one } = error?.customProperties ?? {};
  const all = rules?.length
    ? rules
    : [
        {
          fieldReferenceName: one.FieldReferenceName,
          fieldStatusFlags: one.FieldStatusFlags,
          errorMessage: one.ErrorMessage,
        },
      ];
  return all.slice(0, mostFields).flatMap(({ fieldReferenceName: name, fieldStatusFlags, errorMessage }) =>
    name
      ? [
          {
            field: ourFields.get(name) ?? name,
            flags: fieldStatusFlags ?? "",
            said: errorMessage ?? "was not accepted",
          },
        ]
      : [],
  );
}

/** What a rule's flags mean; the message beside them is for developers. */
function wordsOf(flags: string): string | null {
  const found = meanings.find(([flag]) => new RegExp(`\\b${flag}\\b`, "i").test(flags));
  return found ? found[1] : null;
}
const meanings = [
  ["invalidEmpty", "is required"],
  ["invalidTooLong", "is too long"],
  ["invalidListValue", "is not one of the values to choose from"],
  ["invalidNotEmpty", "has to stay empty"],
  ["invalidDate", "is not a date"],
  ["invalidType", "is not of the right kind"],
  ["invalidFormat", "is not written as it has to be"],
  ["invalidIdentityField", "is nobody who can be assigned"],
  ["invalidPath", "is not in the tree"],
  ["readOnly", "cannot be changed"],
] as const;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
