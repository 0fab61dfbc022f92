import { cancelRun, hurryRun, rerun } from "@/inngest/embedded/control";
import { audit } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/member";
import { type Tx, transaction } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { AppError, notFound } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import { dashboardUrl } from "./engine";

/** Starts a failed or cancelled job once more, from its beginning and for the same events. Answers the new job. */
export async function retryJob(admin: Actor, jobId: string): Promise<{ jobId: string }> {
  return change(admin, jobId, "job.retried", async (tx, { state }) => {
    if (state !== "failed" && state !== "cancelled")
      throw new AppError("conflict", "Only a job that failed or was cancelled is started once more.");
    await refuseSecond(tx, jobId);
    const started = await rerun(tx, jobId);
    if (!started)
      throw new AppError("conflict", "Its events are not kept any more, so it cannot be started once more.");
    return { value: { jobId: started.runId }, after: { jobId: started.runId } };
  });
}

/** Ends a job that has not ended: none of its calls is made any more, and one under way stores nothing. */
export async function cancelJob(admin: Actor, jobId: string): Promise<void> {
  await change(admin, jobId, "job.cancelled", async (tx) => {
    if (await cancelRun(tx, jobId)) return { value: undefined };
    throw new AppError("conflict", "The job has ended already.");
  });
}

/** Makes the next attempt of a job now rather than at its time. What the tracker asks to wait for is waited for still. */
export async function runJobNow(admin: Actor, jobId: string): Promise<void> {
  await change(admin, jobId, "job.hurried", async (tx) => {
    if (await hurryRun(tx, jobId)) return { value: undefined };
    throw new AppError("conflict", "The job does not wait for another attempt any more.");
  });
}

/** Two people, or two clicks, start it once: who comes second waits for the first and finds it under way. */
async function refuseSecond(tx: Tx, jobId: string): Promise<void> {
  await tx.$queryRaw`SELECT FROM executor.run WHERE id = ${jobId}::uuid FOR UPDATE`;
  const underWay = await tx.executorRun.count({
    where: { rerunOf: jobId, id: { gt: jobId }, state: { in: ["queued", "running"] } },
  });
  if (underWay > 0)
    throw new AppError("conflict", "It has been started once more already, and that job has not ended.");
}

type Changed<T> = { value: T; after?: { jobId: string } };

/** One change of a job of the admin's workspace, with its audit row and the news of it, all or nothing. */
async function change<T>(
  admin: Actor,
  jobId: string,
  action: string,
  work: (tx: Tx, run: { state: string }) => Promise<Changed<T>>,
): Promise<T> {
  const { workspaceId } = admin;
  if (dashboardUrl()) throw new AppError("conflict", "The jobs run on an Inngest server. Change them there.");
  return transaction(async (tx) => {
    const run = isId(jobId)
      ? await tx.executorRun.findFirst({
          where: { id: jobId, workspaceId },
          select: { state: true, functionId: true },
        })
      : null;
    if (!run) throw notFound("job");
    const { value, after } = await work(tx, run);
    await audit(tx, admin, action, {
      subjectType: "job",
      subjectId: jobId,
      before: { function: run.functionId, state: run.state },
      ...(after && { after }),
    });
    await announce(tx, { workspaceId, projectId: null, topic: "job", id: jobId });
    return value;
  });
}
