import { expect, it } from "vitest";
import { typedAddress } from "./typed-address";

it.each([
  ["tracker.example", "https://tracker.example/"],
  [" http://tracker.example/Path/ ", "http://tracker.example/Path/"],
  ["HTTPS://Tracker.Example", "https://tracker.example/"],
  ["tracker.example:8443/x", "https://tracker.example:8443/x"],
  ["localhost:8080", "https://localhost:8080/"],
])("[D3] %j is the address %s", (typed, href) => {
  expect(typedAddress(typed).href).toBe(href);
});

it.each(["", " ", "ftp://x.example", "javascript:alert(1)", "mailto:x@y.example", "https://", "https://u:p@x.example"])(
  "[D3] %j is refused at its field",
  (typed) => {
    expect(() => typedAddress(typed)).toThrow(
      expect.objectContaining({ kind: "invalid_input", fields: { baseUrl: expect.stringMatching(/./) } }),
    );
  },
);
