import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { specsDir } from "@/e2e/vitest/external";
import { edition as cloud } from "./cloud/edition";
import { edition as dc } from "./dc/edition";
import { scopes, toComment, toIssue, toProbe, toState, toUser } from "./map";
import { wireComment, wireIssue } from "./wire";

const example = (name: string) => JSON.parse(readFileSync(specsDir("webhooks-examples.json"), "utf8")).jira[name];

it("[H1] an official issue of Cloud's in our words", () => {
  const issue = wireIssue.parse(example("webhook-issue-updated-labels").issue);
  expect(toIssue(issue, "https://acme.atlassian.net", cloud)).toMatchObject({
    remoteId: "10040",
    ref: "10040",
    key: "TES-41",
    url: "https://acme.atlassian.net/browse/TES-41",
    title: "Unit test summary 1",
    state: "To Do",
    category: "open",
    type: "Story",
    priority: "High",
    labels: ["sad", "test-label"],
    assignee: null,
    author: { remoteId: "5c5f880629be9642ba529340", login: "admin", email: "user@example.com" },
    createdAt: new Date("2019-02-16T03:01:52.971Z"),
    updatedAt: new Date("2019-02-16T21:12:10.037Z"),
    projectRemoteId: "10000",
    projectKey: "TES",
  });
});

it("[H1] an official issue of a server's in our words", () => {
  const issue = wireIssue.parse(example("webhook-server-issue-updated-resolved").issue);
  expect(toIssue(issue, "https://example.com/jira", dc)).toMatchObject({
    remoteId: "10300",
    key: "TES-4",
    url: "https://example.com/jira/browse/TES-4",
    category: "done",
    type: "Bug",
    author: { remoteId: "admin", name: "admin" },
    projectRemoteId: "10100",
  });
});

it("[I4] an official comment of a server's in our words", () => {
  const { comment } = example("webhook-server-comment-created");
  const issue = { baseUrl: "https://example.com/jira", key: "SJ-13" };
  expect(toComment(wireComment.parse(comment), dc, issue)).toMatchObject({
    remoteId: "10082",
    author: { remoteId: "levbrouk" },
    body: comment.body,
    url: "https://example.com/jira/browse/SJ-13?focusedCommentId=10082",
    isInternal: false,
  });
});

it("[I4] what few may see is internal, however a Jira says so", () => {
  const plain = {
    id: "1",
    body: "x",
    created: "2026-11-20T10:00:00.000+0000",
    updated: "2026-11-20T10:00:00.000+0000",
  };
  const isInternal = (more: object) =>
    toComment(wireComment.parse({ ...plain, ...more }), dc, { baseUrl: "https://x", key: null }).isInternal;
  expect(isInternal({})).toBe(false);
  expect(isInternal({ jsdPublic: true })).toBe(false);
  expect(isInternal({ jsdPublic: false })).toBe(true);
  expect(isInternal({ visibility: { type: "role", value: "Administrators" } })).toBe(true);
  expect(isInternal({ properties: [{ key: "sd.public.comment", value: { internal: true } }] })).toBe(true);
  expect(isInternal({ properties: [{ key: "sd.public.comment", value: { internal: false } }] })).toBe(false);
});

it("[E5] a state is what its category says, whatever its name", () => {
  const state = (key?: string) => toState({ name: "Done", statusCategory: key === undefined ? undefined : { key } });
  expect(state("new").category).toBe("open");
  expect(state("indeterminate").category).toBe("in_progress");
  expect(state("done").category).toBe("done");
  expect(state("undefined").category).toBe("open");
  expect(state("constructor").category).toBe("open");
  expect(state().category).toBe("open");
});

it("[G4] a person is known by what the edition writes; whom nothing names is nobody", () => {
  const user = { accountId: "5b10", name: "qa-bot", displayName: "QA bot", emailAddress: "", active: false };
  expect(toUser(user, cloud)).toEqual({
    remoteId: "5b10",
    name: "QA bot",
    login: "qa-bot",
    email: null,
    isActive: false,
  });
  expect(toUser(user, dc)?.remoteId).toBe("qa-bot");
  expect(toUser({ displayName: "Former user" }, cloud)).toBeNull();
});

it("[D3] permissions that are missing are named with what they are needed for", () => {
  const permissions = { BROWSE_PROJECTS: { havePermission: true }, CREATE_ISSUES: { havePermission: false } };
  const headers = new Headers({
    date: new Date().toUTCString(),
    "x-ratelimit-limit": "350",
    "x-ratelimit-remaining": "349",
    "x-ratelimit-reset": "2026-11-20T19:00:00Z",
  });
  const probe = toProbe({ account: null, permissions, version: "3", headers }, Date.now());
  expect(probe.scopesFound).toEqual(["BROWSE_PROJECTS"]);
  expect(probe.scopesMissing).toEqual(scopes.filter(({ name }) => name !== "BROWSE_PROJECTS"));
  expect(probe.rateLimit).toEqual({ limit: 350, remaining: 349, resetAt: new Date("2026-11-20T19:00:00Z") });
});

it("[D3] a hostile answer gets no script into a link", () => {
  const { issue } = example("webhook-issue-updated-labels");
  expect(wireIssue.safeParse({ ...issue, key: "javascript:alert(1)" }).success).toBe(false);
});
