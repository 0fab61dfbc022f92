import type { FieldErrors } from "@/lib/errors";
import type { OutboundError } from "@/lib/http/outcome";
import { redact } from "@/lib/redact";
import { limits } from "@/lib/trackers/limits";
import type { Answer } from "@/lib/trackers/read-answer";
import { failWith, usualFailure } from "@/lib/trackers/refusal";
import { rate } from "./rate";
import { wireError } from "./wire";

/** An answer outside of 2xx in our words and GitLab's own. */
export function refusalOf({ status, headers, data }: Answer, secrets: readonly string[] = []): OutboundError {
  const quoted = (text: string) => redact(text, secrets).slice(0, 300);
  const told = wireError.safeParse(data).data ?? {};
  const reasons = typeof told.message === "object" ? told.message : {};
  const words = wordsOf(told);
  const fail = failWith("GitLab", status, words && quoted(words));
  const usual = usualFailure("GitLab", fail, rate, { status, headers, text: () => "" });
  if (usual) return usual;
  if (status === 401)
    return fail("tracker_unauthorized", "GitLab did not accept the token: it is wrong, expired or revoked.");
  if (status === 403) return fail("tracker_forbidden", quoted(forbiddenReason(told)));
  if (status === 404) return fail("tracker_not_found", "GitLab does not know it, or the token may not see it.");
  // A server in front has a limit of its own, in bytes.
  if (status === 413 || isTextTooLong(reasons))
    return fail("tracker_text_too_long", tooLong, { fields: { description: tooLong } });
  if (status === 400 || status === 422) {
    return fail("tracker_refused", "GitLab refused the values.", { fields: fieldsOf(reasons, quoted) });
  }
  if (status >= 300 && status < 400) return fail("tracker_refused", "GitLab sends this call elsewhere.");
  return fail("tracker_refused", `GitLab refused (${status}).`);
}

const tooLong = "The text is longer than GitLab allows.";

type Told = { [K in keyof ReturnType<typeof wireError.parse>]?: ReturnType<typeof wireError.parse>[K] };
type Reasons = Readonly<Record<string, readonly string[]>>;

// More than any form has; a server that somebody entered may name any number.
const mostFields = 20;

function wordsOf({ message, error, error_description }: Told): string | null {
  if (typeof message === "string") return message;
  const said = Object.entries(message ?? {})
    .slice(0, mostFields)
    .flatMap(([field, texts]) => texts.slice(0, mostFields).map((text) => `${field} ${text}`.slice(0, 300)));
  return said.length > 0 ? said.join("; ") : (error_description ?? error ?? null);
}

/** https://docs.gitlab.com/api/rest/authentication/: a token without the scope is told which ones would do. */
function forbiddenReason({ error, scope }: Told): string {
  if (error !== "insufficient_scope") return "The token's account lacks a permission.";
  const scopes = (scope ?? "api").split(/\s+/).filter(Boolean).join(" or ");
  return `The token lacks a scope; this needs ${scopes}.`;
}

/** Only the words tell; the field has no code. */
const isTextTooLong = ({ description }: Reasons): boolean =>
  (description ?? []).some((text) => limits.gitlab.tooLong.test(text));

// Looked up by what a tracker says, which may be "constructor".
const ourFields = new Map([
  ["label_ids", "labels"],
  ["assignees", "assignee_ids"],
  ["milestone", "milestone_id"],
]);

function fieldsOf(reasons: Reasons, quoted: (text: string) => string): FieldErrors | undefined {
  const fields = Object.entries(reasons)
    // "base" is about the issue as a whole, "error" about the call.
    .filter(([field, texts]) => field !== "base" && field !== "error" && texts.length > 0)
    .slice(0, mostFields)
    .map(([field, texts]) => [ourFields.get(field) ?? quoted(field), quoted(texts.slice(0, mostFields).join(", "))]);
  return fields.length > 0 ? Object.fromEntries(fields) : undefined;
}
