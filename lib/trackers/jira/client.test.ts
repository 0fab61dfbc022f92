import type { RequestListener } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import { failureOf } from "@/lib/http/test-failure";
import { open, serve } from "@/lib/http/test-server";
import type { Credential, OpenTracker, Tracker } from "@/lib/trackers/tracker";
import { templateOf } from "./client";
import { jiraCloud } from "./cloud";
import { jiraDc } from "./dc";

const cloudToken: Credential = {
  type: "api_token",
  values: { email: "qa@acme.example", token: "ATATT3xSecretSecret" },
};
const pat: Credential = { type: "pat", values: { token: "NjQ3Secret" } };
const password: Credential = { type: "basic", values: { username: "qa", password: "p%ssword" } };

const openOn = (tracker: Tracker, baseUrl: string, credential: Credential): OpenTracker =>
  tracker.open({ baseUrl, credential, settings: {}, fetch: open().fetch });
const json =
  (body: unknown): RequestListener =>
  (_, response) =>
    void response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));

afterEach(() => {
  vi.doUnmock("jira.js/version3");
  vi.resetModules();
});

it("[K9] jira.js is loaded by the first call, and once", async () => {
  vi.resetModules();
  let loads = 0;
  const { Version3Client } = await vi.importActual<typeof import("jira.js/version3")>("jira.js/version3");
  vi.doMock("jira.js/version3", () => {
    loads += 1;
    return { Version3Client };
  });
  const { jiraCloud: fresh } = await import("./cloud");
  const baseUrl = await serve(json([]));
  const tracker = openOn(fresh, baseUrl, cloudToken);
  expect(loads).toBe(0);
  const project = { remoteId: "10000", key: "PAY" };
  await tracker.listStates?.({ project, typeId: null });
  await tracker.listStates?.({ project, typeId: null });
  expect(loads).toBe(1);
});

it.each<[string, Tracker, Credential, string]>([
  ["Cloud's e-mail and token", jiraCloud, cloudToken, `Basic ${btoa("qa@acme.example:ATATT3xSecretSecret")}`],
  ["a personal access token", jiraDc, pat, "Bearer NjQ3Secret"],
  ["a password", jiraDc, password, `Basic ${btoa("qa:p%ssword")}`],
])("[D3] %s is sent as Jira takes it", async (_, tracker, credential, expected) => {
  const seen: (string | undefined)[] = [];
  const baseUrl = await serve((request, response) => {
    seen.push(request.headers.authorization, request.headers["user-agent"], request.headers.accept);
    json([])(request, response);
  });
  await openOn(tracker, baseUrl, credential).listStates?.({ project: { remoteId: "1", key: "P" }, typeId: null });
  expect(seen).toEqual([expected, "Faultline", "application/json"]);
});

describe("what cannot be parsed", () => {
  const project = { remoteId: "10000", key: "PAY" };
  const input = {
    project,
    title: "x",
    body: "",
    labels: [],
    marker: "m",
    typeId: "1",
    textField: "description",
    fields: [],
  };

  it("[G3] a creation that is answered by a redirect was refused, and goes nowhere else", async () => {
    const seen: string[] = [];
    const baseUrl = await serve((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      response.writeHead(302, { location: "/login.jsp" }).end();
    });
    const create = openOn(jiraDc, baseUrl, pat).createIssue?.(input);
    expect(await failureOf(create ?? Promise.reject())).toMatchObject({ kind: "tracker_refused", outcome: "refused" });
    expect(seen).toEqual(["POST /rest/api/2/issue"]);
  });

  it("[D3] an error of ours holds no request and no credential", async () => {
    const baseUrl = await serve((_, response) => void response.writeHead(500).end("no"));
    const error = await failureOf(openOn(jiraCloud, baseUrl, cloudToken).probe());
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toMatch(/Secret|Basic|authorization/i);
    expect(error.cause).toBeUndefined();
  });

  it("[D3] an answer of a hundred thousand users or of any depth is data or none", async () => {
    const users = Array.from({ length: 20_000 }, (_, n) => ({ accountId: `a${n}`, displayName: `User ${n}` }));
    const many = openOn(jiraCloud, await serve(json(users)), cloudToken);
    expect((await many.listUsers?.({ project, query: "u" }))?.items.length).toBeLessThanOrEqual(50);
    const deep = `${"[".repeat(5_000)}${"]".repeat(5_000)}`;
    const baseUrl = await serve((_, response) => void response.end(deep));
    expect(await failureOf(openOn(jiraDc, baseUrl, pat).probe())).toMatchObject({ kind: "tracker_unreadable" });
  });

  it("[E2] a list that claims never to end does end", async () => {
    let calls = 0;
    const baseUrl = await serve((request, response) => {
      calls += 1;
      json({ startAt: 0, total: 1_000_000, issueTypes: [{ id: String(calls), name: "T" }] })(request, response);
    });
    await openOn(jiraCloud, baseUrl, cloudToken).listTypes?.({ project });
    expect(calls).toBeLessThanOrEqual(20);
  });
});

it.each([
  ["/rest/api/3/issue/PAY-12/comment/10", "/rest/api/3/issue/{}/comment/{}"],
  ["/jira/rest/api/2/project/PAY/statuses", "/jira/rest/api/2/project/{}/statuses"],
  ["/rest/api/3/issue/createmeta/PAY/issuetypes/10004", "/rest/api/3/issue/createmeta/{}/issuetypes/{}"],
  ["/rest/api/3/project/search", "/rest/api/3/project/search"],
  ["/rest/api/3/search/jql", "/rest/api/3/search/jql"],
  ["/ex/jira/11111111-2222/rest/api/3/myself", "/ex/jira/{}/rest/api/3/myself"],
  ["/rest/api/2/issue", "/rest/api/2/issue"],
  ["/rest/api/2/issue/10/properties/faultline.creation", "/rest/api/2/issue/{}/properties/{}"],
  ["/rest/webhooks/1.0/webhook/12", "/rest/webhooks/1.0/webhook/{}"],
  ["/rest/agile/1.0/board/3/sprint", "/rest/agile/1.0/board/{}/sprint"],
])("[D3] the log knows %s as %s", (path, template) => {
  expect(templateOf(path)).toBe(template);
});
