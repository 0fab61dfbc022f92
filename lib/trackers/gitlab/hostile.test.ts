import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { startGitlab } from "@/e2e/sandbox/gitlab/server";
import { failureOf } from "@/lib/http/test-failure";
import { createTransport } from "@/lib/http/transport";
import { markerComment } from "@/lib/richtext/our-block-markdown";
import { siteOf } from "@/lib/trackers/testing";
import type { CreateIssueInput, ProjectRef } from "@/lib/trackers/tracker";
import { gitlab } from ".";

let sandbox: Awaited<ReturnType<typeof startGitlab>>;
let checkout: ProjectRef;

function openAs(token: string, allow: string[] = []) {
  const allowPrivate = [new URL(sandbox.url).host, ...allow];
  const { fetch } = createTransport({ policy: { allowPrivate }, runId: "run", deadlineMs: 3_000 });
  return gitlab.open({ ...siteOf(sandbox.apiUrl, token), fetch });
}
const open = () => openAs(sandbox.tokens.write);

let markers = 0;
function issueInput(more: Partial<CreateIssueInput> = {}): CreateIssueInput {
  const { marker = `0193-${process.pid}-${markers++}` } = more;
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
const writes = () => sandbox.calls().filter(({ method }) => method !== "GET");
const since = () => new Date(Date.now() - 1_000);
/** So many newer issues. */
const addLater = (count: number) =>
  sandbox.change((state) => {
    const [first] = state.issues;
    const createdAt = new Date(Date.now() + 1).toISOString();
    for (let i = 0; first && i < count; i++) state.issues.push({ ...first, id: 60_000 + i, iid: 6_000 + i, createdAt });
  });

beforeAll(async () => {
  sandbox = await startGitlab();
});
beforeEach(async () => {
  await sandbox.reset();
  checkout = await open().getProject({ key: "acme/web/checkout" });
});
afterAll(() => sandbox.close());

it.each([429, 502, 503, 500])("[D1] gitbeaker's own habit of repeating is off: %i is tried once", async (status) => {
  sandbox.faults.add({ method: "POST", mode: "status", status, body: { message: "no" }, times: "always" });
  await failureOf(open().createIssue(issueInput()));
  expect(writes()).toHaveLength(1);
  sandbox.faults.clear();
  const before = sandbox.calls().length;
  sandbox.faults.add({ mode: "status", status, body: { message: "no" }, times: "always" });
  await failureOf(open().getProject({ remoteId: checkout.remoteId }));
  expect(sandbox.calls()).toHaveLength(before + 1);
});

it("[D1] gitbeaker's own habit of walking pages is off: one call is one page, whatever the answer links", async () => {
  const link = `<${sandbox.url}/api/v4/projects?id_before=5>; rel="next"`;
  sandbox.faults.add({ mode: "headers", path: "/projects\\?", headers: { link }, times: "always" });
  const before = sandbox.calls().length;
  expect((await open().listProjects({})).next).toBe("id_before:5");
  expect(sandbox.calls()).toHaveLength(before + 1);
});

it("[D3] a token of any kind travels as Bearer, which no redirect takes along", async () => {
  const seen: Headers[] = [];
  const { fetch } = createTransport({ policy: { allowPrivate: [new URL(sandbox.url).host] } });
  const spied: typeof fetch = (input, init) => {
    seen.push(new Headers(init?.headers));
    return fetch(input, init);
  };
  await gitlab.open({ ...siteOf(sandbox.apiUrl, sandbox.tokens.project), fetch: spied }).probe();
  expect(seen.length).toBeGreaterThan(0);
  for (const headers of seen) {
    expect(headers.get("authorization")).toBe(`Bearer ${sandbox.tokens.project}`);
    expect(headers.has("private-token")).toBe(false);
  }
});

it.each([301, 302, 307, 308])(
  "[D3] a write that is sent elsewhere with %i is refused, and goes nowhere",
  async (status) => {
    const other = await startGitlab();
    try {
      const headers = { location: `${other.url}/api/v4/projects/1/issues` };
      sandbox.faults.add({ method: "POST", mode: "redirect", status, headers });
      const tracker = openAs(sandbox.tokens.write, [new URL(other.url).host]);
      expect(await failureOf(tracker.createIssue(issueInput()))).toMatchObject({
        kind: "tracker_refused",
        outcome: "refused",
      });
      expect(other.calls()).toEqual([]);
    } finally {
      await other.close();
    }
  },
);

it("[D3] a read that is sent to another host arrives there without the token", async () => {
  const other = await startGitlab({ tokens: sandbox.tokens });
  try {
    sandbox.faults.add({ mode: "redirect", status: 302, headers: { location: `${other.url}/api/v4/user` } });
    const tracker = openAs(sandbox.tokens.write, [new URL(other.url).host]);
    // It knows the token, and yet says what it says to who has none.
    expect((await failureOf(tracker.probe())).message).toContain("401 Unauthorized");
    expect(other.calls()).toHaveLength(1);
  } finally {
    await other.close();
  }
});

it("[G3] finds the marker with the credential of another account, and not somebody's later copy of it", async () => {
  const input = issueInput();
  const { issue } = await open().createIssue(input);
  const find = (token: string) =>
    openAs(token).findByMarker({ project: checkout, marker: input.marker, since: since() });
  expect((await find(sandbox.tokens.readOnly))?.remoteId).toBe(issue.remoteId);
  await openAs(sandbox.tokens.group).createIssue(issueInput({ marker: input.marker }));
  expect((await find(sandbox.tokens.write))?.remoteId).toBe(issue.remoteId);
});

it("[G3] finds the marker beyond the first page", async () => {
  const input = issueInput();
  const { issue } = await open().createIssue(input);
  addLater(101);
  const found = await open().findByMarker({ project: checkout, marker: input.marker, since: since() });
  expect(found?.remoteId).toBe(issue.remoteId);
});

it("[G3] finds the marker although our clock is hours ahead, or was and has been put back", async () => {
  const input = issueInput();
  const { issue } = await open().createIssue(input);
  addLater(101);
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

it("[G3] more new issues than can be looked through leave it unknown", async () => {
  addLater(2_100);
  const error = await failureOf(open().findByMarker({ project: checkout, marker: "0193-none", since: since() }));
  expect(error).toMatchObject({ kind: "tracker_unreadable", outcome: "unknown" });
});

it.each([
  ["leads elsewhere", { url: "/uploads/a/x.png", full_path: "//evil.example/x.png" }],
  ["is a script", { url: "javascript:alert(1)", full_path: "/x" }],
  ["has a second line", { url: "/uploads/a/x.png)\n/close\n(", full_path: "/x" }],
  ["is no path", { url: "/uploads/a/x.png", full_path: "x" }],
])("[G8] a file whose address %s is not taken", async (_, more) => {
  const body = { id: 1, alt: "x", markdown: "![x](/uploads/a/x.png)\n/close", ...more };
  sandbox.faults.add({ method: "POST", mode: "status", status: 201, body });
  const file = { name: "x.png", mediaType: "image/png", blob: new Blob(["x"]) };
  expect(await failureOf(open().uploadFile(checkout, file))).toMatchObject({ kind: "tracker_unreadable" });
});

it("[G8] a file that is too large is refused as such", async () => {
  sandbox.faults.add({ method: "POST", mode: "status", status: 413, body: "<html>413</html>" });
  const file = { name: "x.png", mediaType: "image/png", blob: new Blob(["x"]) };
  expect(await failureOf(open().uploadFile(checkout, file))).toMatchObject({
    kind: "tracker_refused",
    outcome: "refused",
    message: expect.stringContaining("file is larger"),
  });
});

it.each(["../../user", "1/../2", "0", "-1", "1e3", "", "99999999999999999999"])(
  "[H1] a number %j bends no path",
  async (text) => {
    const before = sandbox.calls().length;
    const bent = { remoteId: text, key: "acme/web/checkout" };
    expect(await failureOf(open().getIssue({ project: checkout, ref: text }))).toMatchObject({
      kind: "tracker_not_found",
    });
    expect(await failureOf(open().getIssue({ project: bent, ref: "1" }))).toMatchObject({ kind: "tracker_not_found" });
    expect(sandbox.calls()).toHaveLength(before);
  },
);
