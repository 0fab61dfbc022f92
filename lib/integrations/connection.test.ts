import { beforeEach, describe, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { unpackCredential } from "@/lib/connections/credential";
import { placeOf } from "@/lib/connections/place";
import { open } from "@/lib/crypto/seal";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { createProject } from "@/lib/projects/create";
import { makeAdmin } from "@/lib/workspaces/test-people";
import { assignIntegration } from "./assign-integration";
import { connectIntegration } from "./connect-integration";
import { deleteIntegration } from "./delete-integration";
import { editIntegration } from "./edit-integration";
import { connectInput, editInput, testNewInput } from "./inputs";
import { listCalls } from "./list-calls";
import { listIntegrations, showIntegration } from "./list-integrations";
import { openTracker } from "./open-tracker";
import { disableIntegration, enableIntegration } from "./set-status";
import { testConnection } from "./test-connection";

const { apiUrl, token, fineGrainedToken, readOnlyToken, noScopeToken } = sandbox.github;

beforeEach(() => sandbox.reset());

const site = (secret: string, baseUrl = apiUrl) =>
  testNewInput.parse({ provider: "github", baseUrl, authType: "pat", credential: { token: secret } });
const input = (change: object = {}) =>
  connectInput.parse({
    ...{ provider: "github", name: "Production", baseUrl: apiUrl, authType: "pat", credential: { token } },
    ...change,
  });

async function makeConnected() {
  const admin = await makeAdmin();
  return { admin, id: (await connectIntegration(admin, input())).id };
}

const readShared = (integrationId: string) =>
  prisma.connection.findFirstOrThrow({ where: { integrationId, userId: null } });

async function readSecret(integrationId: string) {
  const shared = await readShared(integrationId);
  return unpackCredential("pat", open(shared.sealedSecret, placeOf(shared))).values.token;
}

const actions = async (workspaceId: string) =>
  (await prisma.auditEntry.findMany({ where: { workspaceId }, orderBy: { id: "asc" } })).map(({ action }) => action);

/** Everything that the database holds, as text. */
async function dump() {
  const tables = [
    prisma.integration.findMany(),
    prisma.connection.findMany(),
    prisma.auditEntry.findMany(),
    prisma.outboundCall.findMany(),
    prisma.outbox.findMany(),
    prisma.attemptWindow.findMany(),
  ];
  return JSON.stringify(await Promise.all(tables));
}

describe("Test Connection", () => {
  it("[D3] says who, with which permissions, how much of the limit is left, the version and the clock", async () => {
    const report = await testConnection(await makeAdmin(), site(token));
    expect(report).toMatchObject({
      isOk: true,
      host: new URL(apiUrl).host,
      account: { login: "qa-bot", displayName: "Quality assurance bot" },
      scopesFound: expect.arrayContaining(["repo", "read:org"]),
      scopesMissing: [],
      rateLimit: { limit: 5_000, remaining: 4_999 },
      failure: null,
    });
    expect(Date.parse(report.rateLimit?.resetAt ?? "")).toBeGreaterThan(Date.now());
    expect(Math.abs(report.clockSkewMs ?? Number.POSITIVE_INFINITY)).toBeLessThan(5_000);
    expect(report.apiVersion).toBeTruthy();
  });

  it("[D3] names each missing permission and what it is needed for", async () => {
    const report = await testConnection(await makeAdmin(), site(noScopeToken));
    expect(report.isOk).toBe(true);
    expect(report.scopesMissing.map(({ name }) => name)).toContain("repo");
    expect(report.advice).toHaveLength(report.scopesMissing.length);
    expect(report.advice[0]).toContain("“repo”");
    expect(report.advice[0]).toContain(report.scopesMissing[0]?.neededFor);
  });

  it("[D3] does not claim that a token without a list of permissions lacks any", async () => {
    const report = await testConnection(await makeAdmin(), site(fineGrainedToken));
    expect(report).toMatchObject({ isOk: true, scopesFound: null, scopesMissing: [], advice: [] });
  });

  it("[D3] reports a token that is not accepted, with what to do", async () => {
    const report = await testConnection(await makeAdmin(), site("ghp_nobodyNobodyNobody"));
    expect(report).toMatchObject({ isOk: false, account: null, failure: { kind: "tracker_unauthorized" } });
    expect(report.advice[0]).toMatch(/token/);
  });

  it.each([
    ["nothing listens there", "http://127.0.0.1:1", "egress_refused"],
    ["a private address", "http://10.1.2.3", "egress_refused"],
    ["the metadata service", "http://169.254.169.254", "egress_refused"],
  ])("[D3] refuses to call %s unless the operator has allowed it", async (_, baseUrl, kind) => {
    const report = await testConnection(await makeAdmin(), site(token, baseUrl));
    expect(report).toMatchObject({ isOk: false, failure: { kind } });
    expect(report.failure?.message).toContain("FAULTLINE_ALLOW_PRIVATE_NETWORKS");
    expect(sandbox.calls()).toHaveLength(0);
  });

  it.each([
    [{ mode: "html" }, "tracker_unauthorized"],
    [{ mode: "bad-json" }, "tracker_unreadable"],
    [{ mode: "status", status: 503 }, "tracker_failed"],
    [{ mode: "status", status: 429, headers: { "retry-after": "30" } }, "tracker_rate_limited"],
    [{ mode: "reset" }, "tracker_unreadable"],
  ] as const)("[D3] turns %o into a report of its own kind", async (fault, kind) => {
    sandbox.faults.add({ ...fault });
    const report = await testConnection(await makeAdmin(), site(token));
    expect(report.failure?.kind).toBe(kind);
    expect(report.advice).toHaveLength(1);
  });

  it("[D3] reads only", async () => {
    await testConnection(await makeAdmin(), site(token));
    expect(sandbox.calls().map(({ method }) => method)).toEqual(["GET"]);
  });

  it("[D3] is limited per person, and another person's tests do not count", async () => {
    const [admin, other] = [await makeAdmin(), await makeAdmin()];
    // More than two windows hold, in case that one ends in between.
    const answers = await Promise.allSettled(Array.from({ length: 41 }, () => testConnection(admin, site(token))));
    const refused = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason] : []));
    expect(refused.length).toBeGreaterThanOrEqual(1);
    for (const reason of refused) expect(reason).toMatchObject({ kind: "rate_limited", retryAt: expect.any(Date) });
    await expect(testConnection(other, site(token))).resolves.toMatchObject({ isOk: true });
  });

  it("[D3] keeps the result of the stored token on the integration, not that of one being tried", async () => {
    const { admin, id } = await makeConnected();
    await testConnection(admin, { integrationId: id, credential: { token: noScopeToken } });
    expect((await showIntegration(admin, id)).lastTest?.account?.login).toBe("qa-bot");

    sandbox.faults.add({ mode: "status", status: 503 });
    await testConnection(admin, { integrationId: id });
    expect((await showIntegration(admin, id)).lastTest?.failure?.kind).toBe("tracker_failed");
    expect(await actions(admin.workspaceId)).toEqual(
      expect.arrayContaining(["integration.connected", "integration.tested", "integration.tested"]),
    );
  });

  it("[D3] a stored token that works again needs no re-authorization any more", async () => {
    const { admin, id } = await makeConnected();
    sandbox.faults.add({ mode: "status", status: 401, body: { message: "Bad credentials" } });
    await testConnection(admin, { integrationId: id });
    expect((await readShared(id)).status).toBe("needs_reauthorization");
    await testConnection(admin, { integrationId: id });
    expect((await readShared(id)).status).toBe("active");
  });
});

