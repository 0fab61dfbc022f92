import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { specsDir } from "@/e2e/vitest/external";
import { nextPageOf, toIssue, toProbe, toProject } from "./map";
import { wireIssue, wireRepo, wireUser } from "./wire";

const payload = z.object({ issue: z.unknown(), repository: z.unknown(), sender: z.unknown() });

/** GitHub's own example payloads; none of them was made by our sandbox. */
function examples() {
  const file = specsDir("webhooks-examples.json");
  return z.object({ github: z.record(z.string(), z.unknown()) }).parse(JSON.parse(readFileSync(file, "utf8"))).github;
}

it("[H1] [G7] an official issue becomes one in our words", () => {
  const { issue, repository } = payload.parse(examples()["issues.assigned"]);
  const repo = toProject(wireRepo.parse(repository));
  expect(repo).toEqual({
    remoteId: "186853002",
    key: "Codertocat/Hello-World",
    name: "Hello-World",
    url: "https://github.com/Codertocat/Hello-World",
    isPublic: true,
    isArchived: false,
    hasIssues: true,
    canWrite: false,
  });
  expect(toIssue(wireIssue.parse(issue), repo)).toEqual({
    remoteId: "444500041",
    key: "Codertocat/Hello-World#1",
    ref: "1",
    url: "https://github.com/Codertocat/Hello-World/issues/1",
    title: "Spelling error in the README file",
    state: "open",
    category: "open",
    type: null,
    priority: null,
    labels: ["bug"],
    assignee: { remoteId: "21031067", name: "Codertocat" },
    author: { remoteId: "21031067", name: "Codertocat" },
    createdAt: new Date("2019-05-15T15:20:18Z"),
    updatedAt: new Date("2019-05-15T15:20:18Z"),
    projectRemoteId: "186853002",
    projectKey: "Codertocat/Hello-World",
  });
});

it("[H1] every official example of an issue, a repository and a user can be read", () => {
  const all = Object.entries(examples()).flatMap(([name, value]) => {
    const parsed = payload.partial().loose().safeParse(value).data;
    // Some events abbreviate the issue, which the REST API never does.
    const isWhole = z.object({ state: z.string(), labels: z.array(z.unknown()) }).safeParse(parsed?.issue).success;
    return parsed?.repository && isWhole ? [{ name, ...parsed }] : [];
  });
  expect(all.length).toBeGreaterThanOrEqual(15);
  for (const { name, issue, repository, sender } of all) {
    const repo = toProject(wireRepo.parse(repository));
    const mapped = toIssue(wireIssue.parse(issue), repo);
    expect(mapped.key, name).toMatch(/^[\w-]+\/[\w.-]+#\d+$/);
    expect(mapped.updatedAt.getTime(), name).not.toBeNaN();
    expect(wireUser.parse(sender).login, name).toBeTruthy();
  }
});

const issue = {
  id: 1,
  number: 2,
  html_url: "https://github.com/a/b/issues/2",
  repository_url: "https://api.github.com/repos/a/b",
  title: "t",
  state: "open",
  labels: [],
  created_at: "2026-01-01T00:00:00Z",
  updated_at: "2026-01-01T00:00:00Z",
};

it("[H1] an unknown state survives by its own name, a deleted author is nobody, and big ids stay exact", () => {
  const mapped = toIssue(wireIssue.parse({ ...issue, id: 9007199254740993n, state: "triaged", user: null }), {
    remoteId: "9",
  });
  expect(mapped).toMatchObject({ remoteId: "9007199254740993", state: "triaged", category: "open", author: null });
  expect(toIssue(wireIssue.parse({ ...issue, state: "closed" }), { remoteId: "9" }).category).toBe("done");
});

it("[H1] an issue without what makes it one is refused", () => {
  expect(wireIssue.safeParse({ ...issue, html_url: undefined }).success).toBe(false);
  expect(wireIssue.safeParse("<html>").success).toBe(false);
});

it("[G5] internal repositories are not public", () => {
  const repo = { id: 1, name: "b", full_name: "a/b", html_url: "https://github.com/a/b" };
  expect(toProject(wireRepo.parse({ ...repo, private: true, visibility: "internal" })).isPublic).toBe(false);
  expect(toProject(wireRepo.parse({ ...repo, private: false, visibility: "public" })).isPublic).toBe(true);
  expect(toProject(wireRepo.parse({ ...repo, private: false })).isPublic).toBe(true);
});

it("[D3] the probe reads scopes, limit and clock from the headers, and says when they are not told", () => {
  const user = wireUser.parse({ id: 7, login: "qa-bot", html_url: "https://github.com/qa-bot", name: null });
  const now = Date.parse("2026-01-01T00:00:00Z");
  const headers = new Headers({
    "x-oauth-scopes": "public_repo, admin:org, project, write:repo_hook",
    "x-ratelimit-limit": "5000",
    "x-ratelimit-remaining": "0",
    "x-ratelimit-reset": "1767225600",
    "x-github-enterprise-version": "enterprise-server@3.19.0",
    date: "Thu, 01 Jan 2026 00:00:30 GMT",
  });
  expect(toProbe(user, headers, now)).toEqual({
    account: { remoteId: "7", name: "qa-bot", displayName: "qa-bot", url: "https://github.com/qa-bot" },
    scopesFound: ["public_repo", "admin:org", "project", "write:repo_hook"],
    scopesMissing: [],
    rateLimit: { limit: 5000, remaining: 0, resetAt: new Date("2026-01-01T00:00:00Z") },
    apiVersion: "enterprise-server@3.19.0",
    clockSkewMs: 30_000,
  });
  expect(toProbe(user, new Headers({ "x-oauth-scopes": "" }), now)).toMatchObject({
    scopesFound: [],
    scopesMissing: [{ name: "repo" }, { name: "project" }, { name: "read:org" }, { name: "admin:repo_hook" }],
    rateLimit: null,
    apiVersion: null,
    clockSkewMs: null,
  });
  expect(toProbe(user, new Headers(), now)).toMatchObject({ scopesFound: null, scopesMissing: [] });
});

it.each([
  ['<https://api.github.com/user/repos?page=3&per_page=100>; rel="next", <https://x/?page=9>; rel="last"', "3"],
  ['<https://x/?page=1>; rel="prev", <https://x/?a=1&page=12>; rel="next"', "12"],
  ['<https://x/?page=9>; rel="last"', null],
  ['<https://x/?page=../..>; rel="next"', null],
  ['<nonsense>; rel="next"', null],
  [null, null],
])("[E1] next page of %s is %s", (link, expected) => {
  expect(nextPageOf(link)).toBe(expected);
});

it.each(["javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "//evil.example", "", "vbscript:x"])(
  "[G7] an address that is no web address is no link of an issue: %s",
  (html_url) => {
    const user = { id: 1, login: "ada" };
    expect(wireUser.safeParse({ ...user, html_url: "https://github.com/ada" }).success).toBe(true);
    expect(wireUser.safeParse({ ...user, html_url }).success).toBe(false);
  },
);
