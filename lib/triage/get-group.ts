import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { getGroupId } from "@/lib/issues/groups";
import { getRun } from "@/lib/results/runs";
import { listGroupChanges } from "./group-changes";
import { fingerprintsOf } from "./group-fingerprints";
import { groupRows, type OfRun } from "./group-rows";
import { sparkRunsOf } from "./group-spread";
import { listAssessments } from "./list-assessments";
import type { GroupView } from "./shapes";

/**
 * A failure group of the member's project as a run shows it; without one, the run that it was last seen in. One that was
 * merged into another answers with that one, so that a link to it still leads somewhere: the id tells.
 */
export async function getGroup(member: Member, groupId: string, runId?: string): Promise<GroupView> {
  const id = await getGroupId(member, groupId);
  const run = runId === undefined ? await lastRunOf(member, id) : await getRun(member, runId);
  const [[group], sparkRuns, fingerprints, history, changes] = await Promise.all([
    groupRows(member, run, [id], new Date()),
    sparkRunsOf(member, run),
    fingerprintsOf(member, id, runId === undefined ? null : run),
    listAssessments(member, { groupId: id }),
    listGroupChanges(member, id),
  ]);
  if (!group) throw notFound("failure group");
  return { group, sparkRuns, fingerprints, history, changes };
}

async function lastRunOf(member: Member, id: string): Promise<OfRun> {
  const { workspaceId, projectId } = member;
  const group = await prisma.failureGroup.findFirst({
    where: { id, workspaceId, projectId },
    select: { lastRunId: true },
  });
  if (!group) throw notFound("failure group");
  return getRun(member, group.lastRunId);
}
