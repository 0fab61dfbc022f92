import { Writable } from "node:stream";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { runUntilIdle } from "@/inngest/embedded/testing";
import { functions } from "@/inngest/functions";
import { findActor, sessionCookieName } from "@/lib/auth/actor";
import { changePassword } from "@/lib/auth/profile";
import { sessionJwt } from "@/lib/auth/sessions";
import { signIn } from "@/lib/auth/sign-in";
import { createApiToken } from "@/lib/auth/tokens";
import { pool } from "@/lib/db/client";
import { env } from "@/lib/env";
import { createLog } from "@/lib/log";
import { acceptAsNewPerson } from "@/lib/workspaces/accept";
import { signUp } from "@/lib/workspaces/sign-up";
import { callApi } from "./api";
import { drawCanary, findCanaries, formsOf } from "./canaries";

// Both stand before anything is imported: the log goes to a list, the sandbox knows a token without a shape.
const { lines, sandbox, tokens } = await vi.hoisted(async () => {
  const { randomBytes } = await import("node:crypto");
  const draw = () => randomBytes(20).toString("hex");
  const { startSandbox } = await import("@/e2e/sandbox/sandbox");
  const drawn = { token: draw(), fineGrained: draw(), readOnly: draw(), noScope: draw() };
  const started = await startSandbox({ validate: false, tokens: drawn });
  process.env.FAULTLINE_ALLOW_PRIVATE_NETWORKS = started.allow.join(",");
  process.env.FAULTLINE_SIGNUP = "open";
  const kept: string[] = [];
  return { lines: kept, sandbox: started, tokens: drawn };
});
vi.mock("@/lib/log", async (original) => {
  const real = await original<typeof import("@/lib/log")>();
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { ...real, log: real.createLog("trace", sink) };
});
for (const stream of [process.stdout, process.stderr]) {
  const write = stream.write.bind(stream);
  vi.spyOn(stream, "write").mockImplementation((...given: Parameters<typeof write>) => {
    lines.push(String(given[0]));
    return write(...given);
  });
}

const from = { ip: null, userAgent: "leak test" };
const email = "ada@example.com";
const password = drawCanary();
const wrong = { password: drawCanary(), newPassword: drawCanary(), token: drawCanary(), bearer: `flt_${drawCanary()}` };

/** Every secret of an installation, by the name under which a leak is reported. Each is used below. */
const canaries: Record<string, string> = {
  password,
  "a wrong password": wrong.password,
  "the next password": wrong.newPassword,
  "the tracker's token": tokens.token,
  "a wrong tracker's token": wrong.token,
  "a token that replaces it": tokens.fineGrained,
  "a wrong API token": wrong.bearer,
  NEXTAUTH_SECRET: env().NEXTAUTH_SECRET,
  INNGEST_SIGNING_KEY: env().INNGEST_SIGNING_KEY?.replace(/^signkey-\w+-/, "") ?? "",
  FAULTLINE_KEYS: env().FAULTLINE_KEYS.split(":")[1] ?? "",
};

/** What the API answered: status line, headers and body, with its address. */
const answers: string[] = [];
let bearer = new Headers();

async function call(method: string, address: string, body?: unknown, { headers = bearer, isToldOnce = false } = {}) {
  const response = await callApi(headers, method, address, body);
  const text = await response.text();
  const told = `${method} ${address} ${response.status} ${JSON.stringify([...response.headers])} ${text}`;
  if (!isToldOnce) answers.push(told);
  if (response.status >= 500) throw new Error(told);
  return { status: response.status, body: text.startsWith("{") ? JSON.parse(text) : null };
}

