import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { specsDir } from "@/e2e/vitest/external";
import { nextOf, pageAt } from "./cursor";
import { toComment, toIssue, toProbe, toProject, toUser } from "./map";
import { wireIssue, wireMe, wireNote, wireProject, wireToken, wireUser } from "./wire";

// The example of https://docs.gitlab.com/api/issues/#retrieve-a-project-issue, abridged; not made by our sandbox.
const official = {
  project_id: 4,
  milestone: {
    due_date: null,
    project_id: 4,
    state: "closed",
    description: "Rerum est voluptatem provident consequuntur molestias similique ipsum dolor.",
    iid: 3,
    id: 11,
    title: "v3.0",
    created_at: "2016-01-04T15:31:39.788Z",
    updated_at: "2016-01-04T15:31:39.788Z",
  },
  author: {
    state: "active",
    web_url: "https://gitlab.example.com/root",
    avatar_url: null,
    username: "root",
    id: 1,
    name: "Administrator",
  },
  description: "Omnis vero earum sunt corporis dolor et placeat.",
  state: "closed",
  iid: 1,
  assignees: [
    {
      avatar_url: null,
      web_url: "https://gitlab.example.com/lennie",
      state: "active",
      username: "lennie",
      id: 9,
      name: "Dr. Luella Kovacek",
    },
  ],
  labels: [],
  id: 41,
  title: "Ut commodi ullam eos dolores perferendis nihil sunt.",
  updated_at: "2016-01-04T15:31:46.176Z",
  created_at: "2016-01-04T15:31:46.176Z",
  due_date: null,
  web_url: "http://gitlab.example.com/my-group/my-project/issues/1",
  references: { short: "#1", relative: "#1", full: "my-group/my-project#1" },
  moved_to_id: null,
  confidential: false,
  issue_type: "issue",
};

it("[H1] [G7] an official issue becomes one in our words", () => {
  expect(toIssue(wireIssue.parse(official))).toEqual({
    remoteId: "41",
    key: "my-group/my-project#1",
    ref: "1",
    url: "http://gitlab.example.com/my-group/my-project/issues/1",
    title: "Ut commodi ullam eos dolores perferendis nihil sunt.",
    state: "closed",
    category: "done",
    type: "Issue",
    priority: null,
    labels: [],
    assignee: { remoteId: "9", name: "Dr. Luella Kovacek", login: "lennie", email: null, isActive: true },
    author: { remoteId: "1", name: "Administrator", login: "root", email: null, isActive: true },
    createdAt: new Date("2016-01-04T15:31:46.176Z"),
    updatedAt: new Date("2016-01-04T15:31:46.176Z"),
    projectRemoteId: "4",
    projectKey: "my-group/my-project",
  });
});

it("[H1] the people of the official events can be read", () => {
  const file = specsDir("webhooks-examples.json");
  const person = z.object({ user: wireUser });
  const all = z.object({ gitlab: z.record(z.string(), person) }).parse(JSON.parse(readFileSync(file, "utf8"))).gitlab;
  expect(Object.values(all).map(({ user }) => toUser(user))).toEqual([
    { remoteId: "1", name: "Administrator", login: "root", email: "admin@example.com", isActive: true },
    { remoteId: "42", name: "User1", login: "user1", email: "user1@example.com", isActive: true },
  ]);
});

it("[H1] an unknown state and type survive by their own names, and a deleted author is nobody", () => {
  const odd = {
    ...official,
    state: "triaged",
    issue_type: "test_case",
    author: null,
    assignees: [],
    labels: [{ name: "priority::High" }],
  };
  expect(toIssue(wireIssue.parse(odd))).toMatchObject({
    state: "triaged",
    category: "open",
    type: "Test case",
    author: null,
    assignee: null,
    labels: ["priority::High"],
    priority: "High",
  });
});

it.each([
  ["web_url", "javascript:alert(1)"],
  ["web_url", "//evil.example"],
  ["web_url", undefined],
  ["created_at", "yesterday"],
  ["id", 2 ** 53],
  ["iid", 0],
  ["references", {}],
])("[H1] an issue whose %s is %j is refused", (name, value) => {
  expect(wireIssue.safeParse(official).success).toBe(true);
  expect(wireIssue.safeParse({ ...official, [name]: value }).success).toBe(false);
});

const project = {
  id: 4,
  name: "my-project",
  path_with_namespace: "my-group/sub/my-project",
  web_url: "https://gitlab.example.com/my-group/sub/my-project",
  visibility: "public",
  permissions: { project_access: null, group_access: { access_level: 30 } },
};

it("[E1] a project of a subgroup is known by its whole path, and a role of the group counts", () => {
  expect(toProject(wireProject.parse(project))).toEqual({
    remoteId: "4",
    key: "my-group/sub/my-project",
    name: "my-project",
    url: project.web_url,
    isPublic: true,
    isArchived: false,
    hasIssues: true,
    canWrite: true,
  });
});

