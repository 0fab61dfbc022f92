import { expect, it, vi } from "vitest";
import { startGitlab } from "@/e2e/sandbox/gitlab/server";
import { specFileOf } from "@/e2e/sandbox/spec-files";
import { failureOf } from "@/lib/http/test-failure";
import { createTransport } from "@/lib/http/transport";
import { siteOf } from "@/lib/trackers/testing";
import { gitlab } from ".";
import { checkout, issueInput, open, openAs, sandbox, writes } from "./test-scene";

it("[D1] the client library is loaded by the first call, not by opening", async () => {
  const load = vi.fn(async (original: () => Promise<object>) => ({ ...(await original()) }));
  vi.resetModules();
  vi.doMock("@gitbeaker/rest", load);
  try {
    const { gitlab: fresh } = await import(".");
    const { fetch } = createTransport({ policy: { allowPrivate: [new URL(sandbox.url).host] } });
    const opened = fresh.open({ ...siteOf(sandbox.apiUrl, sandbox.tokens.write), fetch });
    // An import that opening had begun shows only now.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(load).not.toHaveBeenCalled();
    await opened.probe();
    expect(load).toHaveBeenCalledTimes(1);
  } finally {
    vi.doUnmock("@gitbeaker/rest");
    vi.resetModules();
  }
});

it("[D3] personal, project and group tokens say who they are", async () => {
  const names = await Promise.all(
    (["write", "project", "group"] as const).map(async (name) => (await openAs(name).probe()).account?.login),
  );
  expect(names).toEqual(["qa-bot", "project_checkout_bot", "group_acme_bot"]);
  expect(await open().probe()).toMatchObject({
    scopesFound: ["api"],
    scopesMissing: [],
    apiVersion: "18.5.1-ee",
    rateLimit: { limit: 2_000, remaining: expect.any(Number), resetAt: expect.any(Date) },
  });
  const { issue } = await openAs("project").createIssue(issueInput());
  expect(issue.author?.name).toBe("Project access token");
});

it("[D3] a token that only reads, or not even that, is told so", async () => {
  expect(await openAs("readOnly").probe()).toMatchObject({
    scopesFound: ["read_api"],
    scopesMissing: [{ name: "api", neededFor: expect.stringContaining("only reads") }],
  });
  const error = await failureOf(openAs("readOnly").createIssue(issueInput()));
  expect(error).toMatchObject({ kind: "tracker_forbidden", outcome: "refused" });
  expect(error.message).toContain("needs api");
  expect(await openAs("noScope").probe()).toMatchObject({
    scopesFound: ["read_user"],
    scopesMissing: [{ name: "api" }],
  });
});

it("[D3] an expired token is one that is not accepted", async () => {
  sandbox.expire("write");
  const error = await failureOf(open().probe());
  expect(error).toMatchObject({ kind: "tracker_unauthorized", outcome: "refused" });
  expect(error.message).toContain("Token is expired");
});

it("[E2] projects of subgroups are found by group and name; archived ones are shown as such", async () => {
  const { items } = await open().listProjects({ query: "acme/web" });
  expect(items.map(({ key }) => key).sort()).toEqual(["acme/web/checkout", "acme/web/security-reports"]);
  // Numbered pages end at 50,000 projects, and lose some that are made or deleted between two.
  expect(sandbox.calls().at(-1)?.path).toContain("pagination=keyset");
  const { items: legacy } = await open().listProjects({ query: "legacy" });
  expect(legacy).toMatchObject([{ key: "acme/legacy", isArchived: true, canWrite: false }]);
  expect(await open().getProject({ key: "acme/handbook" })).toMatchObject({ hasIssues: false, isPublic: true });
});

it("[G11] archived and without issues: the bare 403 is explained", async () => {
  const into = async (key: string) => issueInput({ project: await open().getProject({ key }) });
  expect(await failureOf(open().createIssue(await into("acme/legacy")))).toMatchObject({
    kind: "tracker_forbidden",
    outcome: "refused",
    message: expect.stringContaining("read-only"),
  });
  expect(await failureOf(open().createIssue(await into("acme/handbook")))).toMatchObject({
    kind: "tracker_refused",
    outcome: "refused",
    message: expect.stringContaining("switched off"),
  });
  expect(writes()).toHaveLength(2);
});

it("[I7] hooks are for maintainers, confidential events are told, and deliveries can be signed", async () => {
  const refused = failureOf(openAs("project").listWebhooks({ project: checkout }));
  expect(await refused).toMatchObject({ kind: "tracker_forbidden" });
  const bad = failureOf(open().registerWebhook({ project: checkout, url: "ftp://x", secret: "s" }));
  expect(await bad).toMatchObject({ kind: "tracker_refused" });
  await open().registerWebhook({ project: checkout, url: "http://127.0.0.1:9/hook", secret: "s" });
  expect(writes().at(-1)?.body).toMatchObject({
    ...{ token: "s", issues_events: true, confidential_issues_events: true },
    ...{ note_events: true, confidential_note_events: true, push_events: false, enable_ssl_verification: true },
  });
  for (let i = 0; i < 4; i++) await open().updateIssue({ project: checkout, ref: "1" }, { title: `Changed ${i}` });
  await sandbox.hooksSettled();
  expect(await open().listWebhooks({ project: checkout })).toMatchObject([{ isActive: false }]);
});

it("[D6] an instance below a path of its own works as any other", async () => {
  const below = await startGitlab({ specFile: specFileOf("gitlab-v4.json"), root: "/tools/gitlab" });
  try {
    const opened = openAs("write", below);
    const project = await opened.getProject({ key: "acme/web/checkout" });
    const { issue } = await opened.createIssue(issueInput({ project }));
    expect(issue.url).toBe(`${below.url}/acme/web/checkout/-/issues/${issue.ref}`);
    expect(gitlab.parseIssueRef(issue.url, below.url)).toEqual({ projectKey: "acme/web/checkout", ref: issue.ref });
    const file = { name: "log.txt", mediaType: "text/plain", blob: new Blob(["x"]) };
    const { url } = await opened.uploadFile(project, file);
    expect(await (await fetch(url)).text()).toBe("x");
    expect(below.violations() ?? []).toEqual([]);
  } finally {
    await below.close();
  }
});

it("[K4] each form of a spent budget is one: plain text, JSON, with and without a time", async () => {
  for (const limit of [
    { remaining: 0, resetSeconds: 120 },
    { remaining: 0, secondary: true },
    { remaining: 0, secondary: true, retryAfter: "30" },
  ]) {
    sandbox.rateLimit.set(limit);
    const error = await failureOf(open().createIssue(issueInput()));
    expect(error).toMatchObject({ kind: "tracker_rate_limited", outcome: "refused" });
    const seconds = "resetSeconds" in limit ? 120 : "retryAfter" in limit ? 30 : 60;
    const waitSeconds = ((error.retryAt?.getTime() ?? 0) - Date.now()) / 1_000;
    expect(Math.abs(waitSeconds - seconds)).toBeLessThan(3);
  }
  expect(writes()).toHaveLength(3);
});
