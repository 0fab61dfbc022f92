import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/sandbox";
import { failureOf } from "@/lib/http/test-failure";
import { createTransport, type OutboundCallRecord } from "@/lib/http/transport";
import { leftOf } from "@/lib/integrations/budget/read-answer";
import { code, codeBlock, doc, paragraph } from "@/lib/richtext/build";
import type { RichDoc } from "@/lib/richtext/doc";
import { renderBody } from "@/lib/richtext/render-body";
import { siteOf } from "@/lib/trackers/testing";
import type { CreateIssueInput, ProjectRef } from "@/lib/trackers/tracker";
import { github } from ".";

let sandbox: Sandbox;
let checkout: ProjectRef;
let handbook: ProjectRef;
let legacy: ProjectRef;
let payments: ProjectRef;
let records: OutboundCallRecord[] = [];

function openAs(token: string, deadlineMs = 3_000) {
  const { fetch } = createTransport({
    policy: { allowPrivate: sandbox.allow },
    runId: "run",
    deadlineMs,
    record: (call) => void records.push(call),
    leftOf: (headers) => leftOf(headers, github.rate),
  });
  return github.open({ ...siteOf(sandbox.github.apiUrl, token), fetch });
}
const open = (deadlineMs?: number) => openAs(sandbox.github.token, deadlineMs);

const { bodyFormat, limits } = github;
const failure = doc(
  paragraph("It ", code("fails"), " for @octocat."),
  codeBlock("Error: no\n    at pay (pay.ts:3)", "text"),
);

let markers = 0;
function issueInput({ description = failure, ...more }: Partial<CreateIssueInput> & { description?: RichDoc } = {}) {
  const marker = `0190-${process.pid}-${markers++}`;
  const body = renderBody(bodyFormat, limits.bodyChars, { description, marker }).output;
  return {
    project: checkout,
    title: "Payment fails",
    body,
    labels: ["bug"],
    marker,
    typeId: null,
    textField: null,
    fields: [],
    ...more,
  };
}
const posts = () => sandbox.calls().filter(({ method }) => method === "POST");
const since = () => new Date(Date.now() - 1_000);

beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(async () => {
  await sandbox.reset();
  records = [];
  const [a, b, c, d] = await Promise.all(
    ["checkout", "handbook", "legacy", "payments"].map((name) => open().getProject({ key: `acme/${name}` })),
  );
  if (!a || !b || !c || !d) throw new Error("The seed lacks a repository.");
  [checkout, handbook, legacy, payments] = [a, b, c, d];
});
// Whatever a test did, each exchange has to fit GitHub's own description.
afterEach(() => expect(sandbox.violations() ?? []).toEqual([]));
afterAll(() => sandbox.close());

it("[D3] tells who the token is, what it may do and how much of the limit is left", async () => {
  const probe = await open().probe();
  expect(probe).toMatchObject({
    account: { name: "qa-bot", displayName: "Quality assurance bot", url: `${sandbox.github.url}/qa-bot` },
    scopesFound: ["repo", "read:org", "project", "admin:repo_hook"],
    scopesMissing: [],
    rateLimit: { limit: 5_000, remaining: expect.any(Number), resetAt: expect.any(Date) },
    apiVersion: "2022-11-28",
  });
  expect(Math.abs(probe.clockSkewMs ?? Number.NaN)).toBeLessThan(5_000);
});

it("[D3] names the scope that is missing, and none for tokens that do not tell", async () => {
  expect(await openAs(sandbox.github.noScopeToken).probe()).toMatchObject({
    scopesFound: ["read:user"],
    scopesMissing: [
      { name: "repo", neededFor: expect.stringContaining("creating") },
      { name: "project", neededFor: expect.stringContaining("boards") },
      { name: "read:org" },
      { name: "admin:repo_hook", neededFor: expect.stringContaining("webhook") },
    ],
  });
  expect(await openAs(sandbox.github.fineGrainedToken).probe()).toMatchObject({ scopesFound: null, scopesMissing: [] });
});

it("[D3] a wrong token is told from a missing permission and from an absent repository", async () => {
  expect(await failureOf(openAs("ghp_bogus").probe())).toMatchObject({
    kind: "tracker_unauthorized",
    outcome: "refused",
    message: expect.stringContaining("Bad credentials"),
  });
  expect(await failureOf(open().getProject({ key: "acme/nowhere" }))).toMatchObject({ kind: "tracker_not_found" });
  expect(await failureOf(openAs(sandbox.github.readOnlyToken).getProject({ key: "acme/checkout" }))).toMatchObject({
    kind: "tracker_not_found",
  });
});

