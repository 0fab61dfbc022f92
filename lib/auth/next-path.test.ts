import { describe, expect, it } from "vitest";
import { safePath } from "./next-path";

describe("safePath", () => {
  it.each(["/projects", "/projects/1/runs?status=failed#top", "/invite/abc"])("[A1] keeps %s", (path) => {
    expect(safePath(path)).toBe(path);
  });

  it.each([
    "https://evil.example",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "\\\\evil.example",
    "/..//evil.example",
    "/.//evil.example",
    "javascript:alert(1)",
    "",
    undefined,
    ["/a", "/b"],
  ])("[A1] refuses %j", (next) => {
    expect(safePath(next)).toBe("/");
  });
});
