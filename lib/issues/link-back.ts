import { prisma } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { groupUrl, resultUrl } from "./addresses";
import type { Creation } from "./creation/read";
import { outgoingMask } from "./outgoing-mask";

type Of = { workspaceId: string; projectId: string; resultIds: readonly string[] };

/** Where an issue leads back to: the page of its first result, with the number of its run. */
export async function findOrigin({ workspaceId, projectId, resultIds }: Of) {
  const first = await prisma.testResult.findFirst({
    where: { workspaceId, projectId, id: { in: resultIds.slice(0, 1).filter(isId) } },
    select: { id: true, runId: true, run: { select: { number: true } }, testCase: { select: { name: true } } },
  });
  return (
    first && {
      runId: first.runId,
      run: first.run.number,
      testName: first.testCase.name,
      url: resultUrl({ projectId, runId: first.runId, resultId: first.id }),
    }
  );
}

/** Our page as a link beside the issue: its problem's, where it is for the whole of that, else its result's. */
export async function linkBackOf({ sources, ...creation }: Creation): Promise<{ url: string; title: string } | null> {
  const origin = await findOrigin({ ...creation, resultIds: sources.map(({ resultId }) => resultId) });
  if (!origin) return null;
  const { projectId } = creation;
  const groupId = sources.find((source) => source.groupId !== null)?.groupId;
  const { runId, run } = origin;
  if (groupId) return { url: groupUrl({ projectId, runId, groupId }), title: `Faultline: the problem in run ${run}` };
  const mask = await outgoingMask(creation);
  const testName = mask(origin.testName);
  const name = testName.length > 150 ? `${testName.slice(0, 149)}…` : testName;
  return { url: origin.url, title: `Faultline: ${name} in run ${run}` };
}
