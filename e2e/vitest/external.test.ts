import path from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { fixturesDir, specsDir } from "./external";

afterEach(() => vi.unstubAllEnvs());

it("gives the path of a file in a folder that is set", () => {
  vi.stubEnv("FAULTLINE_FIXTURES", import.meta.dirname);
  expect(fixturesDir("external.ts")).toBe(path.join(import.meta.dirname, "external.ts"));
});

it("fails for a file that a folder which is set does not have", () => {
  vi.stubEnv("FAULTLINE_SPECS", import.meta.dirname);
  expect(() => specsDir("no-such.json")).toThrow("FAULTLINE_SPECS is set, but");
});