describe("connecting", () => {
  it("[D3] [D10] stores a shared connection with the account that issues will be filed as", async () => {
    const { admin, id } = await makeConnected();
    expect(await readShared(id)).toMatchObject({
      userId: null,
      workspaceId: admin.workspaceId,
      login: "qa-bot",
      displayName: "Quality assurance bot",
      scopes: expect.arrayContaining(["repo", "read:org"]),
      status: "active",
    });
    expect(await showIntegration(admin, id)).toMatchObject({ name: "Production", baseUrl: apiUrl, status: "active" });
  });

  it("[F5] [K1] [K2] leaves the token nowhere but sealed: no answer, audit row, log or job has it", async () => {
    const { admin, id } = await makeConnected();
    const made = await connectIntegration(admin, input({ name: "Second", credential: { token: readOnlyToken } }));
    await testConnection(admin, { integrationId: id });
    await editIntegration(admin, id, editInput.parse({ credential: { token: fineGrainedToken } }));

    const shown = JSON.stringify([made, await listIntegrations(admin), await showIntegration(admin, id)]);
    const everything = shown + (await dump());
    for (const secret of [token, readOnlyToken, fineGrainedToken]) {
      const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")];
      for (const form of forms) expect(everything).not.toContain(form);
    }
    expect(shown).not.toContain("enc:v1:");
    expect(await readSecret(id)).toBe(fineGrainedToken);
    expect(await readSecret(made.id)).toBe(readOnlyToken);
  });

  it("[D3] stores nothing when the token is not accepted, and says so at its field", async () => {
    const admin = await makeAdmin();
    await expect(
      connectIntegration(admin, input({ credential: { token: "ghp_nobodyNobodyNobody" } })),
    ).rejects.toMatchObject({
      kind: "tracker_unauthorized",
      fields: { "credential.token": expect.any(String) },
    });
    await expect(connectIntegration(admin, input({ baseUrl: "http://10.0.0.1" }))).rejects.toMatchObject({
      kind: "egress_refused",
      fields: { baseUrl: expect.any(String) },
    });
    expect(await listIntegrations(admin)).toEqual([]);
  });

  it("[D3] refuses a second integration of the same name, also at the same moment", async () => {
    const admin = await makeAdmin();
    const answers = await Promise.allSettled([connectIntegration(admin, input()), connectIntegration(admin, input())]);
    const refused = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason] : []));
    expect(refused).toEqual([expect.objectContaining({ kind: "conflict", fields: { name: expect.any(String) } })]);
  });

  it("[F5] takes the spaces off a pasted token and refuses one that could break a header, at its field", async () => {
    const { id } = await connectIntegration(await makeAdmin(), input({ credential: { token: `  ${token}\n` } }));
    expect(await readSecret(id)).toBe(token);
    for (const bad of ["", "   ", "a b", "a\r\nx-evil: 1", "tökén"]) {
      const attempt = connectIntegration(await makeAdmin(), input({ credential: { token: bad } }));
      await expect(attempt, JSON.stringify(bad)).rejects.toMatchObject({
        kind: "invalid_input",
        fields: { "credential.token": expect.any(String) },
      });
    }
  });

  it("[D3] refuses a way to sign in, or a field of it, that the tracker does not have", async () => {
    await expect(connectIntegration(await makeAdmin(), input({ authType: "smoke" }))).rejects.toMatchObject({
      fields: { authType: expect.stringContaining("pat") },
    });
    const credential = { token, tokken: "x" };
    await expect(connectIntegration(await makeAdmin(), input({ credential }))).rejects.toMatchObject({
      fields: { "credential.tokken": expect.any(String) },
    });
  });
});

