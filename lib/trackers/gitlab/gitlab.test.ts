import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { startGitlab } from "@/e2e/sandbox/gitlab/server";
import { specFileOf } from "@/e2e/sandbox/spec-files";
import { failureOf } from "@/lib/http/test-failure";
import { createTransport } from "@/lib/http/transport";
import { codeBlock, doc, paragraph } from "@/lib/richtext/build";
import { hasMarker } from "@/lib/richtext/our-block-markdown";
import { renderBody } from "@/lib/richtext/render-body";
import { siteOf } from "@/lib/trackers/testing";
import type { CreateIssueInput, ProjectRef, SetField } from "@/lib/trackers/tracker";
import { gitlab } from ".";

type Sandbox = Awaited<ReturnType<typeof startGitlab>>;
let sandbox: Sandbox;
let checkout: ProjectRef;
let payments: ProjectRef;

function openAs(name: keyof Sandbox["tokens"], on = sandbox) {
  const { fetch } = createTransport({ policy: { allowPrivate: [new URL(on.url).host] }, runId: "run" });
  return gitlab.open({ ...siteOf(gitlab.baseUrlOf(on.apiUrl), on.tokens[name]), fetch });
}
const open = () => openAs("write");

let markers = 0;
function issueInput(more: Partial<CreateIssueInput> = {}): CreateIssueInput {
  const marker = `0192-${process.pid}-${markers++}`;
  return {
    project: checkout,
    title: "Payment fails",
    body: "It fails.",
    labels: [],
    marker,
    typeId: null,
    textField: null,
    fields: [],
    ...more,
  };
}
const writes = () => sandbox.calls().filter(({ method }) => method !== "GET");
const field = (id: string, value: SetField["value"], more: Partial<SetField> = {}): SetField => ({
  ...{ id, name: id, kind: "text", role: null, wire: null, value },
  ...more,
});
const userId = async (login: string) => {
  const { items } = await open().listUsers({ project: checkout, query: login });
  return items.find((one) => one.login === login)?.remoteId ?? "";
};

beforeAll(async () => {
  sandbox = await startGitlab({ specFile: specFileOf("gitlab-v4.json") });
});
beforeEach(async () => {
  await sandbox.reset();
  checkout = await open().getProject({ key: "acme/web/checkout" });
  payments = await open().getProject({ key: "acme/payments" });
});
afterEach(() => expect(sandbox.violations() ?? []).toEqual([]));
afterAll(() => sandbox.close());

