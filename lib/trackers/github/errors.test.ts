import { expect, it } from "vitest";
import { refusalOf } from "./errors";

const refusalFor = (error: unknown) =>
  refusalOf({ status: 422, headers: new Headers(), data: { message: "Validation Failed", errors: [error] } }, "POST");

it.each([
  [
    "in GitHub's words",
    { resource: "Issue", field: "body", code: "custom", message: "body is too long (maximum is 65536 characters)" },
  ],
  ["by its code", { resource: "Issue", field: "body", code: "too_long" }],
  ["in a sentence alone", "body is too long (maximum is 65536 characters)"],
])("[G5] a text that is too long is refused as such, %s", (_, error) => {
  expect(refusalFor(error)).toMatchObject({
    kind: "tracker_text_too_long",
    outcome: "refused",
    fields: { description: expect.any(String) },
  });
});

it.each([
  [
    "a title",
    { resource: "Issue", field: "title", code: "custom", message: "title is too long (maximum is 256 characters)" },
  ],
  ["a text for another reason", { resource: "Issue", field: "body", code: "custom", message: "body is invalid" }],
])("[G5] %s that is refused does not pass for a text that is too long", (_, error) => {
  expect(refusalFor(error)).toMatchObject({ kind: "tracker_refused" });
});
