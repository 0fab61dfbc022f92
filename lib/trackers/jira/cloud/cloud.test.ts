import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { failureOf } from "@/lib/http/test-failure";
import { startCloud } from "@/lib/trackers/jira/testing";
import { jiraCloud } from ".";

let running: Awaited<ReturnType<typeof startCloud>>;

beforeAll(async () => {
  running = await startCloud();
});
beforeEach(async () => {
  await running.jira.reset();
  running.records.length = 0;
});
afterEach(() => expect(running.jira.violations() ?? []).toEqual([]));
afterAll(() => running.jira.close());

/** The gateway is the sandbox's own. */
const discovered = (name: "scoped" | "noScope" | "oauth") =>
  jiraCloud.discover(running.site(name, { gateway: running.jira.gateway }));

it("[D1] a scoped token goes through the gateway, with the cloud id that the site tells anybody", async () => {
  const settings = await discovered("scoped");
  expect(settings).toEqual({ gateway: running.jira.gateway, cloudId: running.jira.cloudId });
  const [asked] = running.jira.calls();
  expect(asked).toMatchObject({ path: "/_edge/tenant_info", login: null });

  const tracker = running.open("scoped", settings);
  expect((await tracker.probe()).account).toMatchObject({ name: "Quality assurance bot" });
  expect(running.jira.calls().at(-1)?.path).toMatch(/^\/ex\/jira\/[^/]+\/rest\/api\/3\//);
  const { items } = await tracker.listProjects({ query: "pay" });
  // What a person follows is the site's.
  expect(items).toMatchObject([{ key: "PAY", url: `${running.jira.url}/browse/PAY` }]);
  expect(running.records.map(({ pathTemplate }) => pathTemplate)).toContain("/ex/jira/{}/rest/api/3/myself");
});

it("[D1] what is made through the gateway is seen on the site", async () => {
  const tracker = running.open("scoped", await discovered("scoped"));
  const project = await tracker.getProject({ key: "PAY" });
  const body = JSON.stringify({ version: 1, type: "doc", content: [] });
  const none = { labels: [], typeId: "10002", textField: "description", fields: [], marker: "m-1" };
  const created = await tracker.createIssue?.({ project, title: "Through the gateway", body, ...none });
  expect(created?.issue.url).toMatch(new RegExp(`^${running.jira.url}/browse/PAY-\\d+$`));
  const file = { name: "log.txt", mediaType: "text/plain", blob: new Blob(["x"]) };
  const kept = await tracker.attachFile?.({ project, ref: created?.issue.ref ?? "" }, file);
  expect(kept?.url).toMatch(new RegExp(`^${running.jira.url}/`));
  expect(kept?.url).not.toContain("/ex/jira/");
});

it("[D3] a scope that is missing is told from a token that is expired", async () => {
  const settings = await discovered("noScope");
  const tracker = running.open("noScope", settings);
  const project = { remoteId: "10000", key: "PAY" };
  const none = { labels: [], typeId: "10002", textField: "description", fields: [], marker: "m-1" };
  const create = tracker.createIssue?.({ project, title: "x", body: "", ...none });
  expect(await failureOf(create ?? Promise.reject())).toMatchObject({ kind: "tracker_forbidden", outcome: "refused" });
  running.jira.expire("scoped");
  const expired = running.open("scoped", await discovered("scoped")).probe();
  expect(await failureOf(expired)).toMatchObject({ kind: "tracker_unauthorized" });
});

it("[D3] without the cloud id a scoped token goes nowhere; the site would not take it", async () => {
  await expect(running.open("scoped").probe()).rejects.toMatchObject({ kind: "misconfigured" });
  expect(running.jira.calls()).toEqual([]);
});

it("[D1] a site that tells no cloud id is no site of Cloud's", async () => {
  running.jira.faults.add({ mode: "html", status: 200 });
  expect(await failureOf(discovered("scoped"))).toMatchObject({ kind: "tracker_not_found", outcome: "refused" });
  running.jira.faults.add({ mode: "status", status: 200, body: { cloudId: "../../evil" } });
  expect(await failureOf(discovered("scoped"))).toMatchObject({ kind: "tracker_not_found" });
});

it("[D1] a classic token needs no discovery", async () => {
  expect(await jiraCloud.discover(running.site())).toEqual({});
  expect(running.jira.calls()).toEqual([]);
});

it("[G2] what Cloud no longer tells it is not asked for", async () => {
  const absent = { remoteId: "99999", key: "NOPE" };
  running.jira.faults.add({ path: "createmeta", mode: "status", status: 404, body: {}, times: "always" });
  const types = running.open().listTypes?.({ project: absent });
  expect(await failureOf(types ?? Promise.reject())).toMatchObject({ kind: "tracker_not_found" });
  expect(running.jira.calls().filter(({ path }) => /createmeta(\?|$)/.test(path))).toEqual([]);
});

it("[I7] an app's webhooks expire, are renewed, listed and removed", async () => {
  const tracker = running.open("oauth", await discovered("oauth"));
  const project = { remoteId: "10000", key: "PAY" };
  const url = "https://faultline.example/hook";
  const hook = await tracker.registerWebhook?.({ project, url, secret: "s" });
  const dayMs = 24 * 3_600_000;
  expect(((hook?.expiresAt?.getTime() ?? 0) - Date.now()) / dayMs).toBeCloseTo(30, 0);
  const remoteId = hook?.remoteId ?? "";
  expect((await tracker.listWebhooks?.({ project }))?.map((one) => one.remoteId)).toEqual([remoteId]);
  expect((await tracker.renewWebhook?.({ project, remoteId }))?.expiresAt?.getTime()).toBeGreaterThan(Date.now());
  await tracker.removeWebhook?.({ project, remoteId });
  expect(await tracker.listWebhooks?.({ project })).toEqual([]);
});

it("[I1] of dates the account's time zone is no matter", async () => {
  // The account's zone is not UTC: a date written into the query would be hours off.
  const tracker = running.open();
  const project = await tracker.getProject({ key: "PAY" });
  const none = { labels: [], typeId: "10002", textField: "description", fields: [] };
  await tracker.createIssue?.({ project, title: "Just now", body: "", marker: "m-9", ...none });
  const changed = await tracker.listChanged?.({ project, since: new Date(Date.now() - 30_000) });
  expect(changed?.items.map(({ title }) => title)).toEqual(["Just now"]);
  const found = await tracker.findByMarker?.({ project, marker: "m-9", since: new Date(Date.now() - 30_000) });
  expect(found?.title).toBe("Just now");
});
