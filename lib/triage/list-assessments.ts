import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { type AssessmentView, assessmentSchema } from "./shapes";

const most = 100;

/** The latest changes of a severity or an assessment, newest first. */
export async function listAssessments(
  { workspaceId, projectId }: Member,
  subject: { groupId: string } | { caseId: string },
): Promise<AssessmentView[]> {
  if (!Object.values(subject).every(isId)) return [];
  const rows = await prisma.assessment.findMany({
    where: { workspaceId, projectId, ...subject },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: most,
  });
  return rows.map(({ until, createdAt, ...row }) =>
    assessmentSchema.parse({ ...row, until: until?.toISOString() ?? null, createdAt: createdAt.toISOString() }),
  );
}
