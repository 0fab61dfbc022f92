import { setTimeout as sleep } from "node:timers/promises";
import type { Executor } from "@/inngest/embedded/executor";
import { makeExecutor } from "@/inngest/embedded/start";
import { pool, prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { env } from "@/lib/env";
import { assignIntegration } from "@/lib/integrations/assign-integration";
import { connectIntegration } from "@/lib/integrations/connect-integration";
import { chooseExternalProject } from "@/lib/integrations/external-projects";
import { connectInput } from "@/lib/integrations/inputs";
import { bulkInput } from "@/lib/issues/bulk/inputs";
import { planBulk } from "@/lib/issues/bulk/plan";
import { showBulk } from "@/lib/issues/bulk/show";
import { startBulk } from "@/lib/issues/bulk/start";
import { makeFailures } from "@/lib/issues/bulk/test-failures";
import { print } from "./lib/figure";
import { timeEach } from "./lib/samples";
import { besideSandbox } from "./lib/sandbox";
import { check, makeMember } from "./lib/store";

/**
 * Many issues in one job, against the limit that a tracker sets: one write after the other, and a pause after each. The
 * limit is measured in the same run, by a loop that does nothing but that.
 */
const bench = "bulk";
const [issues = 500, rounds = 2] = process.argv.slice(2).map(Number);
const pauseMs = env().FAULTLINE_WRITE_PAUSE_MS ?? 0;

const sandbox = besideSandbox();
await pool.query(`truncate "Workspace", "User" cascade`);
await pool.query(`truncate executor.job, executor.run, executor.step, executor.event, "Outbox" cascade`);

const member = await makeMember();
const connected = connectInput.parse({
  ...{ provider: "github", name: "GitHub", baseUrl: sandbox.apiUrl },
  ...{ authType: "pat", credential: { token: sandbox.token } },
});
const { id: integrationId } = await connectIntegration(member, connected);
const { id: assignmentId } = await assignIntegration(member, integrationId);
await chooseExternalProject(member, assignmentId, { key: "acme/checkout" });

const executor: Executor = makeExecutor();
await executor.start();
try {
  await plans();
  // What is compiled and connected on first use is paid before anything is measured.
  await ours(20);
  await bare(20);
  let [best, least] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < rounds; round += 1) {
    best = Math.min(best, await ours(issues));
    least = Math.min(least, await bare(issues));
  }
  const name = `${issues} issues with ${pauseMs} ms between two writes`;
  print({ bench, figure: `${name}, the limit`, value: least / issues, unit: "ms/issue" });
  const limit = ">= 0.95 x the limit";
  print({ bench, figure: name, value: best / issues, unit: "ms/issue", ratio: least / best, limit });
  print({ bench, figure: "our overhead", value: (best - least) / issues, unit: "ms/issue", limit: "<= 5" });
} finally {
  await executor.stop(5_000);
  await pool.end();
}

/** From the request until the last issue is there. */
async function ours(count: number): Promise<number> {
  const { runId } = await makeFailures(member, [{ error: `e${newId()}`, count }]);
  await pool.query("vacuum analyze");
  const startMs = performance.now();
  const asked = bulkInput.parse({ runId, integrationId, mode: "separate", selection: null });
  const { id } = await startBulk(member, { ...asked, expected: count });
  while ((await prisma.issueCreation.count({ where: { bulkId: id, state: "created" } })) < count) await sleep(20);
  const tookMs = performance.now() - startMs;
  const { bulk, items } = await showBulk(member, id, { limit: 500 });
  check(
    bulk.counts.created === count && new Set(items.map(({ issue }) => issue?.key)).size === count,
    "one issue each",
  );
  // What follows an issue (its finishing step) is not to burden the loop that is measured next.
  while (!executor.isIdle) await sleep(20);
  return tookMs;
}

/** What the limit allows: a call, and the pause. The last issue's pause is nobody's to wait for. */
async function bare(count: number): Promise<number> {
  const headers = { authorization: `Bearer ${sandbox.token}`, "content-type": "application/json" };
  const url = `${sandbox.apiUrl}/repos/acme/checkout/issues`;
  const startMs = performance.now();
  for (let n = 0; n < count; n += 1) {
    if (n > 0) await sleep(pauseMs);
    const body = JSON.stringify({ title: `Bare ${newId()}`, body: "x".repeat(600), labels: ["faultline"] });
    const response = await fetch(url, { method: "POST", headers, body });
    check(response.status === 201, `the sandbox answered ${response.status}`);
    await response.json();
  }
  return performance.now() - startMs;
}

/** How long the dialog waits for its numbers, in a run with many failures. */
async function plans(): Promise<void> {
  const { runId } = await makeFailures(member, [
    { error: "gateway", count: 40_000 },
    { error: "ledger", count: 10_000 },
  ]);
  await pool.query("vacuum analyze");
  const asked = bulkInput.parse({ runId, integrationId, mode: "per_group", selection: null });
  const samples = await timeEach(10, async () => {
    const { failures, issues: made } = await planBulk(member, asked);
    check(failures === 50_000 && made.per_group === 2, "what a plan counts");
  });
  print({ bench, figure: "plan of a run with 50,000 failures", value: Math.min(...samples), unit: "ms" });
}
