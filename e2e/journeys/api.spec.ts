import { expect, test } from "../fixtures";
import { failingReport } from "../reports";

test("[B2][G3][K6] CI imports a report and a script files its failure, with one token", async ({
  request,
  demo,
  sandbox,
}) => {
  const headers = { authorization: `Bearer ${demo.apiToken}` };
  const project = `/api/projects/${demo.projectId}`;
  const name = `by script ${Date.now()}`;
  const run = `ci-${Date.now()}`;
  const post = () =>
    request.post(`${project}/runs/import?run=${run}&branch=main&commit=abc1234`, {
      headers: { ...headers, "content-type": "application/xml" },
      data: failingReport(name),
    });
  const imported = await (await post()).json();
  expect(imported).toMatchObject({
    read: { passed: 2, failed: 1, error: 0, skipped: 0, flaky: 0 },
    totals: { passed: 2, failed: 1 },
    results: { created: 3, folded: 0, duplicates: 0 },
    warnings: [],
  });
  expect(await (await post()).json()).toMatchObject({ run: imported.run, results: { created: 0, duplicates: 3 } });

  const { results, next } = await (await request.get(`${project}/runs/${imported.run.id}/results`, { headers })).json();
  expect(next).toBeNull();
  expect(results[0]).toMatchObject({ name, status: "failed", attempt: 1, durationMs: 1200 });

  const create = () =>
    request.post(`/api/integrations/${demo.integrations[0]?.id}/create-issue?wait=30`, {
      headers: { ...headers, "idempotency-key": run },
      data: {
        projectId: demo.projectId,
        title: name,
        description: "Plain text, #1 and @all.",
        resultIds: [results[0].id],
      },
    });
  const answers = await Promise.all([create(), create(), create()]);
  for (const answer of answers) {
    expect(answer.status()).toBe(201);
    expect(await answer.json()).toMatchObject({
      creation: { state: "created" },
      issue: { title: name, state: "open" },
    });
  }
  expect(await sandbox.issues("acme/checkout", name)).toHaveLength(1);

  const malformed = await request.post(`${project}/runs/import`, {
    headers: { ...headers, "content-type": "application/xml" },
    data: "<testsuite>\n  <testcase name='a'>\n</testsuite>",
  });
  expect(malformed.status()).toBe(422);
  expect(await malformed.json()).toMatchObject({ kind: "invalid_input", detail: expect.stringMatching(/line 3/i) });
});

test("[K7] health addresses answer, headers protect, pages carry a policy with a nonce", async ({ request }) => {
  for (const name of ["live", "ready"]) expect((await request.get(`/api/health/${name}`)).status()).toBe(200);
  const first = (await request.get("/sign-in")).headers();
  const second = (await request.get("/sign-in")).headers();
  expect(first["content-security-policy"]).toMatch(/script-src 'self' 'nonce-[^']+' 'strict-dynamic'/);
  expect(first["content-security-policy"]).not.toBe(second["content-security-policy"]);
  expect(first["x-content-type-options"]).toBe("nosniff");
  expect(first["x-powered-by"]).toBeUndefined();
  expect((await request.get("/api/v1/health/live")).status()).toBe(200);
  expect((await request.get("/favicon.ico")).headers()["content-type"]).toBe("image/svg+xml");
});