describe("editing", () => {
  it("[D4] keeps the stored token when the field is empty", async () => {
    const { admin, id } = await makeConnected();
    const before = await readShared(id);
    await editIntegration(admin, id, editInput.parse({ name: "Renamed", baseUrl: apiUrl, credential: { token: "" } }));
    expect((await showIntegration(admin, id)).name).toBe("Renamed");
    expect(await readShared(id)).toMatchObject({ sealedSecret: before.sealedSecret, version: before.version });
    expect(await readSecret(id)).toBe(token);
  });

  it("[D4] [F5] demands the token again for another address, in editing and in testing", async () => {
    const { admin, id } = await makeConnected();
    const elsewhere = "http://127.0.0.1:1";
    const refusal = {
      kind: "invalid_input",
      fields: { "credential.token": expect.stringContaining("enter this again") },
    };
    await expect(editIntegration(admin, id, editInput.parse({ baseUrl: elsewhere }))).rejects.toMatchObject(refusal);
    await expect(testConnection(admin, { integrationId: id, baseUrl: elsewhere })).rejects.toMatchObject(refusal);
    expect((await showIntegration(admin, id)).baseUrl).toBe(apiUrl);
  });

  it("[D4] replaces token and account together, and an unaccepted token changes nothing", async () => {
    const { admin, id } = await makeConnected();
    await expect(
      editIntegration(admin, id, editInput.parse({ credential: { token: "ghp_nobody" } })),
    ).rejects.toMatchObject({
      fields: { "credential.token": expect.any(String) },
    });
    expect(await readSecret(id)).toBe(token);

    await editIntegration(admin, id, editInput.parse({ credential: { token: readOnlyToken } }));
    expect(await readShared(id)).toMatchObject({ login: "auditor", scopes: ["public_repo"], version: 2 });
    expect(await readSecret(id)).toBe(readOnlyToken);
    const [row] = await prisma.auditEntry.findMany({ where: { subjectId: id, action: "integration.edited" } });
    expect(row).toMatchObject({ before: { login: "qa-bot" }, after: { login: "auditor", secretReplaced: true } });
  });

  it("[F5] a sealed token copied to another connection's row does not open there", async () => {
    const { admin, id } = await makeConnected();
    const other = await connectIntegration(admin, input({ name: "Other", credential: { token: readOnlyToken } }));
    const { sealedSecret } = await readShared(id);
    await prisma.connection.updateMany({ where: { integrationId: other.id }, data: { sealedSecret } });
    const { tracker } = await openTracker({ workspaceId: admin.workspaceId, integrationId: other.id });
    await expect(tracker.probe()).rejects.toMatchObject({ kind: "secret_unreadable" });
  });
});

