import { expect, it } from "vitest";
import { github } from ".";
import { repoOf, webUrlOf } from "./address";

it.each([
  ["", "https://api.github.com"],
  ["github.com", "https://api.github.com"],
  ["https://www.github.com/", "https://api.github.com"],
  ["https://api.github.com", "https://api.github.com"],
  ["ghe.acme.test", "https://ghe.acme.test/api/v3"],
  ["https://ghe.acme.test:8443/", "https://ghe.acme.test:8443/api/v3"],
  ["https://ghe.acme.test/api/v3/", "https://ghe.acme.test/api/v3"],
  ["http://ghe.internal", "http://ghe.internal/api/v3"],
  ["https://acme.ghe.com", "https://api.acme.ghe.com"],
  ["http://127.0.0.1:4010", "http://127.0.0.1:4010"],
])("[D3] %j is the API %s", (typed, api) => {
  expect(github.baseUrlOf(typed)).toBe(api);
});

it.each(["ftp://github.com", "https://user:pw@ghe.test", "https://ghe.test/some/path", "http://", "a b"])(
  "[D3] %j is no address",
  (typed) => {
    expect(() => github.baseUrlOf(typed)).toThrow(expect.objectContaining({ kind: "invalid_input" }));
  },
);

it("[H1] pages and API have their own addresses", () => {
  expect(webUrlOf("https://api.github.com")).toBe("https://github.com");
  expect(webUrlOf("https://ghe.acme.test/api/v3")).toBe("https://ghe.acme.test");
  expect(webUrlOf("https://api.acme.ghe.com")).toBe("https://acme.ghe.com");
});

const api = "https://api.github.com";

it.each([
  ["#12", { projectKey: null, ref: "12" }],
  [" 12 ", { projectKey: null, ref: "12" }],
  ["acme/checkout#7", { projectKey: "acme/checkout", ref: "7" }],
  ["https://github.com/acme/checkout/issues/7", { projectKey: "acme/checkout", ref: "7" }],
  ["https://github.com/acme/check.out_2/issues/7/#issuecomment-1", { projectKey: "acme/check.out_2", ref: "7" }],
  ["https://github.com/acme/checkout/issues/7?q=1", { projectKey: "acme/checkout", ref: "7" }],
])("[H1] %s is an issue", (text, expected) => {
  expect(github.parseIssueRef(text, api)).toEqual(expected);
});

it.each([
  "",
  "#0",
  "#x",
  "12345678901",
  "checkout#7",
  "a/b/c#7",
  "https://github.com/acme/checkout/pull/7",
  "https://github.com/acme/checkout/issues/new",
  "https://github.com.evil.test/acme/checkout/issues/7",
  "https://evil.test/acme/checkout/issues/7",
  "http://github.com/acme/checkout/issues/7",
  "https://github.com/acme/../../issues/7/8",
  "javascript:alert(1)",
])("[H1] %j is not an issue of this site", (text) => {
  expect(github.parseIssueRef(text, api)).toBeNull();
});

it("[H1] an Enterprise Server knows its own URLs only", () => {
  const base = "https://ghe.acme.test/api/v3";
  expect(github.parseIssueRef("https://ghe.acme.test/a/b/issues/1", base)).toEqual({ projectKey: "a/b", ref: "1" });
  expect(github.parseIssueRef("https://github.com/a/b/issues/1", base)).toBeNull();
});

it.each(["acme", "acme/", "../..", "acme/..", "acme/a/b", "acme/a?b", "acme/a%2Fb", ""])(
  "[H1] %j is no repository",
  (key) => {
    expect(() => repoOf(key)).toThrow(expect.objectContaining({ kind: "invalid_input" }));
  },
);

it("[G11] the prefilled page carries everything that an address can hold", () => {
  const input = {
    project: { remoteId: "1", key: "acme/checkout" },
    title: "A & B",
    body: "x\n#1 <b>",
    labels: ["bug", "team: a"],
  };
  const whole = github.newIssueUrl(api, input);
  expect(whole.isCut).toBe(false);
  const url = new URL(whole.url);
  expect(url.origin + url.pathname).toBe("https://github.com/acme/checkout/issues/new");
  expect(Object.fromEntries(url.searchParams)).toEqual({ title: "A & B", body: "x\n#1 <b>", labels: "bug,team: a" });

  const { url: long, isCut } = github.newIssueUrl(api, { ...input, body: "🙂 &".repeat(5_000) });
  expect(isCut).toBe(true);
  expect(long.length).toBeLessThanOrEqual(8_000);
  expect(long.length).toBeGreaterThan(7_900);
  expect(new URL(long).searchParams.get("body")).toMatch(/^🙂 &🙂 &.*\n\n…$/s);
});