it.each([
  ["a refusal", 422],
  ["a redirect", 302],
  ["a failure", 500],
])("[D3] a server that repeats the token in %s gets it into no message", async (_, status) => {
  // A classic token of 40 hexadecimal digits has no shape by which it could be recognised.
  const token = "c0ffee00c0ffee00c0ffee00c0ffee00c0ffee00";
  const errors = [
    { field: token, message: `no ${token}`.repeat(100) },
    { field: "title", code: "constructor" },
  ];
  const body = { message: `bad token ${token} or ${Buffer.from(token).toString("base64")}`, errors };
  sandbox.faults.add({ mode: "status", status, body });
  const { message, fields, cause } = await failureOf(openAs(token).probe());
  expect(message).toContain("[redacted]");
  const told = JSON.stringify({ message, fields, cause });
  for (const form of [token, Buffer.from(token).toString("base64")]) expect(told).not.toContain(form);
  expect(told.length).toBeLessThan(1_000);
});

it("[D3] single sign-on and missing permissions are explained", async () => {
  const sso = "https://github.com/orgs/acme/sso?authorization_request=x";
  sandbox.faults.add({
    mode: "status",
    status: 403,
    headers: { "x-github-sso": `required; url=${sso}` },
    body: { message: "Resource protected by organization SAML enforcement." },
  });
  expect((await failureOf(open().probe())).message).toContain(sso);

  sandbox.faults.add({
    mode: "status",
    status: 403,
    headers: { "x-accepted-github-permissions": "issues=write" },
    body: { message: "Resource not accessible by personal access token" },
  });
  const error = await failureOf(open().createIssue(issueInput()));
  expect(error).toMatchObject({ kind: "tracker_forbidden", outcome: "refused" });
  expect(error.message).toContain("issues=write");
});

it("[E1] says what a repository allows", async () => {
  const { items } = await open().listProjects({ query: "CHECK" });
  expect(items).toMatchObject([
    { key: "acme/checkout", isPublic: false, isArchived: false, hasIssues: true, canWrite: true },
  ]);
  expect(legacy).toMatchObject({ isArchived: true, canWrite: false });
  expect(handbook).toMatchObject({ hasIssues: false, isPublic: true });
  const asReader = await openAs(sandbox.github.readOnlyToken).getProject({ key: "acme/payments" });
  expect(asReader.canWrite).toBe(false);
});

it("[K2] the log shows routes, not repositories, and no token", async () => {
  await open().createIssue(issueInput());
  expect(records.at(-1)).toMatchObject({
    method: "POST",
    pathTemplate: "/repos/{owner}/{repo}/issues",
    status: 201,
    outcome: "accepted",
    rateLimitRemaining: expect.any(Number),
    requestId: expect.any(String),
  });
  expect(JSON.stringify(records)).not.toMatch(/acme|ghp_/);
});

it("[G5] the sandbox's page shows the issue and hides the marker", async () => {
  const input = issueInput({
    description: doc(paragraph("<b>not bold</b> & <!-- shown -->"), codeBlock("<i>", "html")),
  });
  const { issue } = await open().createIssue(input);
  const page = await (await fetch(issue.url)).text();
  expect(page).toContain("&lt;b&gt;not bold&lt;/b&gt;");
  expect(page).not.toContain("<b>not bold");
  expect(page).not.toContain(input.marker);
});

it("[G3] finds the marker beyond the first page", async () => {
  const input = issueInput();
  const { issue } = await open().createIssue(input);
  for (let i = 0; i < 101; i++) await open().createIssue(issueInput({ title: `Later ${i}`, labels: [] }));
  const found = await open().findByMarker({ project: checkout, marker: input.marker, since: since() });
  expect(found?.remoteId).toBe(issue.remoteId);
});

it("[G3] a renamed repository: the POST is refused as moved, and the issue goes to the same repository's new name", async () => {
  await sandbox.rename("acme/checkout", "acme/till");
  const { issue, warnings } = await open().createIssue(issueInput());
  expect(warnings).toEqual([{ kind: "project_renamed", message: "acme/checkout is now called acme/till." }]);
  expect(issue).toMatchObject({ projectKey: "acme/till", projectRemoteId: checkout.remoteId });
  expect(posts().map(({ status }) => status)).toEqual([301, 201]);
  expect(await sandbox.issues("acme/till")).toHaveLength(4);
});

