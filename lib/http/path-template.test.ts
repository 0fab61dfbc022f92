import { expect, it } from "vitest";
import { pathTemplateOf } from "./path-template";

it("[K2] a path template shows words and hides what varies", () => {
  expect(pathTemplateOf("/api/v3/repos/acme/checkout2/issues/12")).toBe("/api/v3/repos/acme/{}/issues/{}");
  expect(pathTemplateOf("/hooks/0190f0a2-7a52-7b14-9c1e-5a1f3e0b7d11/x")).toBe("/hooks/{}/x");
});