describe("taking out of use", () => {
  it("[D4] a disabled integration sends nothing until it is enabled again", async () => {
    const { admin, id } = await makeConnected();
    const credential = { workspaceId: admin.workspaceId, integrationId: id };
    await disableIntegration(admin, id);
    await expect(openTracker(credential)).rejects.toMatchObject({ kind: "integration_disabled" });
    await enableIntegration(admin, id);
    await expect((await openTracker(credential)).tracker.probe()).resolves.toMatchObject({
      account: { name: "qa-bot" },
    });
    expect(await actions(admin.workspaceId)).toEqual(
      expect.arrayContaining(["integration.disabled", "integration.enabled"]),
    );
  });

  it("[D4] deletes only after the projects that use it were confirmed, with its token", async () => {
    const { admin, id } = await makeConnected();
    const { id: projectId } = await createProject(admin, { name: "Shop", description: "", defaultBranch: "main" });
    await assignIntegration({ ...admin, projectId, projectRole: "ADMIN" }, id);
    await expect(deleteIntegration(admin, id, { isConfirmed: false })).rejects.toMatchObject({
      kind: "conflict",
      message: expect.stringContaining("1 project"),
    });
    await deleteIntegration(admin, id, { isConfirmed: true });
    expect(await prisma.connection.count({ where: { integrationId: id } })).toBe(0);
    expect(await prisma.projectIntegration.count({ where: { integrationId: id } })).toBe(0);
  });

  it("[D4] is never deleted once an issue came through it", async () => {
    const { admin, id } = await makeConnected();
    const { workspaceId } = admin;
    const issueId = newId();
    await prisma.issue.create({ data: { id: issueId, workspaceId, title: "T", state: "open", category: "open" } });
    await prisma.externalIssue.create({
      data: { workspaceId, issueId, integrationId: id, remoteId: "1", externalProjectId: "1", key: "a/b#1", url: "x" },
    });
    await expect(deleteIntegration(admin, id, { isConfirmed: true })).rejects.toMatchObject({
      kind: "conflict",
      message: expect.stringContaining("1 issue"),
    });
    expect(await prisma.externalIssue.count({ where: { integrationId: id } })).toBe(1);
  });
});

