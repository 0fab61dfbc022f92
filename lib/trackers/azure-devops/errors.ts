import type { OutboundError } from "@/lib/http/outcome";
import { redact } from "@/lib/redact";
import { dataOf, isSignInPage } from "@/lib/trackers/read-answer";
import { failWith, usualFailure } from "@/lib/trackers/refusal";
import { rate } from "./rate";
import { type WireError, wireError } from "./wire";

export type Answer = { readonly status: number; readonly headers: Headers; readonly text: string };

/** An answer outside of 2xx, in our words and Azure DevOps's own, without the secrets given. */
export function refusalOf(answer: Answer, secrets: readonly string[] = []): OutboundError {
  const { status, headers, text } = answer;
  const quoted = (words: string) => redact(words, secrets).slice(0, 300);
  const error = wireError.safeParse(dataOf(text)).data ?? null;
  const fail = failWith("Azure DevOps", status, error?.message ? quoted(error.message) : null);
  const usual = usualFailure("Azure DevOps", fail, rate, { status, headers, text: () => text });
  if (usual) return usual;
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
  if (status === 200) return isPage && isSignInPage(text);
  if (status < 300 || status >= 400) return false;
  const location = headers.get("location") ?? "";
  return /\/_signin\b|^https:\/\/login\.(?:microsoftonline\.com|live\.com)\//.test(location);
}

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
