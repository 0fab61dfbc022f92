import { expect, it } from "vitest";
import { gitlab } from ".";
import { pathOf } from "./address";

it.each([
  ["", "https://gitlab.com"],
  ["gitlab.com", "https://gitlab.com"],
  ["https://www.gitlab.com/", "https://gitlab.com"],
  ["gitlab.com/acme/checkout", "https://gitlab.com"],
  ["git.acme.test", "https://git.acme.test"],
  ["https://git.acme.test:8443/", "https://git.acme.test:8443"],
  ["https://acme.test/gitlab/", "https://acme.test/gitlab"],
  ["https://acme.test/tools/gitlab", "https://acme.test/tools/gitlab"],
  ["https://acme.test/gitlab/api/v4/", "https://acme.test/gitlab"],
  ["https://git.acme.test/api/v4", "https://git.acme.test"],
  ["https://git.acme.test/users/sign_in", "https://git.acme.test"],
  ["https://git.acme.test/-/user_settings/personal_access_tokens", "https://git.acme.test"],
  ["http://git.internal//", "http://git.internal"],
  ["http://127.0.0.1:4020", "http://127.0.0.1:4020"],
])("[D3] %j is the instance %s, without a slash that would be doubled", (typed, site) => {
  expect(gitlab.baseUrlOf(typed)).toBe(site);
});

it.each([
  "ftp://gitlab.com",
  "https://user:pw@git.test",
  "http://",
  "a b",
  "https://git.test/a%20b",
  "https://git.test/a(b)",
])("[D3] %j is no address", (typed) => {
  expect(() => gitlab.baseUrlOf(typed)).toThrow(expect.objectContaining({ kind: "invalid_input" }));
});

const site = "https://gitlab.com";

it.each([
  ["#12", { projectKey: null, ref: "12" }],
  [" 12 ", { projectKey: null, ref: "12" }],
  ["acme/checkout#7", { projectKey: "acme/checkout", ref: "7" }],
  ["acme/web/check.out_2#7", { projectKey: "acme/web/check.out_2", ref: "7" }],
  ["https://gitlab.com/acme/web/checkout/-/issues/7", { projectKey: "acme/web/checkout", ref: "7" }],
  ["https://gitlab.com/acme/checkout/-/issues/7/#note_1", { projectKey: "acme/checkout", ref: "7" }],
  ["https://gitlab.com/acme/checkout/-/issues/7?sort=asc", { projectKey: "acme/checkout", ref: "7" }],
  ["https://gitlab.com/acme/checkout/-/work_items/7", { projectKey: "acme/checkout", ref: "7" }],
  ["https://gitlab.com/acme/checkout/-/issues/incident/7", { projectKey: "acme/checkout", ref: "7" }],
  ["https://gitlab.com/acme/checkout/issues/7", { projectKey: "acme/checkout", ref: "7" }],
])("[H1] %s is an issue", (text, expected) => {
  expect(gitlab.parseIssueRef(text, site)).toEqual(expected);
});

it.each([
  "",
  "#0",
  "#x",
  "12345678901",
  "checkout#7",
  "https://gitlab.com/acme/checkout/-/merge_requests/7",
  "https://gitlab.com/acme/checkout/-/issues/new",
  "https://gitlab.com/groups/-/issues/7",
  "https://gitlab.com.evil.test/acme/checkout/-/issues/7",
  "http://gitlab.com/acme/checkout/-/issues/7",
  "https://gitlab.com/acme/%2e%2e/-/issues/7",
  "javascript:alert(1)",
])("[H1] %j is not an issue of this site", (text) => {
  expect(gitlab.parseIssueRef(text, site)).toBeNull();
});

it("[H1] an instance below a path knows its own URLs only", () => {
  const base = "https://acme.test/gitlab";
  const ref = { projectKey: "a/b", ref: "1" };
  expect(gitlab.parseIssueRef("https://acme.test/gitlab/a/b/-/issues/1", base)).toEqual(ref);
  expect(gitlab.parseIssueRef("https://acme.test/a/b/-/issues/1", base)).toBeNull();
  expect(gitlab.parseIssueRef("https://acme.test/gitlabber/a/b/-/issues/1", base)).toBeNull();
  expect(gitlab.issueUrl(base, ref)).toBe("https://acme.test/gitlab/a/b/-/issues/1");
});

it("[H1] a text that is made to take long takes no time", () => {
  const beganAt = performance.now();
  gitlab.parseIssueRef(`https://gitlab.com/${"a/".repeat(20_000)}-/issues/x`, site);
  gitlab.parseIssueRef(`${"a/".repeat(20_000)}#`, site);
  gitlab.parseIssueRef(`${"a.".repeat(20_000)}#`, site);
  expect(performance.now() - beganAt).toBeLessThan(1_500);
});

it.each(["acme", "acme/", "../..", "acme/..", "/acme/a", "acme//a", "acme/a?b", "acme/a%2Fb", ""])(
  "[H1] %j is no project",
  (key) => {
    expect(() => pathOf(key)).toThrow(expect.objectContaining({ kind: "invalid_input" }));
  },
);

it("[G11] the prefilled page carries everything that an address can hold", () => {
  const input = {
    project: { remoteId: "1", key: "acme/web/checkout" },
    typeId: "incident",
    title: "A & B",
    body: "x\n#1 <b>",
  };
  const whole = gitlab.newIssueUrl(site, input);
  expect(whole.isCut).toBe(false);
  const url = new URL(whole.url);
  expect(url.origin + url.pathname).toBe("https://gitlab.com/acme/web/checkout/-/issues/new");
  expect(Object.fromEntries(url.searchParams)).toEqual({
    "issue[title]": "A & B",
    "issue[issue_type]": "incident",
    "issue[description]": "x\n#1 <b>",
  });

  const { url: long, isCut } = gitlab.newIssueUrl(site, { ...input, body: "🙂 &".repeat(5_000) });
  expect(isCut).toBe(true);
  expect(long.length).toBeLessThanOrEqual(8_000);
  expect(long.length).toBeGreaterThan(7_900);
  expect(new URL(long).searchParams.get("issue[description]")).toMatch(/^🙂 &🙂 &.*\n\n…$/s);
});