describe("another workspace", () => {
  it("[A4] finds none of it, in the words of what does not exist", async () => {
    const { admin, id } = await makeConnected();
    const stranger = await makeAdmin();
    const absent = { kind: "not_found", message: await messageOf(showIntegration(admin, newId())) };
    const attempts = [
      () => showIntegration(stranger, id),
      () => editIntegration(stranger, id, { name: "Mine" }),
      () => testConnection(stranger, { integrationId: id }),
      () => disableIntegration(stranger, id),
      () => enableIntegration(stranger, id),
      () => deleteIntegration(stranger, id, { isConfirmed: true }),
      () => listCalls(stranger, id),
      () => showIntegration(stranger, "not-an-id"),
    ];
    for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject(absent);
    await expect(openTracker({ workspaceId: stranger.workspaceId, integrationId: id })).rejects.toMatchObject({
      kind: "not_found",
    });
    expect(await listIntegrations(stranger)).toEqual([]);
    expect(await showIntegration(admin, id)).toMatchObject({ name: "Production", status: "active" });
  });
});

const messageOf = (work: Promise<unknown>) =>
  work.then(
    () => "",
    (error: Error) => error.message,
  );

describe("a limit", () => {
  it("[K4] [D2] a test that has to wait says until when, asks nothing, and leaves what was found before", async () => {
    const { admin, id } = await makeConnected();
    const before = await showIntegration(admin, id);
    sandbox.faults.add({ mode: "status", status: 429, headers: { "retry-after": "600" }, times: 1 });
    await testConnection(admin, { integrationId: id });
    const asked = sandbox.calls().length;
    const report = await testConnection(admin, { integrationId: id });
    expect(sandbox.calls()).toHaveLength(asked);
    expect(report.failure).toMatchObject({ kind: "tracker_rate_limited", message: "GitHub asks us to wait." });
    expect(Date.parse(report.failure?.retryAt ?? "") - Date.now()).toBeGreaterThan(590_000);
    expect((await showIntegration(admin, id)).lastTest).toEqual(before.lastTest);
  });
});

describe("the integration log", () => {
  it("[K2] has each outbound call with its outcome, the newest first, page by page", async () => {
    const { admin, id } = await makeConnected();
    sandbox.faults.add({ mode: "status", status: 503, times: 1 });
    await testConnection(admin, { integrationId: id });
    const { calls, next } = await listCalls(admin, id);
    expect(
      calls.map(({ status, outcome, method, pathTemplate }) => ({ status, outcome, method, pathTemplate })),
    ).toEqual([
      { status: 503, outcome: "unknown", method: "GET", pathTemplate: "/user" },
      { status: 200, outcome: "accepted", method: "GET", pathTemplate: "/user" },
    ]);
    expect(calls[1]).toMatchObject({ rateLimitRemaining: 4_999, host: new URL(apiUrl).host, attempt: 1 });
    expect(next).toBeNull();

    const { workspaceId } = admin;
    const common = { workspaceId, integrationId: id, host: "h", method: "GET", outcome: "accepted", durationMs: 1 };
    const more = Array.from({ length: 60 }, (_, index) => ({ ...common, id: newId(), pathTemplate: `/${index}` }));
    await prisma.outboundCall.createMany({ data: more });
    const first = await listCalls(admin, id);
    const second = await listCalls(admin, id, { cursor: first.next ?? undefined });
    expect([first.calls.length, second.calls.length, second.next]).toEqual([50, 12, null]);
    expect(first.calls[0]?.pathTemplate).toBe("/59");
    expect(new Set([...first.calls, ...second.calls].map((call) => call.id)).size).toBe(62);
  });
});