it("[D1] the client library is loaded by the first call, not by opening", async () => {
  const load = vi.fn(async (original: () => Promise<object>) => ({ ...(await original()) }));
  vi.resetModules();
  vi.doMock("@gitbeaker/rest", load);
  try {
    const { gitlab: fresh } = await import(".");
    const { fetch } = createTransport({ policy: { allowPrivate: [new URL(sandbox.url).host] } });
    const opened = fresh.open({ ...siteOf(sandbox.apiUrl, sandbox.tokens.write), fetch });
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

it("[G2] the form has what GitLab takes, and severity and priority by the labels that stand for them", async () => {
  const form = await open().getForm({ project: checkout, typeId: "issue" });
  expect(form.fields.map(({ id, kind, role }) => [id, kind, role])).toEqual([
    ["assignee_ids", "user", "assignee"],
    ["milestone_id", "select", "milestone"],
    ["severity::", "select", "severity"],
    ["priority::", "select", "priority"],
    ["due_date", "date", "due_date"],
    ["weight", "number", null],
    ["confidential", "checkbox", "confidential"],
  ]);
  expect(form.fields[1]?.options?.map(({ name }) => name)).toEqual(["Spring release", "Year 2027"]);
  expect(form.fields[2]?.options).toEqual([
    { id: "severity::1", name: "1" },
    { id: "severity::2", name: "2" },
    { id: "severity::3", name: "3" },
  ]);
  const incident = await open().getForm({ project: checkout, typeId: "incident" });
  expect(incident.fields.map(({ id }) => id)).not.toContain("weight");
  const types = await open().listTypes({ project: checkout });
  expect(types.map(({ id }) => id)).toEqual(["issue", "incident", "task"]);
});

it("[E5] where no label stands for a priority yet, those that will are offered", async () => {
  sandbox.change((state) => {
    state.labels = state.labels.filter(({ name }) => !name.includes("::"));
  });
  const { fields } = await open().getForm({ project: checkout, typeId: "issue" });
  expect(fields.find(({ role }) => role === "priority")?.options?.map(({ id }) => id)).toEqual(
    [1, 2, 3, 4, 5].map((number) => `Priority::${number}`),
  );
  expect(fields.some(({ role }) => role === "severity")).toBe(false);
  const third = field("priority::", { id: "Priority::3", name: "3" }, { kind: "select", wire: "label" });
  const { issue, warnings } = await open().createIssue(issueInput({ fields: [third] }));
  expect(warnings).toEqual([]);
  expect(issue).toMatchObject({ labels: ["Priority::3"], priority: "3" });
});

it("[E2] what groups share counts, unless that is switched off", async () => {
  const at = { ...siteOf(sandbox.apiUrl, sandbox.tokens.write), settings: { groupResources: "no" } };
  const { fetch } = createTransport({ policy: { allowPrivate: [new URL(sandbox.url).host] } });
  const without = gitlab.open({ ...at, fetch });
  const project = checkout;
  expect((await without.listProjects({})).items).toEqual([]);
  expect((await without.listLabels({ project })).items).toEqual(["team: checkout"]);
  expect((await open().listLabels({ project })).items).toEqual(expect.arrayContaining(["team: checkout", "bug"]));
  expect((await without.listUsers({ project })).items.map(({ login }) => login)).toEqual(["project_checkout_bot"]);
  const { fields } = await without.getForm({ project, typeId: null });
  expect(fields.find(({ role }) => role === "milestone")?.options?.map(({ name }) => name)).toEqual(["Spring release"]);
});

it("[G2] what a form says arrives, in one call", async () => {
  const release = { id: await userId("release-manager"), name: "Release manager" };
  const { fields } = await open().getForm({ project: checkout, typeId: "issue" });
  const [milestone] = fields.find(({ id }) => id === "milestone_id")?.options ?? [];
  const { issue, warnings } = await open().createIssue(
    issueInput({
      typeId: "task",
      labels: ["bug", "made just now"],
      fields: [
        field("assignee_ids", release, { kind: "user" }),
        field("milestone_id", milestone ?? null, { kind: "select" }),
        field("severity::", { id: "severity::2", name: "2" }, { kind: "select", wire: "label" }),
        field("due_date", "2027-01-31"),
        field("weight", 3),
        field("confidential", true),
      ],
    }),
  );
  expect(warnings).toEqual([]);
  expect(issue).toMatchObject({ type: "Task", assignee: { login: "release-manager" } });
  expect([...issue.labels].sort()).toEqual(["bug", "made just now", "severity::2"]);
  expect(writes()).toMatchObject([
    { body: { due_date: "2027-01-31", weight: 3, confidential: true, milestone_id: Number(milestone?.id) } },
  ]);
});

it("[H3] what GitLab drops without a word is reported", async () => {
  const { warnings } = await openAs("project").createIssue(
    issueInput({
      project: payments,
      labels: ["bug"],
      typeId: "incident",
      fields: [
        field("assignee_ids", { id: "999999", name: "Somebody" }),
        field("due_date", "2027-01-31"),
        field("confidential", true),
      ],
    }),
  );
  expect(warnings).toMatchObject([{ kind: "fields_dropped" }]);
  for (const what of ["the label “bug”", "an assignee", "the due date", "confidential", "the type"])
    expect(warnings[0]?.message).toContain(what);
});

it("[G11] what cannot be sent is refused before anything is", async () => {
  const refusals = await Promise.all([
    failureOf(open().createIssue(issueInput({ labels: ["one, two"] }))),
    failureOf(open().createIssue(issueInput({ typeId: "epic" }))),
    failureOf(open().createIssue(issueInput({ fields: [field("milestone_id", { id: "../1", name: "x" })] }))),
    failureOf(open().createIssue(issueInput({ fields: [field("due_date", "tomorrow")] }))),
    failureOf(open().createIssue(issueInput({ fields: [field("iid", 7)] }))),
    failureOf(open().updateIssue({ project: checkout, ref: "1" }, { removeLabels: ["a,b"] })),
  ]);
  for (const error of refusals) expect(error).toMatchObject({ kind: "invalid_input", outcome: "refused" });
  expect(refusals.map(({ fields }) => Object.keys(fields ?? {})[0])).toEqual([
    ...["labels", "typeId", "milestone_id", "due_date", "iid", "labels"],
  ]);
  expect(writes()).toEqual([]);
});

it("[G5] lines that look like quick actions stay text, in the title, the description and a comment", async () => {
  const lines = ["/close", "/label ~flaky", "/confidential", "/title Owned"];
  const description = doc(...lines.map((line) => paragraph(line)), paragraph("a\n/close"), codeBlock("/close", "text"));
  const given = issueInput({ title: "/close" });
  const { output } = renderBody("glfm", 100_000, { description, marker: given.marker });
  const { issue } = await open().createIssue({ ...given, body: output });
  expect(issue).toMatchObject({ title: "/close", state: "opened", labels: [] });
  const address = { project: checkout, ref: issue.ref };
  const comment = renderBody("glfm", 100_000, { description, marker: null }).output;
  await open().addComment(address, { body: comment, marker: "c-1" });
  await open().updateIssue(address, { body: `${output}\n` });
  expect(await open().getIssue(address)).toMatchObject({ title: "/close", state: "opened", labels: [] });
  expect(await open().getText(address)).toContain("close");

  // The sandbox does carry them out where nobody keeps it from that.
  const bare = await open().createIssue(issueInput({ body: "text\n\n/close" }));
  expect((await open().getIssue({ project: checkout, ref: bare.issue.ref })).state).toBe("closed");
});

it("[I2] a change that names nothing writes nothing, and each other one only what it names", async () => {
  const address = { project: checkout, ref: "1" };
  expect((await open().updateIssue(address, {})).ref).toBe("1");
  expect(writes()).toEqual([]);
  await open().updateIssue(address, { title: "Renamed", addLabels: ["bug", "flaky"], removeLabels: ["regression"] });
  expect(writes().map(({ body }) => body)).toEqual([
    { title: "Renamed", add_labels: "bug,flaky", remove_labels: "regression" },
  ]);
});

it("[I2] fields are set, and emptied", async () => {
  const address = { project: checkout, ref: "2" };
  const { fields } = await open().getForm({ project: checkout, typeId: null });
  const [milestone] = fields.find(({ id }) => id === "milestone_id")?.options ?? [];
  await open().updateIssue(address, {
    fields: [field("milestone_id", milestone ?? null), field("due_date", "2027-02-01"), field("confidential", true)],
  });
  await open().updateIssue(address, { fields: [field("milestone_id", null), field("due_date", null)] });
  expect(writes().map(({ body }) => body)).toEqual([
    { milestone_id: Number(milestone?.id), due_date: "2027-02-01", confidential: true },
    { milestone_id: 0, due_date: "" },
  ]);
});

it("[I4] another severity takes the place of the one before, even where scopes are but names", async () => {
  const severity = (id: string | null) =>
    field("severity::", id === null ? null : { id, name: id }, { kind: "select", wire: "label" });
  const address = { project: checkout, ref: "1" };
  expect((await open().updateIssue(address, { fields: [severity("severity::1")] })).labels).toEqual([
    "bug",
    "severity::1",
  ]);
  expect(writes().at(-1)?.body).toEqual({ add_labels: "severity::1", remove_labels: "severity::2" });
  expect((await open().updateIssue(address, { fields: [severity(null)] })).labels).toEqual(["bug"]);
});

it("[G4] members of groups above count, blocked ones are switched off, and choices are searched", async () => {
  const { items } = await open().listUsers({ project: checkout });
  expect(items.find(({ login }) => login === "former-contractor")?.isActive).toBe(false);
  expect(items.find(({ login }) => login === "release-manager")?.isActive).toBe(true);
  const ask = (id: string, query: string) =>
    open().searchOptions({
      project: checkout,
      typeId: null,
      query,
      field: { id, kind: "user", role: null, wire: null },
    });
  expect((await ask("assignee_ids", "contractor")).items).toEqual([]);
  expect((await ask("assignee_ids", "RELEASE")).items).toMatchObject([
    { name: "Release manager", detail: "@release-manager" },
  ]);
  expect((await ask("milestone_id", "year")).items).toMatchObject([{ name: "Year 2027" }]);
});

it("[H5] GitLab's own notes are not comments, and internal ones are told apart", async () => {
  const address = { project: checkout, ref: "1" };
  await open().transition(address, { id: "close", fields: [] });
  await open().addComment(address, { body: "Seen again.", marker: "c-1" });
  sandbox.change(({ notes }) => {
    const [note] = notes.filter(({ system }) => !system);
    if (note) notes.push({ ...note, id: note.id + 1_000, body: "Between us.", internal: true });
  });
  const { items } = await open().listComments(address, {});
  expect(items.map(({ isInternal }) => isInternal)).toEqual([false, true]);
  expect(hasMarker(items[0]?.body ?? "", "c-1")).toBe(true);
  expect(items[0]?.url).toBe(`${sandbox.url}/acme/web/checkout/-/issues/1#note_${items[0]?.remoteId}`);
});

it("[H1] a moved issue is followed to where it lives now, as far as the account may see", async () => {
  const { iid } = sandbox.move("acme/web/checkout", 1, "acme/payments");
  expect(await open().getIssue({ project: checkout, ref: "1" })).toMatchObject({
    key: `acme/payments#${iid}`,
    projectRemoteId: payments.remoteId,
    state: "opened",
  });
  sandbox.move("acme/web/checkout", 2, "acme/web/security-reports");
  expect((await openAs("project").getIssue({ project: checkout, ref: "2" })).key).toBe("acme/web/checkout#2");
});

it("[H1] a note that only says so leads nowhere", async () => {
  const { iid } = sandbox.move("acme/web/checkout", 1, "acme/payments");
  sandbox.change(({ notes, lastId }) => {
    const [moved] = notes.filter(({ body }) => body.startsWith("moved to"));
    if (moved)
      notes.push({
        ...moved,
        id: lastId + 1,
        body: "moved to acme/payments#1",
        createdAt: new Date(Date.now() + 1_000).toISOString(),
      });
  });
  expect((await open().getIssue({ project: checkout, ref: "1" })).ref).toBe(String(iid));
});

it("[H1] a renamed project keeps its number: reads by its old name are followed, writes are not in need of it", async () => {
  sandbox.rename("acme/web/checkout", "acme/shop/till");
  expect(await open().getProject({ key: "acme/web/checkout" })).toMatchObject({
    remoteId: checkout.remoteId,
    key: "acme/shop/till",
  });
  const { issue, warnings } = await open().createIssue(issueInput());
  expect(issue).toMatchObject({ projectKey: "acme/shop/till", projectRemoteId: checkout.remoteId });
  expect(warnings).toEqual([{ kind: "project_renamed", message: "acme/web/checkout is now called acme/shop/till." }]);
  expect(writes()).toHaveLength(1);
});

it("[G3] the marker is found although the search leaves HTML comments out, as GitLab's does", async () => {
  const given = issueInput();
  const body = renderBody("glfm", 10_000, { description: doc(paragraph("It fails.")), marker: given.marker }).output;
  const { issue } = await open().createIssue({ ...given, body });
  const searched = await open().searchIssues({ projects: [checkout], query: `faultline-${given.marker}` });
  expect(searched.items).toEqual([]);
  const found = await open().findByMarker({
    project: checkout,
    marker: given.marker,
    since: new Date(Date.now() - 1_000),
  });
  expect(found?.remoteId).toBe(issue.remoteId);
});

it("[H2] several projects are searched side by side, and a reference only in the one that it names", async () => {
  const projects = [checkout, payments];
  const { items, next } = await open().searchIssues({ projects, query: "twice" });
  expect(items.map(({ key }) => key)).toEqual(
    ["acme/payments#1", "acme/web/checkout#2", "acme/web/checkout#1"].filter((key) =>
      items.some((one) => one.key === key),
    ),
  );
  expect(next).toBeNull();
  const named = await open().searchIssues({ projects, query: "acme/payments#1" });
  expect(named.items.map(({ key }) => key)).toEqual(["acme/payments#1"]);
});

it("[I1] changes of one moment are all listed, once each, however many pages they fill", async () => {
  sandbox.change((state) => {
    const [first] = state.issues;
    if (!first) return;
    const at = "2026-11-01T00:00:00.000Z";
    for (let i = 0; i < 250; i++) {
      state.issues.push({
        ...first,
        id: 50_000 + i,
        iid: 5_000 + i,
        createdAt: at,
        updatedAt: i < 230 ? at : "2026-11-01T00:00:01.000Z",
      });
    }
  });
  const since = new Date("2026-10-31T00:00:00Z");
  const found: string[] = [];
  let cursor: string | null = null;
  let pages = 0;
  do {
    const page: Awaited<ReturnType<ReturnType<typeof open>["listChanged"]>> = await open().listChanged({
      project: checkout,
      since,
      cursor,
    });
    found.push(...page.items.map(({ remoteId }) => remoteId));
    cursor = page.next;
  } while (cursor !== null && ++pages < 20);
  const ours = found.filter((id) => Number(id) >= 50_000);
  expect(new Set(ours).size).toBe(250);
  expect(ours.length).toBe(new Set(ours).size);
});

it("[G8] a file is kept, served, and shown by what goes into the text", async () => {
  const file = { name: "shot [1].png", mediaType: "image/png", blob: new Blob(["not really a picture"]) };
  const sent = await open().uploadFile(checkout, file);
  expect(sent.inText).toMatch(/^!\[shot \\\[1\\\]\.png\]\(\/uploads\/[0-9a-f]{32}\/shot__1_\.png\)$/);
  expect(await (await fetch(sent.url)).text()).toBe("not really a picture");
  const { issue } = await open().createIssue(issueInput({ body: `See ${sent.inText}` }));
  expect(await (await fetch(issue.url)).text()).toContain(`src="${new URL(sent.url).pathname}"`);
  const log = await open().uploadFile(checkout, { ...file, name: "log.txt", mediaType: "text/plain" });
  expect(log.inText).toMatch(/^\[log\.txt\]/);
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
