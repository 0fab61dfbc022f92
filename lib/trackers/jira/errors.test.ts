import { expect, it } from "vitest";
import { refusalOf } from "./errors";

const refusal = (status: number, data: unknown, headers: Record<string, string> = {}, secrets: string[] = []) =>
  refusalOf({ status, headers: new Headers(headers), data }, secrets);

it("[G11] Jira's errors stand at their fields, in its own words", () => {
  const errors = { summary: "You must specify a summary of the issue.", customfield_10040: "Environment is required." };
  expect(refusal(400, { errorMessages: [], errors })).toMatchObject({
    kind: "tracker_refused",
    outcome: "refused",
    fields: {
      title: "You must specify a summary of the issue.",
      customfield_10040: "Environment is required.",
    },
    message: expect.stringContaining("Environment is required."),
  });
});

it.each([
  [
    "Data Center, at the field",
    { errors: { description: "The entered text is too long. It exceeds the allowed limit of 32,767 characters." } },
  ],
  ["Cloud, by its code", { errorMessages: ["CONTENT_LIMIT_EXCEEDED"], errors: {} }],
])("[G5] a text that is too long is refused as such (%s)", (_, data) => {
  expect(refusal(400, data)).toMatchObject({
    kind: "tracker_text_too_long",
    outcome: "refused",
    fields: { description: expect.any(String) },
  });
});

it("[G5] a title that is too long does not pass for a text", () => {
  const errors = { summary: "Summary must be less than 255 characters. It exceeds the allowed limit." };
  expect(refusal(400, { errors })).toMatchObject({ kind: "tracker_refused", fields: { title: expect.any(String) } });
});

it.each([
  ["wrong", 401, { "x-seraph-loginreason": "AUTHENTICATED_FAILED" }, /user name, the password or the token/],
  ["expired", 401, {}, /expired/],
  ["CAPTCHA, by its own header alone", 403, { "x-authentication-denied-reason": "CAPTCHA_CHALLENGE" }, /CAPTCHA/],
  [
    "CAPTCHA",
    403,
    {
      "x-seraph-loginreason": "AUTHENTICATION_DENIED",
      "x-authentication-denied-reason": "CAPTCHA_CHALLENGE; login-url=https://jira.example.com/login.jsp",
    },
    /CAPTCHA.*browser/,
  ],
])("[D3] a sign-in that failed says why (%s)", (_, status, headers, message) => {
  expect(refusal(status, "<html>Unauthorized</html>", headers)).toMatchObject({
    kind: "tracker_unauthorized",
    outcome: "refused",
    message: expect.stringMatching(message),
  });
});

it("[D3] a missing scope is no expired token", () => {
  expect(refusal(401, { code: 401, message: "Unauthorized; scope does not match" })).toMatchObject({
    kind: "tracker_forbidden",
  });
});

it("[K4] Cloud's reset is a date, and 503 may say when to come back", () => {
  const reset = new Date(Date.now() + 120_000).toISOString();
  const limited = refusal(429, {}, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset });
  expect(((limited.retryAt?.getTime() ?? 0) - Date.now()) / 1_000).toBeCloseTo(121, -1);
  const failed = refusal(503, "", { "retry-after": "30" });
  expect(failed).toMatchObject({ kind: "tracker_failed", outcome: "unknown", retryAt: expect.any(Date) });
});

it("[D3] a secret that the server repeats gets into no message, nor does the header made of it", () => {
  const pair = "qa@acme.example:ATATT3xsecret";
  const said = `ATATT3xsecret ${Buffer.from(pair).toString("base64")}`;
  const { message, fields } = refusal(400, { errorMessages: [said], errors: { summary: said } }, {}, [
    "ATATT3xsecret",
    pair,
  ]);
  expect(JSON.stringify({ message, fields })).not.toMatch(/ATATT3x|cWFAYWNtZS/);
});