async function rowsOfAllTables(): Promise<string[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
  );
  const dumps = tables.map(async ({ name }) => {
    const { rows } = await pool.query<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`);
    return rows.map(({ row }) => `${name} ${row}`);
  });
  return (await Promise.all(dumps)).flat();
}

const sinks = { rows: rowsOfAllTables, lines: async () => lines, answers: async () => answers };

async function leaks(): Promise<string[]> {
  const found: string[] = [];
  for (const [sink, read] of Object.entries(sinks))
    for (const text of await read())
      for (const name of findCanaries(text, canaries)) found.push(`${name} in ${sink}: ${text.slice(0, 300)}`);
  return found;
}

afterAll(() => sandbox.close());

beforeAll(async () => {
  // People: a sign-up, a sign-in that fails, one that succeeds, a new password, an invitation.
  await signUp({ name: "Ada", email, password, workspace: "Acme" }, from);
  await expect(signIn({ email, password: wrong.password }, from)).rejects.toMatchObject({ kind: "unauthenticated" });
  const session = await signIn({ email, password }, from);
  const cookie = await sessionJwt(session);
  canaries["the session cookie"] = cookie;
  const ada = await findActor(new Headers(), { getAll: () => [{ name: sessionCookieName(), value: cookie }] });
  if (!ada) throw new Error("the session cookie was not accepted");
  await expect(changePassword(ada, { current: wrong.password, password })).rejects.toMatchObject({
    kind: "invalid_input",
  });
  await changePassword(ada, { current: password, password: wrong.newPassword });

  const scopes = ["read", "import", "issues", "manage", "admin"] as const;
  const made = await createApiToken(ada, { name: "ci", scopes: [...scopes], expiresInDays: 1 });
  canaries["the API token"] = made.token;
  bearer = new Headers({ authorization: `Bearer ${made.token}`, "user-agent": "leak test" });
  const refused = { headers: new Headers({ authorization: `Bearer ${wrong.bearer}` }) };
  expect(await call("GET", "/api/projects", undefined, refused)).toMatchObject({ status: 401 });

  const { body: invited } = await call("POST", "/api/invitations", {}, { isToldOnce: true });
  const invitation = invited.invitation.url.split("/").at(-1);
  canaries["the invitation"] = invitation;
  await acceptAsNewPerson(invitation, { name: "Mel", email: "mel@example.com", password: wrong.newPassword }, from);

  // The tracker: tests and a connection that fail, one that succeeds, a server that repeats the token.
  const site = { provider: "github", baseUrl: sandbox.github.apiUrl, authType: "pat" };
  await call("POST", "/api/integrations/test-connection", { ...site, credential: { token: wrong.token } });
  expect(
    await call("POST", "/api/integrations", { ...site, name: "No", credential: { token: wrong.token } }),
  ).toMatchObject({
    status: 422,
  });
  const echo = { message: `no: ${tokens.token}`, errors: [{ field: "title", message: `bad ${tokens.token}` }] };
  sandbox.faults.add({ mode: "status", status: 422, body: echo });
  await call("POST", "/api/integrations/test-connection", { ...site, credential: { token: tokens.token } });
  const { body: connected } = await call("POST", "/api/integrations", {
    ...site,
    name: "Yes",
    credential: { token: tokens.token },
  });
  const integration = connected.integration.id;
  await call("POST", "/api/integrations/test-connection", { integrationId: integration });

  const { body: project } = await call("POST", "/api/projects", { name: "Checkout" });
  const at = `/api/projects/${project.project.id}`;
  const { body: assigned } = await call("POST", `${at}/integrations`, { integrationId: integration });
  await call("GET", `${at}/integrations/${assigned.integration.id}/repositories`);
  await call("PUT", `${at}/integrations/${assigned.integration.id}`, { externalProject: "acme/checkout" });

  // The slice: a failure becomes an issue, once refused, once created.
  const report = `<testsuite name="s"><testcase name="a"><failure message="m">t</failure></testcase></testsuite>`;
  const { body: imported } = await call("POST", `${at}/runs/import`, report);
  const { body: list } = await call("GET", `${at}/runs/${imported.run.id}/results`);
  const resultId = list.results[0].id;
  await call("GET", `${at}/drafts?resultId=${resultId}`);
  const { body: form } = await call("PUT", `${at}/drafts`, { integrationId: integration, resultId });
  await call("GET", `${at}/drafts/${form.draft.id}/preview`);
  const wanted = { projectId: project.project.id, title: "It fails", description: "Often.", resultIds: [resultId] };
  sandbox.faults.add({ method: "POST", path: "/issues$", mode: "status", status: 422, body: echo });
  const { body: first } = await call("POST", `/api/integrations/${integration}/create-issue`, wanted);
  await runUntilIdle(functions);
  const failed = await call("GET", `${at}/creations/${first.creation.id}`);
  expect(failed.body.creation).toMatchObject({
    state: "failed",
    error: { message: expect.stringContaining("[redacted]") },
  });
  await call("POST", `/api/integrations/${integration}/create-issue`, { ...wanted, draftId: form.draft.id });
  sandbox.faults.add({ method: "POST", path: "/issues$", mode: "drop-reply" });
  await runUntilIdle(functions, { timeoutMs: 20_000 });
  const { body: shown } = await call("GET", `${at}/issues?resultId=${resultId}`);
  expect(shown.issues).toHaveLength(1);

  await call("PUT", `/api/integrations/${integration}`, { credential: { token: wrong.token } });
  expect(
    await call("PUT", `/api/integrations/${integration}`, { credential: { token: tokens.fineGrained } }),
  ).toMatchObject({
    status: 200,
  });
  for (const address of [`/api/integrations/${integration}`, "/api/integrations", "/api/members", "/api/invitations"])
    await call("GET", address);
}, 60_000);

it("[F5] a copy of each secret is found in every sink, in whatever form it is written", async () => {
  for (const [name, secret] of Object.entries(canaries))
    for (const form of [...formsOf(secret), Buffer.from(`x:${secret}:x`).toString("base64")])
      expect(findCanaries(`before ${form} after`, { [name]: secret }), `${name} as ${form}`).toEqual([name]);

  const planted = drawCanary();
  canaries.planted = planted;
  try {
    const { rows } = await pool.query<{ id: string }>(`update "Project" set description = $1 returning id`, [
      `x${planted}x`,
    ]);
    expect(rows).toHaveLength(1);
    createLog("info", new Writable({ write: (chunk, _, done) => done(void lines.push(String(chunk))) })).info(planted);
    await call("GET", `/api/projects/${rows[0]?.id}`);
    const found = (await leaks()).map((leak) => leak.slice(0, leak.indexOf(":")));
    expect(new Set(found)).toEqual(new Set(["planted in rows", "planted in lines", "planted in answers"]));
  } finally {
    delete canaries.planted;
    await pool.query(`update "Project" set description = ''`);
  }
});

it("[F5] no secret stands in the database, the jobs, the log or an answer", async () => {
  expect(lines.length).toBeGreaterThan(5);
  expect(answers.length).toBeGreaterThan(20);
  const tables = new Set((await rowsOfAllTables()).map((row) => row.slice(0, row.indexOf(" "))));
  for (const table of ['public."Connection"', 'public."OutboundCall"', 'public."AuditEntry"', "executor.step"])
    expect(tables).toContain(table);
  expect(await leaks()).toEqual([]);
});
