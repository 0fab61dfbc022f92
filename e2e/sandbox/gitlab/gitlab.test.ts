import { createHmac } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { Ajv } from "ajv";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { z } from "zod";
import { specsDir } from "@/e2e/vitest/external";
import { specFileOf } from "../spec-files";
import { startGitlab } from "./server";

let sandbox: Awaited<ReturnType<typeof startGitlab>>;
let checkout: string;

beforeAll(async () => {
  sandbox = await startGitlab({ specFile: specFileOf("gitlab-v4.json") });
});
beforeEach(async () => {
  await sandbox.reset();
  const { id } = z.object({ id: z.number() }).parse(await (await api("GET", "/projects/acme%2Fweb%2Fcheckout")).json());
  checkout = `/projects/${id}`;
});
afterAll(() => sandbox.close());

const api = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  fetch(`${sandbox.url}/api/v4${path}`, {
    method,
    headers: { authorization: `Bearer ${sandbox.tokens.write}`, "content-type": "application/json", ...headers },
    body: body === undefined ? null : JSON.stringify(body),
    redirect: "manual",
  });
const as = (token: string) => ({ authorization: `Bearer ${token}` });
const issue = z.looseObject({ iid: z.number(), title: z.string(), state: z.string(), labels: z.array(z.string()) });
const create = async (body: object) => issue.parse(await (await api("POST", `${checkout}/issues`, body)).json());

it("[K9] unknown, expired and absent tokens are refused as GitLab refuses them", async () => {
  const answers = [];
  sandbox.expire("readOnly");
  for (const headers of [
    as("glpat-unknown"),
    as(sandbox.tokens.readOnly),
    { authorization: "" },
    { authorization: "", "private-token": "x" },
  ]) {
    const answer = await api("GET", "/user", undefined, headers);
    answers.push([answer.status, await answer.json()]);
  }
  const invalid = (error_description: unknown) => ({ error: "invalid_token", error_description });
  expect(answers).toEqual([
    [401, invalid(expect.stringContaining("revoked"))],
    [401, invalid(expect.stringContaining("expired"))],
    [401, { message: "401 Unauthorized" }],
    [401, { message: "401 Unauthorized" }],
  ]);
});

it("[K9] its own header for tokens is taken as well as Bearer", async () => {
  const headers = { authorization: "", "private-token": sandbox.tokens.write };
  expect(await (await api("GET", "/user", undefined, headers)).json()).toMatchObject({ username: "qa-bot" });
});

it("[K9] the limit really runs out, in plain text, and says when it ends", async () => {
  sandbox.rateLimit.set({ remaining: 1, resetSeconds: 60 });
  expect((await api("GET", "/user")).headers.get("ratelimit-remaining")).toBe("0");
  const refused = await api("GET", "/user");
  expect([refused.status, await refused.text()]).toEqual([429, "Retry later\n"]);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(55);
  sandbox.rateLimit.clear();
  expect((await api("GET", "/user")).status).toBe(200);
});

it("[K9] a description of 1,048,576 characters is taken, one more is refused with GitLab's own error", async () => {
  const send = (length: number) => api("POST", `${checkout}/issues`, { title: "x", description: "é".repeat(length) });
  expect((await send(1_048_576)).status).toBe(201);
  const refused = await send(1_048_577);
  expect([refused.status, await refused.json()]).toEqual([
    400,
    { message: { description: ["is too long (maximum is 1048576 characters)"] } },
  ]);
});

it("[K9] what may not be seen is not there; what may not be done is forbidden", async () => {
  const read = as(sandbox.tokens.readOnly);
  expect((await api("POST", `${checkout}/issues`, { title: "x" }, read)).status).toBe(403);
  expect(
    (await api("GET", "/projects/acme%2Fweb%2Fsecurity-reports", undefined, as(sandbox.tokens.project))).status,
  ).toBe(404);
  expect((await api("POST", "/projects/acme%2Flegacy/issues", { title: "x" })).status).toBe(403);
  expect((await api("POST", "/projects/acme%2Fhandbook/issues", { title: "x" })).status).toBe(403);
  expect((await api("PUT", `${checkout}/issues/1`, {})).status).toBe(400);
  expect((await api("GET", `${checkout}/hooks`, undefined, as(sandbox.tokens.project))).status).toBe(403);
});