it("[H1] reads are followed to the new name, by number and by marker", async () => {
  const input = issueInput();
  const { issue } = await open().createIssue(input);
  await sandbox.rename("acme/checkout", "acme/till");
  expect(await open().getIssue({ project: checkout, ref: issue.ref })).toMatchObject({
    remoteId: issue.remoteId,
    key: `acme/till#${issue.ref}`,
    projectRemoteId: checkout.remoteId,
  });
  expect(await open().findByMarker({ project: checkout, marker: input.marker, since: since() })).toMatchObject({
    remoteId: issue.remoteId,
  });
});

it("[G11] refusals carry GitHub's own words and the field that they are about", async () => {
  expect(await failureOf(open().createIssue(issueInput({ project: legacy })))).toMatchObject({
    kind: "tracker_forbidden",
    outcome: "refused",
    message: expect.stringContaining("read-only"),
  });
  expect(await failureOf(open().createIssue(issueInput({ project: handbook })))).toMatchObject({
    kind: "tracker_refused",
    outcome: "refused",
    message: expect.stringContaining("switched off"),
  });
  expect(await failureOf(open().createIssue(issueInput({ title: "  " })))).toMatchObject({
    kind: "tracker_refused",
    fields: { title: "is required" },
  });
  expect(await failureOf(open().createIssue(issueInput({ title: "x".repeat(257) })))).toMatchObject({
    kind: "invalid_input",
    outcome: "refused",
    fields: { title: expect.stringContaining("256") },
  });
});

it("[G5] a longest title and a body over the limit go through", async () => {
  const title = "🙂".repeat(256);
  const { issue, warnings } = await open().createIssue(
    issueInput({ title, description: doc(codeBlock("line of a log\n".repeat(8_000))) }),
  );
  expect(issue.title).toBe(title);
  expect(warnings).toEqual([]);
});

it("[H3] labels that GitHub drops without push access are missing from what it answers", async () => {
  const { issue } = await openAs(sandbox.github.readOnlyToken).createIssue(issueInput({ project: payments }));
  expect(issue.labels).toEqual([]);
});

it.each([
  ["primary, 403", { remaining: 0, resetSeconds: 120 }, 120],
  ["primary, 429", { remaining: 0, resetSeconds: 120, status: 429 }, 120],
  ["secondary, seconds", { secondary: true, retryAfter: "30" }, 30],
  ["secondary, absent", { secondary: true, status: 403 }, 60],
  ["secondary, negative", { secondary: true, retryAfter: "-5" }, 60],
  ["secondary, absurd", { secondary: true, retryAfter: "99999999999" }, 86_400],
  ["secondary, a date", { secondary: true, retryAfter: "in 300 s" }, 300],
  ["secondary, nonsense", { secondary: true, retryAfter: "soon" }, 60],
])("[K4] rate limit (%s) is refused with the time to come back", async (_, limit, seconds) => {
  const inSeconds = /^in (\d+) s$/.exec("retryAfter" in limit ? limit.retryAfter : "")?.[1];
  const retryAfter = inSeconds && { retryAfter: new Date(Date.now() + Number(inSeconds) * 1000).toUTCString() };
  sandbox.rateLimit.set({ ...limit, ...retryAfter });
  const error = await failureOf(open().createIssue(issueInput()));
  expect(error).toMatchObject({ kind: "tracker_rate_limited", outcome: "refused" });
  const waitSeconds = ((error.retryAt?.getTime() ?? 0) - Date.now()) / 1000;
  expect(waitSeconds).toBeGreaterThan(seconds - 3);
  expect(waitSeconds).toBeLessThan(seconds + 3);
  expect(posts()).toHaveLength(1);
  sandbox.rateLimit.clear();
  expect((await sandbox.issues("acme/checkout")).filter(({ title }) => title === "Payment fails")).toEqual([]);
});

it("[H3] what GitHub drops without push access is noticed and named", async () => {
  const milestone = { id: "milestone", name: "Milestone", kind: "select", role: "milestone", wire: null } as const;
  const { issue, warnings } = await openAs(sandbox.github.readOnlyToken).createIssue(
    issueInput({ project: payments, fields: [{ ...milestone, value: { id: "1", name: "2026.4" } }] }),
  );
  expect(issue.labels).toEqual([]);
  expect(warnings).toEqual([{ kind: "fields_dropped", message: expect.stringContaining("label bug, milestone") }]);
});

