import { expect, it } from "vitest";
import { limits } from "./limits";

/** What the vendors' own documents and servers say; the last is a refusal for another reason. */
const known: [tracker: keyof typeof limits, titleChars: number, bodyChars: number, tooLong: string[], other: string][] =
  [
    ["github", 256, 65_536, ["body is too long (maximum is 65536 characters)"], "body is invalid"],
    ["gitlab", 255, 1_048_576, ["is too long (maximum is 1048576 characters)", "is too big"], "can't be blank"],
    [
      "jira",
      255,
      32_767,
      [
        "The entered text is too long. It exceeds the allowed limit of 32,767 characters.",
        "CONTENT_LIMIT_EXCEEDED: Description must be less than 32,767 characters.",
      ],
      "INVALID_INPUT: Operation value must be an Atlassian Document.",
    ],
    ["azureDevops", 255, 1_048_576, [], "TF401320: Rule Error for field Severity."],
  ];

it.each(known)(
  "[G5] %s takes so much, and its refusal of more is known",
  (tracker, titleChars, bodyChars, all, other) => {
    const known = limits[tracker];
    expect(known).toMatchObject({ titleChars, bodyChars });
    for (const message of all) expect(message).toMatch("tooLong" in known ? known.tooLong : "");
    expect("tooLong" in known && known.tooLong.test(other)).toBe(false);
  },
);

it("[G5] no tracker is without its limits", () => {
  expect(known.map(([tracker]) => tracker)).toEqual(Object.keys(limits));
});