it.each([
  ["archived", { archived: true }, { isArchived: true, canWrite: false }],
  ["without a role", { permissions: { project_access: null, group_access: null } }, { canWrite: false }],
  ["of unknown rights", { permissions: undefined }, { canWrite: false }],
  ["of a guest", { permissions: { project_access: { access_level: 10 }, group_access: null } }, { canWrite: true }],
  ["internal", { visibility: "internal" }, { isPublic: false }],
  ["of unknown visibility", { visibility: undefined }, { isPublic: false }],
  ["with issues for members alone", { issues_access_level: "private" }, { isPublic: false, hasIssues: true }],
  ["with issues switched off", { issues_access_level: "disabled" }, { hasIssues: false }],
  ["with issues switched off, as older ones say it", { issues_enabled: false }, { hasIssues: false }],
])("[E1] a project %s says so", (_, more, expected) => {
  expect(toProject(wireProject.parse({ ...project, ...more }))).toMatchObject(expected);
});

it("[I4] a note is a comment, and an internal one is not for everybody", () => {
  const note = {
    id: 302,
    body: "closed",
    author: official.author,
    created_at: "2013-10-02T09:22:45Z",
    updated_at: "2013-10-02T10:22:45Z",
    system: false,
  };
  const at = { baseUrl: "https://gitlab.example.com", projectKey: "a/b", ref: "11" };
  expect(toComment(wireNote.parse(note), at)).toMatchObject({
    remoteId: "302",
    body: "closed",
    url: "https://gitlab.example.com/a/b/-/issues/11#note_302",
    isInternal: false,
  });
  expect(toComment(wireNote.parse({ ...note, internal: true }), at).isInternal).toBe(true);
  expect(toComment(wireNote.parse({ ...note, confidential: true }), at).isInternal).toBe(true);
});

const me = wireMe.parse({ id: 7, username: "qa-bot", name: "", web_url: "https://gitlab.com/qa-bot", state: "active" });
const nowMs = Date.parse("2026-01-01T00:00:00Z");

it("[D3] the probe reads limit and clock from the headers, and says when they are not told", () => {
  const headers = new Headers({
    "ratelimit-limit": "2000",
    "ratelimit-remaining": "0",
    "ratelimit-reset": "1767225600",
    date: "Thu, 01 Jan 2026 00:00:30 GMT",
  });
  const token = wireToken.parse({ scopes: ["api", "read_user"] });
  expect(toProbe(me, headers, { token, version: "18.5.1-ee", nowMs })).toEqual({
    account: {
      ...{ remoteId: "7", name: "qa-bot", login: "qa-bot", email: null, isActive: true, displayName: "qa-bot" },
      url: "https://gitlab.com/qa-bot",
    },
    scopesFound: ["api", "read_user"],
    scopesMissing: [],
    rateLimit: { limit: 2000, remaining: 0, resetAt: new Date("2026-01-01T00:00:00Z") },
    apiVersion: "18.5.1-ee",
    clockSkewMs: 30_000,
  });
  expect(toProbe(me, new Headers(), { token: null, version: null, nowMs })).toMatchObject({
    scopesFound: null,
    scopesMissing: [],
    rateLimit: null,
    apiVersion: null,
    clockSkewMs: null,
  });
});

it("[D3] read_api is explained, and a token with single permissions does not tell", () => {
  const probe = (token: unknown) => toProbe(me, new Headers(), { token: wireToken.parse(token), version: null, nowMs });
  expect(probe({ scopes: ["read_api"] }).scopesMissing).toEqual([
    { name: "api", neededFor: expect.stringContaining("read_api the token only reads") },
  ]);
  expect(probe({ scopes: ["read_user"] }).scopesMissing).toEqual([
    { name: "api", neededFor: expect.stringContaining("reading, creating") },
  ]);
  expect(probe({ scopes: [], granular: true })).toMatchObject({ scopesFound: null, scopesMissing: [] });
});

it.each([
  [{ "x-next-page": "3" }, "page:3"],
  [{ "x-next-page": "", link: '<https://x/?page=9>; rel="last"' }, null],
  [{ link: '<https://gitlab.com/api/v4/projects?id_before=42&per_page=100>; rel="next"' }, "id_before:42"],
  [{ link: '<https://x/?id_after=7>; rel="next"' }, "id_after:7"],
  [{ link: '<https://x/?a=1>; rel="prev", <https://x/?cursor=eyJpZCI6IjEifQ>; rel="next"' }, "cursor:eyJpZCI6IjEifQ"],
  [{ "x-next-page": "../.." }, null],
  [{ link: '<https://evil.test/?id_before=1%2F..%2Fx>; rel="next"' }, null],
  [{ link: "<nonsense>; rel=next" }, null],
  [{}, null],
])("[E1] the page after %j is %s", (headers, expected) => {
  const cursor = nextOf(new Headers(headers));
  expect(cursor).toBe(expected);
  expect(Object.keys(pageAt(cursor))).toHaveLength(expected === null ? 0 : 1);
});

it.each(["page:x", "page:-1", "evil:1", "cursor:a b", "id_before:9".padEnd(60, "9"), ""])(
  "[E1] a cursor %j that we never gave begins at the beginning",
  (cursor) => {
    expect(pageAt(cursor)).toEqual({});
  },
);
