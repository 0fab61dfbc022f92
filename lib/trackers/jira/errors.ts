import type { FieldErrors } from "@/lib/errors";
import type { OutboundError } from "@/lib/http/outcome";
import { redact } from "@/lib/redact";
import { limits } from "@/lib/trackers/limits";
import type { Answer } from "@/lib/trackers/read-answer";
import { failWith, usualFailure } from "@/lib/trackers/refusal";
import { rate } from "./rate";
import { type WireError, wireError } from "./wire";

/** An answer outside of 2xx in our words and Jira's own, without the secrets given. */
export function refusalOf({ status, headers, data }: Answer, secrets: readonly string[] = []): OutboundError {
  const quoted = (text: string) => redact(text, secrets).slice(0, 300);
  const { data: error } = wireError.safeParse(data);
  const said = error ? sentenceOf(error) : null;
  const fail = failWith("Jira", status, said && quoted(said));
  const usual = usualFailure("Jira", fail, rate, { status, headers, text: () => "" });
  if (usual) return usual;
  if (asksForCaptcha(headers)) {
    const way = "Sign in to Jira once in a browser with this account, or use a personal access token.";
    return fail("tracker_unauthorized", `Jira asks for a CAPTCHA after failed sign-ins. ${way}`);
  }
  // The gateway in front of Cloud answers a token without the scope as it answers an expired one; only its words differ.
  if (status === 401 && /scope does not match/i.test(said ?? ""))
    return fail("tracker_forbidden", "The token lacks a scope that this needs.");
  if (status === 401) return fail("tracker_unauthorized", unauthorizedReason(headers));
  if (status === 403) return fail("tracker_forbidden", "The account may not do this in Jira.");
  if (status === 404) return fail("tracker_not_found", "Jira does not know it, or the account may not see it.");
  if (status === 413) return fail("tracker_refused", "It is larger than Jira allows.");
  if (status === 400 && isTextTooLong(error))
    return fail("tracker_text_too_long", tooLong, { fields: { description: tooLong } });
  if (status >= 300 && status < 400) return fail("tracker_refused", "Jira has moved to another address.");
  return fail("tracker_refused", status === 400 ? "Jira refused the values." : `Jira refused (${status}).`, {
    fields: fieldsOf(error, quoted),
  });
}

const tooLong = "The text is longer than Jira allows.";

/** https://confluence.atlassian.com/jirakb/rest-api-calls-with-captcha-challenge */
const asksForCaptcha = (headers: Headers) =>
  /captcha/i.test(headers.get("x-authentication-denied-reason") ?? "") ||
  headers.get("x-seraph-loginreason") === "AUTHENTICATION_DENIED";

const unauthorizedReason = (headers: Headers) =>
  headers.get("x-seraph-loginreason") === "AUTHENTICATED_FAILED"
    ? "Jira did not accept the user name, the password or the token."
    : "Jira did not accept the credential: it is wrong, expired or revoked.";

const sentenceOf = ({ errorMessages, message, errors }: WireError): string | null =>
  [...errorMessages, ...(message ? [message] : []), ...Object.values(errors)].slice(0, 5).join(" ") || null;

/** Newer servers say so by a code, older ones only in words. */
function isTextTooLong(error: WireError | undefined): boolean {
  if (!error) return false;
  const about = Object.keys(error.errors);
  // A summary is too long in the same words.
  if (about.length > 0 && !about.includes("description")) return false;
  return limits.jira.tooLong.test(error.errors.description ?? error.errorMessages.join(" "));
}

// Looked up by what a tracker says, which may be "constructor".
const ourFields = new Map([
  ["summary", "title"],
  ["project", "projectKey"],
  ["issuetype", "typeId"],
]);

// More than any form shows at once; a server that somebody entered may name any number.
const mostFields = 50;

function fieldsOf(error: WireError | undefined, quoted: (text: string) => string): FieldErrors | undefined {
  const fields = Object.entries(error?.errors ?? {})
    .slice(0, mostFields)
    .map(([field, message]) => [ourFields.get(field) ?? quoted(field), quoted(message)] as const);
  return fields.length > 0 ? Object.fromEntries(fields) : undefined;
}