it("[G2] type, assignees and milestone of the form are set in the creating call", async () => {
  const opened = open();
  const types = await opened.listTypes({ project: checkout });
  expect(types.map(({ name }) => name)).toEqual(["Bug", "Task"]);
  const form = await opened.getForm({ project: checkout, typeId: null });
  expect(form).toMatchObject({
    fields: [
      { id: "assignees", kind: "users", role: "assignee", isSearched: true },
      {
        id: "milestone",
        kind: "select",
        role: "milestone",
        options: [{ name: "2026.4", detail: "due 2026-12-18" }, { name: "2027.1" }],
      },
    ],
    textField: "body",
    labels: "free",
  });
  const [assignees, milestone] = form.fields;
  if (!assignees || !milestone) throw new Error("The form lacks a field.");
  const { items } = await opened.searchOptions({ project: checkout, typeId: null, field: assignees, query: "release" });
  expect(items).toMatchObject([{ name: "release-manager", detail: "Release manager" }]);

  const { issue } = await opened.createIssue(
    issueInput({
      typeId: types[0]?.id ?? null,
      fields: [
        { ...assignees, value: items },
        { ...milestone, value: milestone.options?.[1] ?? null },
      ],
    }),
  );
  expect(issue).toMatchObject({ type: "Bug", assignee: { name: "release-manager", remoteId: items[0]?.id } });
  expect(posts().at(-1)?.body).toMatchObject({ type: "Bug", assignees: ["release-manager"], milestone: 2 });
});

it("[G2] an account is found by its id when it has another login now, and refused when it is nobody", async () => {
  const opened = open();
  const assignees = (await opened.getForm({ project: checkout, typeId: null })).fields[0];
  if (!assignees) throw new Error("The form lacks a field.");
  const [someone] = (await opened.listUsers({ project: checkout })).items;
  const as = (id: string) => issueInput({ fields: [{ ...assignees, value: [{ id, name: "renamed-since" }] }] });
  const { issue } = await opened.createIssue(as(someone?.remoteId ?? ""));
  expect(issue.assignee?.remoteId).toBe(someone?.remoteId);
  expect(await failureOf(opened.createIssue(as("424242")))).toMatchObject({
    kind: "invalid_input",
    outcome: "refused",
    fields: { assignees: expect.stringContaining("renamed-since") },
  });
});

it("[G2] a form offers nothing that GitHub would drop", async () => {
  const form = await openAs(sandbox.github.readOnlyToken).getForm({ project: payments, typeId: null });
  expect(form).toEqual({ fields: [], textField: "body", labels: "none" });
});

it("[G2] where there are no issue types, none are offered", async () => {
  sandbox.faults.add({ path: "/issue-types", mode: "status", status: 404, body: { message: "Not Found" } });
  expect(await open().listTypes({ project: checkout })).toEqual([]);
});

it("[H1] an issue is closed with each of GitHub's reasons", async () => {
  for (const reason of ["completed", "not_planned", "duplicate"]) {
    const { issue } = await open().createIssue(issueInput());
    const address = { project: checkout, ref: issue.ref };
    expect((await open().listTransitions(address)).map(({ id }) => id)).toContain(reason);
    expect((await open().transition(address, { id: reason, fields: [] })).category).toBe("done");
    expect(sandbox.calls().at(-1)?.body).toEqual({ state: "closed", state_reason: reason });
    expect((await open().listTransitions(address)).map(({ id }) => id)).toEqual(["reopened"]);
  }
});

it("[H2] several repositories are searched at once", async () => {
  const opened = open();
  for (const project of [checkout, payments]) {
    await opened.createIssue(issueInput({ project, title: "A walrus in the basket" }));
  }
  const { items } = await opened.searchIssues({ projects: [checkout, payments], query: "walrus" });
  expect(items.map(({ projectKey }) => projectKey).sort()).toEqual(["acme/checkout", "acme/payments"]);
  expect(items.map(({ projectRemoteId }) => projectRemoteId).sort()).toEqual(
    [checkout.remoteId, payments.remoteId].sort(),
  );
  expect((await opened.searchIssues({ projects: [payments], query: "walrus" })).items).toHaveLength(1);
});

it("[D1] an Enterprise Server is called below /api/v3 and /api/graphql", async () => {
  const { fetch } = createTransport({ policy: { allowPrivate: sandbox.allow }, runId: "run" });
  const site = siteOf(`${sandbox.github.apiUrl}/api/v3`, sandbox.github.token);
  const tracker = github.open({ ...site, fetch });
  await tracker.getProject({ key: "acme/checkout" });
  expect((await tracker.listUsers({ project: checkout })).items.length).toBeGreaterThan(0);
  expect(
    sandbox
      .calls()
      .slice(-2)
      .map(({ path }) => path),
  ).toEqual(["/api/v3/repos/acme/checkout", "/api/graphql"]);
});
