import { readFileSync } from "node:fs";
import schema from "@atlaskit/adf-schema/json-schema/v1/full.json";
import { describe, expect, it } from "vitest";

import { specsDir } from "@/e2e/vitest/external";
import { validatorSource } from "./adf-validator.mjs";

const read = (file: string) => readFileSync(file, "utf8");

describe("the generated validator of Atlassian's documents", () => {
  it("[G5] comes from the schema that Atlassian publishes", () => {
    expect(schema).toEqual(JSON.parse(read(specsDir("adf-full.json"))));
  });

  it("[G5] is the one of the installed schema, and needs neither eval nor a library", () => {
    const source = validatorSource(schema);
    expect(read("lib/richtext/adf/generated/validator.ts")).toBe(source);
    expect(source).not.toMatch(/\beval\b|\bFunction\b|\bimport\b|\brequire\b/);
  });

  const node = { type: "object", properties: { type: { enum: ["doc"] } }, required: ["type"] };
  const unknown: [what: string, schema: object, says: string][] = [
    ["a word", { ...node, dependencies: {} }, "dependencies"],
    ["a required property that is described nowhere", { ...node, required: ["type", "version"] }, "version"],
    ["a length that would have to be counted in characters", { type: "string", minLength: 2 }, "counted"],
    [
      "two rules for the same thing",
      { allOf: [{ properties: { a: { minimum: 1 } } }, { properties: { a: { minimum: 2 } } }] },
      "minimum of a",
    ],
    ["a narrowing that closes the node", { allOf: [node, { additionalProperties: false }] }, "closes"],
  ];
  it.each(unknown)("[G5] is not made from a schema with %s that it does not understand", (_, made, says) => {
    expect(() => validatorSource(made)).toThrow(says);
  });
});
