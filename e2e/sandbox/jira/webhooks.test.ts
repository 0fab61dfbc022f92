import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Ajv } from "ajv";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { specsDir } from "@/e2e/vitest/external";
import { authorizationOf, clientOf, createTask, faces, useJira } from "./testing";

type Arrived = { headers: Record<string, string | string[] | undefined>; body: string };

/** Whoever listens to webhooks: what came, and the statuses that it answers in turn. */
function useListener() {
  let server: Server;
  const arrived: Arrived[] = [];
  const answers: number[] = [];
  beforeEach(async () => {
    arrived.length = 0;
    answers.length = 0;
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        arrived.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
        response.writeHead(answers.shift() ?? 202).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`; // it listens on TCP
  return { arrived, answers, url, events: () => arrived.map(({ body }) => JSON.parse(body).webhookEvent) };
}

const everything = [
  ...["jira:issue_created", "jira:issue_updated", "jira:issue_deleted"],
  ...["comment_created", "comment_updated", "comment_deleted"],
];
const classic = "/rest/webhooks/1.0/webhook";

describe.each(faces)("webhooks of Jira (%s)", (face) => {
  const use = useJira(face, { webhookRetryMs: 5 });
  const listener = useListener();
  const register = (more: object = {}) =>
    use.atSite("POST", classic, {
      ...{ name: "Ours", url: listener.url(), events: everything, secret: "between us" },
      ...{ filters: { "issue-related-events-section": "project = PAY" }, ...more },
    });

  it("[K9] are an administrator's; the secret is never shown again", async () => {
    const site = clientOf(use.jira().url, authorizationOf(use.jira().credentials.write));
    expect((await site("POST", classic, { name: "x", url: listener.url() })).status).toBe(403);
    const made = await register();
    expect([made.status, made.data.isSigned]).toEqual([201, true]);
    expect(JSON.stringify((await use.atSite("GET", classic)).data)).not.toContain("between us");
    const path = new URL(made.data.self).pathname.replace("/jira", "");
    expect((await use.atSite("DELETE", path)).status).toBe(204);
    expect((await use.atSite("GET", classic)).data).toEqual([]);
  });

  it("[K9] are signed over the body as it is, and tell what happened, by whom", async () => {
    await register();
    await use.send("PUT", "/issue/PAY-2", { fields: { summary: "Änderung", description: use.text("Text") } });
    await use.jira().webhooks.settled();
    const [one] = listener.arrived;
    const body = one?.body ?? "";
    const digest = createHmac("sha256", "between us").update(body).digest("hex");
    expect(one?.headers["x-hub-signature"]).toBe(`sha256=${digest}`);
    expect(one?.headers["x-atlassian-webhook-identifier"]).toMatch(/^[\da-f-]{36}$/);
    expect(JSON.parse(body)).toMatchObject({
      ...{ webhookEvent: "jira:issue_updated", issue_event_type_name: "issue_updated", user: use.user("qa-bot") },
      // Texts are strings here, of Cloud too.
      issue: { id: "10001", key: "PAY-2", fields: { summary: "Änderung", description: expect.any(String) } },
      changelog: {
        items: [
          expect.objectContaining({ field: "summary", fromString: expect.stringMatching(/^Card form/) }),
          { field: "description" },
        ],
      },
    });
  });

  it("[K9] look like the ones that were recorded", async () => {
    const schemas = JSON.parse(readFileSync(specsDir("webhooks-derived.schemas.json"), "utf8")).schemas;
    const ajv = new Ajv({ strict: false });
    const [issue, comment] = [ajv.compile(schemas["jira-issue"]), ajv.compile(schemas["jira-comment"])];
    await register();
    const key = await createTask(use);
    const { data } = await use.send("POST", `/issue/${key}/comment`, { body: use.text("x") });
    await use.send("PUT", `/issue/${key}/comment/${data.id}`, { body: use.text("y") });
    await use.send("POST", `/issue/${key}/transitions`, { transition: { id: "31" } });
    await use.send("DELETE", `/issue/${key}/comment/${data.id}`);
    await use.asAdmin("DELETE", `/issue/${key}`);
    await use.jira().webhooks.settled();
    expect(listener.events().sort()).toEqual([...everything].sort());
    for (const { body } of listener.arrived) {
      const payload = JSON.parse(body);
      const fits = payload.comment ? comment : issue;
      expect([payload.webhookEvent, fits(payload), fits.errors]).toEqual([payload.webhookEvent, true, null]);
    }
  });

  it("[K9] tell of issues that fit the filter only", async () => {
    await register();
    const task = { project: { key: "OPS" }, issuetype: { name: "Task" }, summary: "x" };
    await use.send("POST", "/issue", { fields: task });
    await createTask(use);
    await use.jira().webhooks.settled();
    expect(listener.arrived.map(({ body }) => JSON.parse(body).issue.key)).toEqual(["PAY-5"]);
  });

  it("[K9] are tried again after a failure, under the same identifier, and given up after five times", async () => {
    await register();
    listener.answers.push(503, 429);
    await createTask(use);
    await use.jira().webhooks.settled();
    expect(new Set(listener.arrived.map(({ headers }) => headers["x-atlassian-webhook-identifier"])).size).toBe(1);
    expect(listener.arrived.map(({ headers }) => headers["x-atlassian-webhook-retry"])).toEqual([undefined, "1", "2"]);
    listener.answers.push(...Array.from({ length: 9 }, () => 500));
    await createTask(use);
    await use.jira().webhooks.settled();
    expect(listener.arrived).toHaveLength(8);
  });

  it("[K9] come late, in another order and twice when they are told to", async () => {
    await register();
    const { webhooks } = use.jira();
    webhooks.hold();
    await createTask(use);
    await use.asAdmin("DELETE", "/issue/PAY-5");
    expect(listener.arrived).toEqual([]);
    webhooks.release("doubled");
    await webhooks.settled();
    const identifiers = listener.arrived.map(({ headers }) => headers["x-atlassian-webhook-identifier"]);
    expect([identifiers.length, new Set(identifiers).size]).toEqual([4, 2]);
  });
});

describe("webhooks of Jira Data Center 10", () => {
  const use = useJira("dc", { webhookRetryMs: 5 });
  const listener = useListener();

  it("[K9] have a second resource, whose filter and secret are its configuration", async () => {
    const newer = "/rest/jira-webhook/1.0/webhooks";
    const configuration = { FILTERS: "project = PAY", SECRET: "between us" };
    const hook = { name: "Ours", url: listener.url(), events: ["jira:issue_created"], configuration, active: true };
    const { status, data } = await use.atSite("POST", newer, hook);
    expect([status, data.active, JSON.stringify(data).includes("between us")]).toEqual([201, true, false]);
    await createTask(use);
    await use.jira().webhooks.settled();
    expect(listener.arrived[0]?.headers["x-hub-signature"]).toMatch(/^sha256=/);
    expect((await use.atSite("DELETE", `${newer}/${data.id}`)).status).toBe(204);
  });
});

describe("webhooks of apps in Jira Cloud", () => {
  const use = useJira("cloud", { webhookRetryMs: 5 });
  const listener = useListener();
  const cloud = () => {
    const jira = use.jira();
    if (!("clientSecret" in jira)) throw new Error("This is no Cloud.");
    return jira;
  };
  const app = (method: string, path: string, body?: unknown) =>
    clientOf(`${cloud().gatewayUrl}/rest/api/3`, authorizationOf(cloud().credentials.oauth))(method, path, body);
  const register = async (jqlFilter = "project = PAY", events = everything) =>
    (await app("POST", "/webhook", { url: listener.url(), webhooks: [{ events, jqlFilter }] })).data
      .webhookRegistrationResult[0];

  it("[K9] are for apps alone, five of them, with filters that Jira can keep", async () => {
    expect((await use.send("GET", "/webhook")).status).toBe(403);
    expect((await register("summary ~ x")).errors).toEqual(["The clause summary is unsupported"]);
    expect((await register("project > 1")).errors).toHaveLength(1);
    for (let i = 0; i < 5; i++) expect((await register()).createdWebhookId).toBeTypeOf("number");
    expect((await register()).errors[0]).toMatch(/maximum number/);
    const { data } = await app("GET", "/webhook?maxResults=2");
    expect([data.values.length, data.total]).toEqual([2, 5]);
  });

  it("[K9] carry a token that the app's secret has signed", async () => {
    await register();
    await createTask(use);
    await use.jira().webhooks.settled();
    const { authorization = "" } = listener.arrived[0]?.headers ?? {};
    const [head, body, signature] = String(authorization).replace("Bearer ", "").split(".");
    const expected = createHmac("sha256", cloud().clientSecret).update(`${head}.${body}`).digest("base64url");
    expect(signature).toBe(expected);
    expect(listener.arrived[0]?.headers).not.toHaveProperty("x-hub-signature");
  });

  it("[K9] end after thirty days unless they are refreshed", async () => {
    const { createdWebhookId: id } = await register();
    const [hook] = use.jira().world.state.hooks;
    const days = ((hook?.expiresMs ?? 0) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(30);
    if (hook) hook.expiresMs = Date.now() + 60_000;
    const refreshed = await app("PUT", "/webhook/refresh", { webhookIds: [id, 1] });
    expect(refreshed.data.expirationDate).toBe(hook?.expiresMs);
    if (hook) hook.expiresMs = Date.now() - 1;
    await createTask(use);
    await use.jira().webhooks.settled();
    expect([listener.arrived.length, (await app("GET", "/webhook")).data.total]).toEqual([0, 0]);
    const again = await register();
    expect((await app("DELETE", "/webhook", { webhookIds: [again.createdWebhookId] })).status).toBe(202);
    expect((await app("GET", "/webhook")).data.total).toBe(0);
  });
});
