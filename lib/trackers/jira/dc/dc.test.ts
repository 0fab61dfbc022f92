import { afterEach, expect, it } from "vitest";
import { failureOf } from "@/lib/http/test-failure";
import { wrapWiki } from "@/lib/richtext/our-block-wiki";
import { startDc } from "@/lib/trackers/jira/testing";
import type { Page, RemoteIssue } from "@/lib/trackers/tracker";
import { jiraDc } from ".";

type Running = Awaited<ReturnType<typeof startDc>>;
let running: Running | undefined;
async function start(options: Parameters<typeof startDc>[0] = {}): Promise<Running> {
  running = await startDc(options);
  return running;
}
afterEach(async () => {
  expect(running?.jira.violations() ?? []).toEqual([]);
  await running?.jira.close();
});

it("[D1] the version is found out, by a token or by a password, below the context path", async () => {
  const dc = await start();
  expect(dc.site().baseUrl).toMatch(/\/jira$/);
  for (const name of ["write", "password"] as const) {
    expect(await jiraDc.discover(dc.site(name))).toEqual({ version: expect.stringMatching(/^10\.3/) });
    const { account, apiVersion, scopesMissing } = await dc.open(name).probe();
    expect(account).toMatchObject({ remoteId: "qa-bot", displayName: "Quality assurance bot" });
    expect({ apiVersion, scopesMissing }).toEqual({ apiVersion: expect.stringMatching(/^10\.3/), scopesMissing: [] });
  }
});

it("[D1] an account that may do nothing is told what is missing", async () => {
  const { scopesMissing } = await (await start()).open("noScope").probe();
  expect(scopesMissing.map(({ name }) => name)).toContain("CREATE_ISSUES");
});

it("[D3] after failed sign-ins the CAPTCHA is explained, and before it the password", async () => {
  const dc = await start();
  const wrong = () => {
    const site = dc.site("password");
    const values = { ...site.credential.values, password: "wrong" };
    return failureOf(jiraDc.open({ ...site, credential: { type: "basic", values } }).probe());
  };
  expect(await wrong()).toMatchObject({ kind: "tracker_unauthorized", message: expect.stringContaining("password") });
  for (let i = 0; i < 3; i++) await wrong();
  expect(await wrong()).toMatchObject({
    kind: "tracker_unauthorized",
    outcome: "refused",
    message: expect.stringMatching(/CAPTCHA.*personal access token/),
  });
});

it("[D3] Jira 11 says that passwords are switched off, and takes tokens", async () => {
  const dc = await start({ version: "11.1" });
  const { kind, message } = await failureOf(dc.open("password").probe());
  expect(kind).toMatch(/^tracker_(unauthorized|forbidden)$/);
  expect(message).toMatch(/Basic/i);
  expect((await dc.open().probe()).account?.remoteId).toBe("qa-bot");
});

it("[G2] a server of 8.20 tells its types and forms all at once", async () => {
  const dc = await start({ version: "8.20" });
  const tracker = dc.open();
  const project = await tracker.getProject({ key: "PAY" });
  const types = (await tracker.listTypes?.({ project })) ?? [];
  expect(types.map(({ name }) => name)).toEqual(["Bug", "Task", "Story", "Epic", "Sub-task"]);
  const typeId = types.find(({ name }) => name === "Bug")?.id ?? null;
  const form = await tracker.getForm?.({ project, typeId });
  expect(form).toMatchObject({ textField: "description", labels: "free" });
  expect(form?.fields.find(({ name }) => name === "Environment found")).toMatchObject({
    id: "customfield_10040",
    kind: "select",
    isRequired: true,
  });
});

it("[G2] a project that nobody may create in has no types, on a new server as on an old one", async () => {
  const absent = { project: { remoteId: "99999", key: "NOPE" } };
  for (const version of ["8.20", "10.3"] as const) {
    const dc = await start({ version });
    const error = await failureOf(dc.open().listTypes?.(absent) ?? Promise.reject());
    expect(error.outcome).toBe("refused");
    await dc.jira.close();
  }
});