it("[K9] a moved project answers reads with its number, and refuses writes", async () => {
  sandbox.rename("acme/web/checkout", "acme/shop/till");
  const read = await api("GET", "/projects/acme%2Fweb%2Fcheckout/issues?state=opened");
  expect([read.status, read.headers.get("location")]).toEqual([
    302,
    `${sandbox.url}/api/v4${checkout}/issues?state=opened`,
  ]);
  expect((await api("POST", "/projects/acme%2Fweb%2Fcheckout/issues", { title: "x" })).status).toBe(405);
});

it("[K9] quick actions are carried out, but not in code; each change leaves a note of its own", async () => {
  const { iid } = await create({ title: "x", description: "```\n/close\n```\n\n/label ~flaky" });
  const path = `${checkout}/issues/${iid}`;
  expect(await (await api("GET", path)).json()).toMatchObject({ state: "opened", labels: ["flaky"] });
  expect((await api("POST", `${path}/notes`, { body: "/close" })).status).toBe(202);
  await api("POST", `${path}/notes`, { body: "Really." });
  const notes = z.array(z.looseObject({ body: z.string(), system: z.boolean() }));
  const all = notes.parse(await (await api("GET", `${path}/notes?sort=asc`)).json());
  expect(all.map(({ body, system }) => [body, system])).toEqual([
    ["added ~1 label", true],
    ["closed", true],
    ["Really.", false],
  ]);
  const comments = await (await api("GET", `${path}/notes?activity_filter=only_comments`)).json();
  expect(comments).toHaveLength(1);
});

it("[K9] a scoped label takes the place of the one before it", async () => {
  const { iid } = await create({ title: "x", labels: "severity::1,bug" });
  const changed = await api("PUT", `${checkout}/issues/${iid}`, { add_labels: "severity::3" });
  expect(issue.parse(await changed.json()).labels).toEqual(["bug", "severity::3"]);
});

it("[K9] pages are numbered or by key, and say what comes next", async () => {
  const numbered = await api("GET", "/projects?per_page=2&page=1");
  expect(Object.fromEntries(numbered.headers)).toMatchObject({ "x-next-page": "2", "x-per-page": "2", "x-total": "5" });
  const keyset = await api("GET", "/projects?per_page=2&pagination=keyset&order_by=id");
  expect(keyset.headers.get("x-next-page")).toBeNull();
  expect(keyset.headers.get("link")).toMatch(/id_before=\d+.*rel="next"/);
});

it("[K9] new issues are absent from lists and searches for as long as each index lags", async () => {
  sandbox.lag.set({ listSeconds: 10, searchSeconds: 60 });
  const { iid } = await create({ title: "Lagging behind" });
  const listed = async (query = "") =>
    (await (await api("GET", `${checkout}/issues?${query}`)).text()).includes("Lagging");
  expect((await api("GET", `${checkout}/issues/${iid}`)).status).toBe(200);
  expect([await listed(), await listed("search=lagging")]).toEqual([false, false]);
  sandbox.lag.passTime(11_000);
  expect([await listed(), await listed("search=lagging")]).toEqual([true, false]);
  sandbox.lag.passTime(50_000);
  expect(await listed("search=lagging")).toBe(true);
});

it("[K9] the search does not see what stands in a comment of HTML", async () => {
  await create({ title: "x", description: "<!-- hidden -->\n\nshown" });
  const found = async (word: string) =>
    issue.array().parse(await (await api("GET", `${checkout}/issues?search=${word}`)).json());
  expect(await found("shown")).toHaveLength(1);
  expect(await found("hidden")).toEqual([]);
});

it("[K9] a snapshot brings back what was there, files and hooks included; reset brings back the seed", async () => {
  await api("POST", `${checkout}/hooks`, { url: "http://127.0.0.1:9/", token: "t" });
  const snapshot = sandbox.snapshot();
  await create({ title: "x" });
  sandbox.move("acme/web/checkout", 1, "acme/payments");
  sandbox.restore(snapshot);
  expect(await sandbox.issues("acme/web/checkout")).toHaveLength(3);
  expect(await sandbox.issues("acme/payments")).toHaveLength(1);
  expect(await (await api("GET", `${checkout}/hooks`)).json()).toHaveLength(1);
  await sandbox.reset();
  expect(await (await api("GET", `${checkout}/hooks`)).json()).toEqual([]);
});

