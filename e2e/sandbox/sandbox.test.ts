import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { specsDir } from "@/e2e/vitest/external";
import { type Sandbox, startSandbox } from "./sandbox";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const api = (method: string, path: string, body?: unknown, token = sandbox.github.token) =>
  fetch(sandbox.github.apiUrl + path, {
    method,
    headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
    body: body === undefined ? null : JSON.stringify(body),
    redirect: "manual",
  });
const dial = (method: string, path: string, body?: unknown) => api(method, `/_sandbox${path}`, body, "");
const issues = "/repos/acme/checkout/issues";

it("[K9] an unknown token and none at all are refused as GitHub refuses them", async () => {
  const unknown = await api("GET", "/user", undefined, "ghp_unknown");
  expect(unknown.status).toBe(401);
  expect(await unknown.json()).toMatchObject({ message: "Bad credentials", status: "401" });
  const none = await api("GET", "/user", undefined, "");
  expect(await none.json()).toMatchObject({ message: "Requires authentication" });
});

it("[K9] the rate limit really runs out and says when it ends", async () => {
  await dial("POST", "/rate-limit", { remaining: 2, resetSeconds: 60 });
  const left = [];
  for (let i = 0; i < 2; i++) left.push((await api("GET", "/user")).headers.get("x-ratelimit-remaining"));
  expect(left).toEqual(["1", "0"]);
  const refused = await api("GET", "/user");
  expect(refused.status).toBe(403);
  const reset = Number(refused.headers.get("x-ratelimit-reset")) - Date.now() / 1000;
  expect(reset).toBeGreaterThan(55);
  expect(reset).toBeLessThanOrEqual(60);
  await dial("DELETE", "/rate-limit");
  expect((await api("GET", "/user")).status).toBe(200);
});

it("[K9] a body of 65,536 characters is taken, one more is refused with GitHub's own error", async () => {
  expect((await api("POST", issues, { title: "x", body: "é".repeat(65_536) })).status).toBe(201);
  const refused = await api("POST", issues, { title: "x", body: "é".repeat(65_537) });
  expect(refused.status).toBe(422);
  expect(await refused.json()).toMatchObject({
    message: "Validation Failed",
    errors: [
      { resource: "Issue", code: "custom", field: "body", message: "body is too long (maximum is 65536 characters)" },
    ],
  });
});

it("[K9] archived, switched off and invisible repositories are told apart", async () => {
  const issue = { title: "x" };
  expect((await api("POST", "/repos/acme/legacy/issues", issue)).status).toBe(403);
  expect((await api("POST", "/repos/acme/handbook/issues", issue)).status).toBe(410);
  expect((await api("POST", "/repos/acme/nowhere/issues", issue)).status).toBe(404);
  expect((await api("POST", issues, issue, sandbox.github.readOnlyToken)).status).toBe(404);
});

it("[K9] a fault strikes as often as it was told, and the log tells what came", async () => {
  expect(
    (await dial("POST", "/faults", { method: "POST", path: "/issues$", mode: "status", status: 503, times: 2 })).status,
  ).toBe(200);
  const statuses = [];
  for (let i = 0; i < 3; i++) statuses.push((await api("POST", issues, { title: `t${i}` })).status);
  expect(statuses).toEqual([503, 503, 201]);
  const calls = await (await dial("GET", "/calls")).json();
  expect(calls).toMatchObject([
    { method: "POST", path: issues, fault: "status", body: { title: "t0" } },
    { fault: "status" },
    { fault: null, status: 201, login: "qa-bot" },
  ]);
  expect(JSON.stringify(calls)).not.toContain(sandbox.github.token);
  expect((await dial("POST", "/nonsense")).status).toBe(404);
});

it("[K9] what does not fit the official description is noticed, in requests and in answers", async () => {
  specsDir("github-rest.json");
  await api("POST", issues, { title: "fine" });
  expect(sandbox.violations()).toEqual([]);
  await api("POST", issues, { title: "x", labels: "bug" });
  await api("GET", "/repos/acme/checkout/branches");
  expect(await (await dial("GET", "/violations")).json()).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^POST \/repos\/\{owner\}\/\{repo\}\/issues request: \/labels must be array/),
      "GET /repos/acme/checkout/branches: not in the description",
    ]),
  );
});

it("[K9] reset brings back the seed", async () => {
  const before = await sandbox.issues("acme/checkout");
  await api("POST", issues, { title: "x" });
  await sandbox.rename("acme/checkout", "acme/till");
  await sandbox.reset();
  expect((await sandbox.issues("acme/checkout")).map(({ title }) => title)).toEqual(before.map(({ title }) => title));
});

it("[K9] its pages show text as text, and a person can write, close and reopen there", async () => {
  const form = { method: "POST", redirect: "manual" } as const;
  const site = sandbox.github.url;
  const sent = new URLSearchParams({
    title: "<script>alert(1)</script>",
    body: "<img src=x onerror=alert(1)> [x](javascript:1)",
    labels: "bug",
  });
  const created = await fetch(`${site}/acme/checkout/issues/new`, { ...form, body: sent });
  expect(created.status).toBe(303);
  const address = site + created.headers.get("location");

  const page = await (await fetch(address)).text();
  expect(page).not.toMatch(/<script|<img|javascript:/);
  expect(page).toContain("&#60;script&#62;");
  await fetch(`${address}/state`, { ...form, body: new URLSearchParams({ state: "closed" }) });
  expect(await (await fetch(address)).text()).toContain(">Closed<");
  await fetch(`${address}/state`, { ...form, body: new URLSearchParams({ state: "open" }) });
  expect(await (await fetch(address)).text()).toContain(">Open<");

  expect(await (await fetch(`${site}/`)).text()).toContain("acme/payments");
  expect(await (await fetch(`${site}/acme/checkout/issues`)).text()).toContain("&#60;script&#62;");
  const blank = await (await fetch(`${site}/acme/checkout/issues/new?title=a%22b&body=c`)).text();
  expect(blank).toContain('value="a&#34;b"');
  expect((await fetch(`${site}/acme/nowhere/issues`)).status).toBe(404);
});

it.each(["stdin", "SIGTERM"] as const)(
  "[K9] as a process it says where it is and ends with %s, hanging calls or not",
  async (how) => {
    const child = spawn(process.execPath, ["--import", "tsx", "e2e/sandbox/start.ts"], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const [line] = await once(createInterface({ input: child.stdout }), "line");
    const { github, allow } = JSON.parse(String(line));
    expect(allow).toContain(new URL(github.url).host);
    const user = await fetch(`${github.apiUrl}/user`, { headers: { authorization: `token ${github.token}` } });
    expect(await user.json()).toMatchObject({ login: "qa-bot" });

    await fetch(`${github.url}/_sandbox/faults`, { method: "POST", body: JSON.stringify({ mode: "hang" }) });
    const hanging = fetch(`${github.apiUrl}/user`, { headers: { authorization: `token ${github.token}` } }).catch(
      () => null,
    );
    const ended = once(child, "exit");
    if (how === "stdin") child.stdin.end();
    else child.kill("SIGTERM");
    expect(await ended).toEqual([0, null]);
    await hanging;
  },
);