it.each(["8.20", "10.3"] as const)("[I7] an administrator's webhooks on %s", async (version) => {
  const dc = await start({ version });
  const tracker = dc.open("admin", await jiraDc.discover(dc.site("admin")));
  const project = await tracker.getProject({ key: "PAY" });
  const hook = await tracker.registerWebhook?.({ project, url: "https://faultline.example/hook", secret: "s3cret" });
  const remoteId = hook?.remoteId ?? "";
  expect(hook).toMatchObject({ isActive: true, expiresAt: null });
  const resource = version === "8.20" ? "/rest/webhooks/1.0/webhook" : "/rest/jira-webhook/1.0/webhooks";
  expect(dc.jira.calls().at(-1)?.path).toContain(resource);
  expect(await tracker.renewWebhook?.({ project, remoteId })).toMatchObject({ remoteId });
  expect(await tracker.listWebhooks?.({ project: { remoteId: "10001", key: "OPS" } })).toEqual([]);
  await tracker.removeWebhook?.({ project, remoteId });
  expect(await failureOf(tracker.renewWebhook?.({ project, remoteId }) ?? Promise.reject())).toMatchObject({
    kind: "tracker_not_found",
  });
});

it("[G3] of many that were created together only the one is looked at for its marker", async () => {
  const dc = await start();
  const tracker = dc.open();
  const project = await tracker.getProject({ key: "PAY" });
  const none = { project, labels: [], typeId: "10002", textField: "description", fields: [] };
  const marker = (n: number) => `0190aaaa-0000-7000-8000-${String(n).padStart(12, "0")}`;
  for (let n = 0; n < 8; n++) {
    const body = wrapWiki("It fails.", marker(n));
    await tracker.createIssue?.({ ...none, title: `Together ${n}`, body, marker: marker(n) });
  }
  // One whose text somebody has already changed.
  const last = dc.jira.world.state.issues.at(-1);
  if (last) last.values.description = "Changed.";
  const since = new Date(Date.now() - 60_000);
  const looks = async (n: number) => {
    const before = dc.jira.calls().length;
    const found = await tracker.findByMarker?.({ project, marker: marker(n), since });
    const calls = dc.jira.calls().slice(before);
    return { title: found?.title, asked: calls.filter(({ path }) => path.includes("/properties/")).length };
  };
  expect(await looks(3)).toEqual({ title: "Together 3", asked: 1 });
  expect(await looks(7)).toEqual({ title: "Together 7", asked: 1 });
  expect(await looks(99)).toEqual({ title: undefined, asked: 1 });
});

it("[I1] issues that change while they are listed slip over no edge", async () => {
  const dc = await start();
  const tracker = dc.open();
  const project = await tracker.getProject({ key: "PAY" });
  const { state } = dc.jira.world;
  const [model] = state.issues.filter(({ projectId }) => projectId === "10000");
  if (!model) throw new Error("There is no issue.");
  const beganMs = Date.now() - 600 * 60_000;
  for (let n = 0; n < 250; n++) {
    const id = String(50_000 + n);
    const updatedMs = beganMs + n * 120_000;
    state.issues.push({ ...structuredClone(model), id, key: `PAY-${1_000 + n}`, createdMs: updatedMs, updatedMs });
  }
  const refs = new Set<string>();
  let cursor: string | null = null;
  do {
    const page: Page<RemoteIssue> | undefined = await tracker.listChanged?.({
      project,
      since: new Date(beganMs - 1_000),
      cursor,
    });
    for (const { ref } of page?.items ?? []) refs.add(ref);
    cursor = page?.next ?? null;
    // What was on the first page changes: it goes to the end, and everything else moves up.
    for (const issue of state.issues.slice(-250, -240)) issue.updatedMs = Date.now();
  } while (cursor);
  for (let n = 0; n < 250; n++) expect(refs, `issue ${n}`).toContain(String(50_000 + n));
});

it("[D1] a Cloud site is sent to where it belongs", async () => {
  const dc = await start();
  dc.jira.faults.add({ mode: "status", status: 200, body: { version: "1001.0.0", deploymentType: "Cloud" } });
  await expect(jiraDc.discover(dc.site())).rejects.toMatchObject({
    kind: "invalid_input",
    fields: { baseUrl: expect.stringContaining("Jira Cloud") },
  });
});
