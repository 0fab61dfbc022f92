import { expect, it } from "vitest";
import { refusal } from "./node-version.mjs";

it.each(["v14.21.3", "v18.20.8", "v20.18.3", "v21.7.3", "v22.11.0", "v23.11.1"])(
  "[K10] refuses Node %s with a sentence",
  (version) => {
    expect(refusal(version)).toContain(`this is Node ${version}.`);
  },
);

it.each(["v20.19.0", "v22.12.0", "v22.21.1", "v24.0.0", "v25.2.0"])("[K10] takes Node %s", (version) => {
  expect(refusal(version)).toBe("");
});
