import { z } from "zod";
import type { ErrorKind, FieldErrors } from "@/lib/errors";
import { OutboundError } from "@/lib/http/outcome";
import { retryAtOf } from "@/lib/http/retry-after";
import { redact } from "@/lib/redact";
import { limits } from "@/lib/trackers/limits";
import type { Answer } from "@/lib/trackers/read-answer";
import { failWith, usualFailure } from "@/lib/trackers/refusal";
import { rate } from "./rate";
import { type WireGraphqlErrors, wireError } from "./wire";

// octokit's RequestError by its shape: the class lives in a package of its own, of which there may be several.
const requestError = z.object({
  name: z.literal("HttpError"),
  cause: z.unknown(),
  request: z.object({ method: z.string() }),
  response: z
    .object({
      status: z.number(),
      headers: z.record(z.string(), z.union([z.string(), z.number()]).optional()),
      data: z.unknown(),
    })
    .optional(),
});

/**
 * Any failure of an octokit call as ours, without the secrets given. A RequestError without a response is the
 * transport's own failure inside.
 */
export function toOutboundError(error: unknown, secrets: readonly string[] = []): OutboundError {
  if (error instanceof OutboundError) return error;
  const { data: http } = requestError.safeParse(error);
  if (http?.cause instanceof OutboundError) return http.cause;
  if (!http?.response) {
    // octokit gives a call without an answer the status 500. Its error holds the token, so it is not kept as a cause.
    return new OutboundError("tracker_failed", "The call to GitHub failed.", { outcome: "unknown" });
  }
  const { status, headers, data } = http.response;
  return refusalOf({ status, headers: toHeaders(headers), data }, http.request.method, secrets);
}

/** An answer outside of 2xx in our words and GitHub's own. */
export function refusalOf(
  { status, headers, data }: Answer,
  method: string,
  secrets: readonly string[] = [],
): OutboundError {
  const quoted = (text: string) => redact(text, secrets).slice(0, 300);
  const parsed = wireError.safeParse(data);
  const said = parsed.success ? quoted(parsed.data.message) : null;
  const fail = failWith("GitHub", status, said);
  const usual = usualFailure("GitHub", fail, rate, { status, headers, text: () => JSON.stringify(data) });
  if (usual) return usual;
  if (status === 401)
    return fail("tracker_unauthorized", "GitHub did not accept the token: it is wrong, expired or revoked.");
  if (status === 403) return fail("tracker_forbidden", quoted(forbiddenReason(headers)));
  if (status === 404) return fail("tracker_not_found", "GitHub does not know it, or the token may not see it.");
  if (status === 410) {
    return method === "GET"
      ? fail("tracker_not_found", "It was deleted on GitHub.")
      : fail("tracker_refused", "Issues are switched off in this repository.");
  }
  if (status === 422 && isTextTooLong(parsed.data?.errors))
    return fail("tracker_text_too_long", tooLong, { fields: { description: tooLong } });
  if (status === 422)
    return fail("tracker_refused", "GitHub refused the values.", { fields: fieldsOf(parsed.data?.errors, quoted) });
  if (status >= 300 && status < 400) return fail("tracker_refused", "The repository has moved on GitHub.");
  return fail("tracker_refused", `GitHub refused (${status}).`);
}

const graphqlKinds = new Map<string, ErrorKind>([
  ["NOT_FOUND", "tracker_not_found"],
  ["FORBIDDEN", "tracker_forbidden"],
  ["INSUFFICIENT_SCOPES", "tracker_forbidden"],
  ["RATE_LIMITED", "tracker_rate_limited"],
  ["RATE_LIMIT", "tracker_rate_limited"],
  ["VALIDATION", "tracker_refused"],
  ["UNPROCESSABLE", "tracker_refused"],
  ["MAX_NODE_LIMIT_EXCEEDED", "tracker_refused"],
]);

/**
 * The errors of a GraphQL answer, told apart by their type. One without a type may be a failure midway, so that nobody
 * knows what a mutation has done.
 */
export function refusalOfGraphql(errors: WireGraphqlErrors, headers: Headers, isRead: boolean): OutboundError {
  const { type = "", message } = errors.find((one) => graphqlKinds.has(one.type ?? "")) ?? errors[0] ?? { message: "" };
  const said = redact(message, []).slice(0, 300);
  const kind = graphqlKinds.get(type);
  if (kind === "tracker_rate_limited") {
    const retryAt = retryAtOf(headers, { resetHeader: rate.headers.reset, fallbackMs: rate.waitMs });
    return new OutboundError(kind, "GitHub asks us to wait.", { outcome: "refused", status: 200, retryAt });
  }
  const ours = kind === "tracker_forbidden" ? "The token lacks a permission." : "GitHub refused.";
  return new OutboundError(kind ?? (isRead ? "tracker_refused" : "tracker_failed"), `${ours} GitHub says: “${said}”.`, {
    outcome: kind || isRead ? "refused" : "unknown",
    status: 200,
  });
}

const tooLong = "The text is longer than GitHub allows.";

/** Only the words tell: the code of this error is "custom". */
const isTextTooLong = (errors: WireErrors | undefined): boolean =>
  (errors ?? []).some(
    ({ field, code, message = "" }) =>
      (field === "body" || (!field && /^body\b/i.test(message))) &&
      (code === "too_long" || limits.github.tooLong.test(message)),
  );

/** https://docs.github.com/rest/authentication/authenticating-to-the-rest-api#authorizing-for-saml-sso */
function forbiddenReason(headers: Headers): string {
  const sso = /^required;\s*url=(https:\/\/\S+)/.exec(headers.get("x-github-sso") ?? "")?.[1];
  if (sso) return `The organisation requires single sign-on: authorise the token at ${sso}.`;
  const needed = headers.get("x-accepted-github-permissions") || headers.get("x-accepted-oauth-scopes");
  return needed ? `The token lacks a permission; this needs ${needed}.` : "The token lacks a permission.";
}

// Looked up by what a tracker says, which may be "constructor".
const ourFields = new Map([
  ["title", "title"],
  ["body", "description"],
  ["labels", "labels"],
  ["name", "labels"],
  ["assignees", "assignees"],
  ["milestone", "milestone"],
]);
const codes = new Map([
  ["missing", "does not exist"],
  ["missing_field", "is required"],
  ["invalid", "is not valid"],
  ["already_exists", "exists already"],
  ["unprocessable", "was not accepted"],
  ["too_long", "is too long"],
]);

// More than any form has; a server that somebody entered may name any number.
const mostFields = 20;

type WireErrors = NonNullable<ReturnType<typeof wireError.parse>["errors"]>;

function fieldsOf(errors: WireErrors | undefined, quoted: (text: string) => string): FieldErrors | undefined {
  const fields = (errors ?? [])
    .slice(0, mostFields)
    .flatMap(({ field, code, message }) =>
      field
        ? [
            [
              ourFields.get(field) ?? quoted(field),
              quoted(message ?? codes.get(code ?? "") ?? "was not accepted"),
            ] as const,
          ]
        : [],
    );
  return fields.length > 0 ? Object.fromEntries(fields) : undefined;
}

/** octokit's plain object of headers as one that does not care about case. */
export function toHeaders(headers: Record<string, string | number | undefined>): Headers {
  return new Headers(
    Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}
