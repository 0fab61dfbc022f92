import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { type Sandbox, startSandbox } from "@/e2e/sandbox/sandbox";
import { failureOf } from "@/lib/http/test-failure";
import { createTransport } from "@/lib/http/transport";
import { markerComment } from "@/lib/richtext/our-block-markdown";
import { siteOf } from "@/lib/trackers/testing";
import type { CreateIssueInput, ProjectRef } from "@/lib/trackers/tracker";
import { github } from ".";

let sandbox: Sandbox;
let checkout: ProjectRef;
let payments: ProjectRef;

function openAs(token: string, deadlineMs = 3_000) {
  const { fetch } = createTransport({ policy: { allowPrivate: sandbox.allow }, runId: "run", deadlineMs });
  return github.open({ ...siteOf(sandbox.github.apiUrl, token), fetch });
}
const open = (deadlineMs?: number) => openAs(sandbox.github.token, deadlineMs);

let markers = 0;
function issueInput(more: Partial<CreateIssueInput> = {}): CreateIssueInput {
  const { marker = `0191-${process.pid}-${markers++}` } = more;
  const body = `It fails.\n\n${markerComment(marker)}`;
  return {
    project: checkout,
    title: "Payment fails",
    body,
    labels: [],
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
  sandbox = await startSandbox({ validate: false });
});
beforeEach(async () => {
  await sandbox.reset();
  checkout = await open().getProject({ key: "acme/checkout" });
  payments = await open().getProject({ key: "acme/payments" });
});
afterAll(() => sandbox.close());

it("[G3] finds the marker with the credential of another account, and not somebody's later copy of it", async () => {
  const input = issueInput({ project: payments });
  const { issue } = await open().createIssue(input);
  const find = (tracker: ReturnType<typeof open>) =>
    tracker.findByMarker({ project: payments, marker: input.marker, since: since() });
  expect((await find(openAs(sandbox.github.readOnlyToken)))?.remoteId).toBe(issue.remoteId);
  await openAs(sandbox.github.readOnlyToken).createIssue(issueInput({ project: payments, marker: input.marker }));
  expect((await find(open()))?.remoteId).toBe(issue.remoteId);
});

it("[G3] finds the marker although our clock is hours ahead, or was and has been put back", async () => {
  const input = issueInput();
  const { issue } = await open().createIssue(input);
  const ahead = new Date(Date.now() + 3 * 3_600_000);
  const find = () => open().findByMarker({ project: checkout, marker: input.marker, since: ahead });
  expect((await find())?.remoteId).toBe(issue.remoteId);
  const clock = vi.spyOn(Date, "now").mockImplementation(() => ahead.getTime() + 5_000);
  try {
    expect((await find())?.remoteId).toBe(issue.remoteId);
  } finally {
    clock.mockRestore();
  }
});

it("[G3] a repository whose server takes long to say that it was renamed gets no second POST", async () => {
  await sandbox.rename("acme/checkout", "acme/till");
  sandbox.faults.add({ method: "POST", mode: "delay", delayMs: 5_200 });
  expect(await failureOf(open(8_000).createIssue(issueInput()))).toMatchObject({
    kind: "tracker_refused",
    outcome: "refused",
  });
  expect(posts().map(({ status }) => status)).toEqual([301]);
}, 15_000);

it("[D3] a page that is made to take long takes no time", async () => {
  sandbox.faults.add({ mode: "html", status: 200, body: "<input ".repeat(60_000) });
  const beganAt = performance.now();
  expect(await failureOf(open().probe())).toMatchObject({ kind: "tracker_unreadable" });
  expect(performance.now() - beganAt).toBeLessThan(1_500);
});

it("[G11] of a refusal that names thousands of fields a form's worth is kept", async () => {
  const errors = Array.from({ length: 5_000 }, (_, n) => ({ field: `field-${n}`, message: "x".repeat(200) }));
  sandbox.faults.add({ method: "POST", mode: "status", status: 422, body: { message: "No", errors } });
  const { fields } = await failureOf(open().createIssue(issueInput()));
  expect(Object.keys(fields ?? {})).toHaveLength(20);
});

it.each(["", " ", ".", ".."])("[E7] taking away the label %j takes away no other", async (name) => {
  const { issue } = await open().createIssue(issueInput({ labels: ["bug"] }));
  const address = { project: checkout, ref: issue.ref };
  const before = sandbox.calls().length;
  expect((await open().updateIssue(address, { removeLabels: [name] })).labels).toEqual(["bug"]);
  expect(
    sandbox
      .calls()
      .slice(before)
      .map(({ method }) => method),
  ).not.toContain("DELETE");
});

it("[G3] labels that are refused after the title was changed are no refusal of the whole", async () => {
  const { issue } = await open().createIssue(issueInput());
  const address = { project: checkout, ref: issue.ref };
  sandbox.faults.add({ method: "POST", path: "/labels", mode: "status", status: 403, body: { message: "No" } });
  const changed = open().updateIssue(address, { title: "Changed", addLabels: ["bug"] });
  expect(await failureOf(changed)).toMatchObject({ kind: "tracker_forbidden", outcome: "unknown" });
  sandbox.faults.add({ method: "POST", path: "/labels", mode: "status", status: 403, body: { message: "No" } });
  const alone = open().updateIssue(address, { addLabels: ["bug"] });
  expect(await failureOf(alone)).toMatchObject({ kind: "tracker_forbidden", outcome: "refused" });
});

it("[G3] a question before the call that fails: nothing was sent, and that is certain", async () => {
  const assigned = { id: "assignees", name: "Assignees", kind: "users", role: "assignee", wire: null } as const;
  const fields = [{ ...assigned, value: [{ id: "1", name: "octocat" }] }];
  sandbox.faults.add({ method: "GET", path: "/users/", mode: "status", status: 500, times: "always" });
  expect(await failureOf(open().createIssue(issueInput({ fields })))).toMatchObject({
    kind: "tracker_failed",
    outcome: "refused",
  });
  expect(posts()).toEqual([]);
});
