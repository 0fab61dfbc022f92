import type { Sandbox } from "@/e2e/sandbox/sandbox";
import { makeExecutor } from "@/inngest/embedded/start";
import { runUntilIdle } from "@/inngest/embedded/testing";
import { createIssue } from "@/inngest/functions/create-issue";
import type { Actor, Member } from "@/lib/auth/member";
import { pool, prisma } from "@/lib/db/client";
import type { CreationState } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/ids";
import { assignIntegration } from "@/lib/integrations/assign-integration";
import { connectIntegration } from "@/lib/integrations/connect-integration";
import { chooseExternalProject } from "@/lib/integrations/external-projects";
import { connectInput } from "@/lib/integrations/inputs";
import { createProject } from "@/lib/projects/create";
import { makeAdmin, makeProjectMember } from "@/lib/workspaces/test-people";
import { type CreationInput, requestCreation } from "./request-creation";

type Tracker = { apiUrl: string; token: string; repository?: string };

/** A project with those who work on it. */
export async function makeProject() {
  const admin = await makeAdmin();
  const { id: projectId } = await createProject(admin, { name: "Checkout", description: "", defaultBranch: "main" });
  const owner: Member = { ...admin, projectId, projectRole: "ADMIN" };
  const member = await makeProjectMember(admin, projectId, "MEMBER");
  return { admin, owner, member, projectId };
}

/** For tests: a project whose failures are filed in a repository of a sandbox GitHub. */
export async function makeScene({ apiUrl, token, repository = "acme/checkout" }: Tracker) {
  const { admin, owner, member, projectId } = await makeProject();
  const input = connectInput.parse({
    ...{ provider: "github", name: "GitHub", baseUrl: apiUrl },
    ...{ authType: "pat", credential: { token } },
  });
  const { id: integrationId } = await connectIntegration(admin, input);
  const { id: assignmentId } = await assignIntegration(owner, integrationId);
  await chooseExternalProject(owner, assignmentId, { key: repository });
  const run = await makeRun(admin, projectId);
  const results = [await makeResult(admin, run, "pays"), await makeResult(admin, run, "refunds")] as const;
  return { admin, owner, member, projectId, integrationId, assignmentId, run, results };
}

export type Scene = Awaited<ReturnType<typeof makeScene>>;

/** A scene in a fresh sandbox with no job left over, and what has happened in its repository since. */
export async function makeFreshScene(sandbox: Sandbox) {
  await sandbox.reset();
  await prisma.$executeRaw`truncate executor.job, executor.run, executor.step, executor.event, "Outbox" cascade`;
  const scene = await makeScene(sandbox.github);
  const before = (await sandbox.issues("acme/checkout")).length;
  return {
    ...scene,
    /** Under the name that the repository has now. */
    createdCount: async (name = "acme/checkout") => (await sandbox.issues(name)).length - before,
    posts: () => sandbox.calls().filter(({ method, path }) => method === "POST" && path.endsWith("/issues")),
  };
}

export type FreshScene = Awaited<ReturnType<typeof makeFreshScene>>;

type Run = { projectId: string; runId: string };

export async function makeRun({ workspaceId }: Pick<Actor, "workspaceId">, projectId: string): Promise<Run> {
  const runId = newId();
  const { nextRunNumber } = await prisma.project.update({
    where: { id: projectId },
    data: { nextRunNumber: { increment: 1 } },
  });
  const number = nextRunNumber - 1;
  await prisma.testRun.create({
    data: { id: runId, workspaceId, projectId, number, failed: 2, branch: "main", commit: "a1b9f3c" },
  });
  return { projectId, runId };
}

/** A failed result: its id with its case's. */
export async function makeResult(actor: Pick<Actor, "workspaceId">, run: Run, name: string) {
  const [resultId, caseId] = [newId(), newId()];
  const base = { workspaceId: actor.workspaceId, projectId: run.projectId };
  await prisma.testCase.create({
    data: { ...base, id: caseId, identity: caseId, suite: "checkout › PaymentTest", className: "PaymentTest", name },
  });
  await prisma.testResult.create({
    data: {
      ...base,
      ...{ id: resultId, runId: run.runId, caseId, status: "failed", rank: 1, environment: "chrome" },
      ...{ type: "TimeoutError", message: `payment gateway <${name}> @here\nfixes #1`, attempt: 2 },
      stack: "TimeoutError: payment gateway\n    at Gateway.call (gateway.ts:88:3)\n```\n@everyone",
    },
  });
  return { resultId, caseId };
}

/** Asks for an issue as the scene's member does. */
export const ask = (scene: Scene, change: Partial<CreationInput> = {}, as: Member = scene.member) =>
  requestCreation(as, {
    integrationId: scene.integrationId,
    title: "Payment times out",
    description: "The gateway does not answer.",
    resultIds: [scene.results[0].resultId],
    ...change,
  });

/** Asks as the scene's member does, for what nobody works on yet; the creation's id. */
export async function start(scene: Scene, change: Partial<CreationInput> = {}): Promise<string> {
  const { creation } = await ask(scene, change);
  if (!creation) throw new Error("nothing was started");
  return creation.id;
}

/** Works off what is asked for, until nothing is due. */
export const work = (timeoutMs = 10_000) => runUntilIdle([createIssue], { timeoutMs });

/** Works until the creation is in a state that it will stay in for a while; what is due later stays undone. */
export async function workUntil(creationId: string, state: CreationState, timeoutMs = 12_000): Promise<void> {
  const executor = makeExecutor({ functions: [createIssue], retryBaseMs: 5 });
  await executor.start();
  const end = Date.now() + timeoutMs;
  try {
    while ((await readCreation(creationId)).state !== state) {
      if (Date.now() > end) throw new Error(`not ${state} within ${timeoutMs} ms`);
      await new Promise((done) => setTimeout(done, 10));
    }
  } finally {
    await executor.stop(2_000);
  }
}

/** Lets so much time pass for every creation and its job, without waiting. */
export async function passTime(ms: number): Promise<void> {
  await pool.query(
    `update "IssueCreation" set "sentAt" = "sentAt" - $1 * interval '1 ms', "lastSentAt" = "lastSentAt" - $1 * interval '1 ms'`,
    [ms],
  );
  await pool.query(`update "RateBudget" set "blockedUntil" = "blockedUntil" - $1 * interval '1 ms'`, [ms]);
  await pool.query(`update executor.job set due_at = due_at - $1 * interval '1 ms'`, [ms]);
}

export const readCreation = (id: string) => prisma.issueCreation.findUniqueOrThrow({ where: { id } });