it("[K9] what does not fit the official description is noticed: bodies, answers, paths and queries", async () => {
  specsDir("gitlab-v4.json");
  expect(sandbox.violations()).toEqual([]);
  await api("POST", `${checkout}/issues`, { title: 5 });
  await api("GET", `${checkout}/repository/branches`);
  await api("GET", `${checkout}/issues?state=merged`);
  await api("GET", `${checkout}/issues?filter=x`);
  const path = `/api/v4${checkout}`;
  expect(sandbox.violations()).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^POST \/api\/v4\/projects\/\{id\}\/issues request: \/title must be string/),
      `GET ${path}/repository/branches: not in the description`,
      `GET ${path}/issues: state cannot be merged`,
      `GET ${path}/issues: no query parameter filter`,
    ]),
  );
});

it("[K9] deliveries carry the token, a signature where there is one, and bodies as GitLab's", async () => {
  const schemas = z
    .object({ schemas: z.record(z.string(), z.looseObject({})) })
    .parse(JSON.parse(readFileSync(specsDir("webhooks-derived.schemas.json"), "utf8"))).schemas;
  const told: { headers: IncomingHttpHeaders; body: string }[] = [];
  const inbox = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    told.push({ headers: request.headers, body });
    response.end();
  });
  inbox.listen(0, "127.0.0.1");
  await once(inbox, "listening");
  const { port } = inbox.address() as AddressInfo; // it listens on TCP
  const events = {
    issues_events: true,
    confidential_issues_events: true,
    note_events: true,
    confidential_note_events: true,
  };
  await api("POST", `${checkout}/hooks`, {
    url: `http://127.0.0.1:${port}/`,
    token: "token",
    push_events: false,
    ...events,
  });
  const key = Buffer.from("a key of some length").toString("base64");
  sandbox.signHooks(`whsec_${key}`);

  const { iid } = await create({ title: "x", labels: "bug" });
  await sandbox.hooksSettled();
  await api("POST", `${checkout}/issues/${iid}/notes`, { body: "Hello" });
  await sandbox.hooksSettled();
  await api("PUT", `${checkout}/issues/${iid}`, { confidential: true, state_event: "close" });
  await sandbox.hooksSettled();
  inbox.close();

  expect(told.map(({ headers }) => headers["x-gitlab-event"])).toEqual([
    "Issue Hook",
    "Note Hook",
    "Confidential Issue Hook",
  ]);
  expect(told.map(({ body }) => JSON.parse(body).object_attributes.action)).toEqual(["open", "create", "close"]);
  const ajv = new Ajv({ strict: false });
  for (const { headers, body } of told) {
    const payload: unknown = JSON.parse(body);
    const kind = headers["x-gitlab-event"] === "Note Hook" ? "gitlab-note-issue" : "gitlab-issue";
    const validate = ajv.compile(schemas[kind] ?? false);
    expect(validate(payload), JSON.stringify(validate.errors)).toBe(true);
    expect(headers["x-gitlab-token"]).toBe("token");
    const signature = createHmac("sha256", Buffer.from(key, "base64"))
      .update(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`)
      .digest("base64");
    expect(headers["webhook-signature"]).toBe(`v1,${signature}`);
    expect(headers["webhook-id"]).toBe(headers["idempotency-key"]);
  }
});

it("[K9] its pages show text as text, and a person can write, comment, close and reopen there", async () => {
  const post = (path: string, values: Record<string, string>) =>
    fetch(`${sandbox.url}${path}`, { method: "POST", redirect: "manual", body: new URLSearchParams(values) });
  const list = "/acme/web/checkout/-/issues";
  const created = await post(`${list}/new`, {
    title: "<script>alert(1)</script>",
    description: "<img src=x onerror=alert(1)> [x](javascript:1) <!-- hidden -->",
  });
  expect(created.status).toBe(303);
  const address = created.headers.get("location") ?? "";
  await post(`${address}/notes`, { body: "**seen**" });
  const shown = async () => (await fetch(sandbox.url + address)).text();
  const page = await shown();
  expect(page).not.toMatch(/<script|<img|javascript:/);
  expect(page).toContain("&#60;script&#62;");
  expect(page).toContain("<strong>seen</strong>");
  await post(`${address}/state`, { state: "closed" });
  expect(await shown()).toContain(">Closed<");
  await post(`${address}/state`, { state: "opened" });
  expect(await shown()).toContain(">Open<");

  expect(await (await fetch(`${sandbox.url}/`)).text()).toContain("acme/payments");
  expect(await (await fetch(`${sandbox.url}${list}`)).text()).toContain("&#60;script&#62;");
  const blank = await (await fetch(`${sandbox.url}${list}/new?issue[title]=a%22b&issue[description]=c`)).text();
  expect(blank).toContain('value="a&#34;b"');
  expect((await fetch(`${sandbox.url}/acme/nowhere/-/issues`)).status).toBe(404);
});
