import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { assignIntegration } from "@/lib/integrations/assign-integration";
import { connectIntegration } from "@/lib/integrations/connect-integration";
import { chooseExternalProject } from "@/lib/integrations/external-projects";
import { connectInput } from "@/lib/integrations/inputs";
import type { ProviderId } from "@/lib/trackers/registry";
import { makeProject, makeResult, makeRun } from "./test-scene";

type SandboxTracker = {
  apiUrl: string;
  reset(): Promise<void>;
  calls(): readonly { method: string; path: string }[];
  credentials: { write: { authType: string; values: Record<string, string> } };
};

/** A project whose failures are filed in a project of any sandbox tracker, in a fresh sandbox with no job left over. */
export async function makeTrackerScene(sandbox: SandboxTracker, provider: ProviderId, key: string) {
  await sandbox.reset();
  await prisma.$executeRaw`truncate executor.job, executor.run, executor.step, executor.event, "Outbox" cascade`;
  return makeSceneIn(sandbox, provider, key);
}

/** The same beside others, in the sandbox as it is. */
export async function makeSceneIn(sandbox: SandboxTracker, provider: ProviderId, key: string) {
  const { admin, owner, member, projectId } = await makeProject();
  const { authType, values } = sandbox.credentials.write;
  const input = { provider, name: `Tracker ${newId()}`, baseUrl: sandbox.apiUrl, authType, credential: values };
  const { id: integrationId } = await connectIntegration(admin, connectInput.parse(input));
  const { id: assignmentId } = await assignIntegration(owner, integrationId);
  await chooseExternalProject(owner, assignmentId, { key });
  const run = await makeRun(admin, projectId);
  const results = [await makeResult(admin, run, "pays"), await makeResult(admin, run, "refunds")] as const;
  const since = sandbox.calls().length;
  return {
    ...{ admin, owner, member, projectId, integrationId, assignmentId, run, results },
    /** What has reached the tracker since the scene was made. */
    calls: () => sandbox.calls().slice(since),
  };
}
