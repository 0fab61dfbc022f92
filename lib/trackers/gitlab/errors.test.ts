import { expect, it } from "vitest";
import { refusalOf } from "./errors";

const refusal = (status: number, data: unknown, headers: Record<string, string> = {}, secrets: string[] = []) =>
  refusalOf({ status, headers: new Headers(headers), data }, secrets);

it("[G11] reasons by field become errors of our fields, in GitLab's words", () => {
  const { kind, fields, message } = refusal(400, {
    message: { title: ["can't be blank", "is too short"], milestone: ["is invalid"], assignees: ["are too many"] },
  });
  expect(kind).toBe("tracker_refused");
  expect(fields).toEqual({
    title: "can't be blank, is too short",
    milestone_id: "is invalid",
    assignee_ids: "are too many",
  });
  expect(message).toContain("title can't be blank");
});

it.each([
  ["about the issue as a whole", 400, { message: { base: ["cannot be created"] } }, "cannot be created"],
  ["of a parameter", 400, { error: "title is missing" }, "title is missing"],
  ["of spam", 422, { message: { error: "Your issue has been recognized as spam." } }, "recognized as spam"],
  ["of a number that is taken", 409, { message: "Duplicated issue" }, "Duplicated issue"],
  ["of a moved project", 405, { message: "405 Non GET methods are not allowed for moved projects" }, "moved projects"],
])("[G11] a refusal %s says why and names no field", (_, status, data, said) => {
  const error = refusal(status, data);
  expect(error).toMatchObject({ kind: "tracker_refused", outcome: "refused", status });
  expect(error.fields).toBeUndefined();
  expect(error.message).toContain(said);
});

it.each([
  ["in GitLab's words", 400, { message: { description: ["is too long (maximum is 1048576 characters)"] } }],
  ["by what stands in front of it", 413, "<html>413 Request Entity Too Large</html>"],
])("[G5] a text that is too long is refused as such, %s", (_, status, data) => {
  expect(refusal(status, data)).toMatchObject({
    kind: "tracker_text_too_long",
    outcome: "refused",
    fields: { description: expect.any(String) },
  });
});

it("[G5] a title that is too long does not pass for a text that is", () => {
  const data = { message: { title: ["is too long (maximum is 255 characters)"] } };
  expect(refusal(400, data)).toMatchObject({ kind: "tracker_refused", fields: { title: expect.any(String) } });
});

it("[D3] a missing scope is told from a missing role, and both from a token that is no good", () => {
  const scope = refusal(403, { error: "insufficient_scope", error_description: "No.", scope: "api read_api" });
  expect(scope).toMatchObject({ kind: "tracker_forbidden" });
  expect(scope.message).toContain("api or read_api");
  const role = refusal(403, { message: "403 Forbidden" });
  expect(role).toMatchObject({ kind: "tracker_forbidden" });
  expect(role.message).toContain("lacks a permission");
  const expired = refusal(401, { error: "invalid_token", error_description: "Token is expired." });
  expect(expired).toMatchObject({ kind: "tracker_unauthorized" });
  expect(expired.message).toContain("Token is expired.");
});

it("[K4] a refusal for the rate is known in plain text and as JSON, with headers and without", () => {
  const plain = refusal(429, "Retry later\n", { "retry-after": "30" });
  expect(plain).toMatchObject({ kind: "tracker_rate_limited", outcome: "refused" });
  expect(Math.round(((plain.retryAt?.getTime() ?? 0) - Date.now()) / 1_000)).toBe(31);
  const error = "This endpoint has been requested too many times. Try again later.";
  const json = refusal(429, { message: { error } });
  expect(json.message).toContain("too many times");
  expect(Math.round(((json.retryAt?.getTime() ?? 0) - Date.now()) / 1_000)).toBe(61);
});

it("[K2] a field whose name or reason is the token is shown without it", () => {
  const token = "c0ffee00c0ffee00c0ffee00c0ffee00";
  const { message, fields } = refusal(400, { message: { [token]: [`no ${token}`] } }, {}, [token]);
  expect(JSON.stringify({ message, fields })).not.toContain(token);
});
