import fc from "fast-check";
import { expect, it } from "vitest";

import { safeHref } from "./href";
import { seed } from "./testing/runs";

const part = fc.constantFrom(
  "a",
  "xn",
  "--",
  "1",
  ".",
  "..",
  "-",
  ":",
  "80",
  "99999",
  "/",
  "?",
  "#",
  "%",
  "%2",
  "@",
  "[",
  "]",
  "&",
  "é",
  " ",
  "\\",
  '"',
  "_",
  "Z",
);

it("[G5] takes no address that the URL standard refuses, and changes none that stands in a document", () => {
  let taken = 0;
  fc.assert(
    fc.property(
      fc.constantFrom("http", "https", "HTTPS", "ftp"),
      fc.array(part, { maxLength: 12 }),
      (scheme, parts) => {
        const href = safeHref(`${scheme}://${parts.join("")}`);
        if (href === null) return;
        taken += 1;
        expect(["http:", "https:"]).toContain(new URL(href).protocol);
        expect(new URL(href).hostname).not.toBe("");
        expect(safeHref(href)).toBe(href);
      },
    ),
    // They are no documents, and not counted as such.
    { numRuns: 20_000, seed },
  );
  expect(taken).toBeGreaterThan(1_000);
});
