import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { prisma, type Tx, transaction } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { lockRow } from "@/lib/db/lock";
import { AppError, notFound } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import { offersOf } from "@/lib/trackers/offers";
import { trackerOf } from "@/lib/trackers/registry";
import type { IssueType } from "@/lib/trackers/tracker";
import { countReading } from "./count-reading";
import { getAssignment } from "./find-assignment";
import type { ExternalProjectInput } from "./inputs";
import { askTracker, eyesOf } from "./metadata";

/** What can be created there, in the tracker's order; null: there is but one kind of issue. */
export async function listProjectTypes(
  member: Member,
  assignmentId: string,
  externalProjectId: string,
): Promise<readonly IssueType[] | null> {
  await countReading(member);
  const { integrationId } = await getAssignment(member, assignmentId);
  const { remoteId, key } = await getExternalProject(member, assignmentId, externalProjectId);
  const eyes = await eyesOf(member.workspaceId, integrationId);
  return (await askTracker(eyes, "types", { project: { remoteId, key } })).answer;
}

/** Changes what new issues there are like; what is not given stays. */
export async function editExternalProject(
  member: Member,
  assignmentId: string,
  externalProjectId: string,
  input: ExternalProjectInput,
): Promise<void> {
  const { integration } = await getAssignment(member, assignmentId);
  if (typeof input.uploadsFiles === "boolean" && !offersOf(trackerOf(integration.provider)).uploadFile)
    throw refusal("uploadsFiles", `Files are not uploaded into ${integration.name}.`);
  const type = input.defaultTypeId
    ? await findType(member, assignmentId, externalProjectId, input.defaultTypeId)
    : null;

  await transaction(async (tx) => {
    await lockRow(tx, "Project", member.projectId);
    const { integrationId } = await getAssignment(member, assignmentId, tx);
    const before = await getExternalProject(member, assignmentId, externalProjectId, tx);
    const { projectId, workspaceId } = member;
    const change = {
      ...(input.defaultTypeId !== undefined && {
        defaultTypeId: type?.id ?? null,
        defaultTypeName: type?.name ?? null,
      }),
      ...(input.uploadsFiles !== undefined && { uploadsFiles: input.uploadsFiles }),
    };
    await tx.externalProject.update({ where: { id: before.id }, data: change, select: { id: true } });
    const { key, defaultTypeName, uploadsFiles } = before;
    await audit(tx, member, "assignment.project_edited", {
      subjectType: "assignment",
      subjectId: assignmentId,
      projectId,
      before: { key, defaultTypeName, uploadsFiles },
      after: { key, defaultTypeName, uploadsFiles, ...change },
    });
    await announce(tx, { workspaceId, projectId, topic: "integration", id: integrationId });
  });
}

async function findType(member: Member, assignmentId: string, externalProjectId: string, wanted: string) {
  const types = await listProjectTypes(member, assignmentId, externalProjectId);
  const type = types?.find(({ id }) => id === wanted);
  if (type) return type;
  throw refusal("defaultTypeId", types ? "There is no such type there any more." : "There is but one kind of issue.");
}

async function getExternalProject(
  member: Member,
  assignmentId: string,
  id: string,
  db: Pick<Tx, "externalProject"> = prisma,
) {
  const where = { id, assignmentId, workspaceId: member.workspaceId };
  const found = isId(id) ? await db.externalProject.findFirst({ where }) : null;
  if (!found) throw notFound("external project");
  return found;
}

const refusal = (field: string, message: string) =>
  new AppError("invalid_input", message, { fields: { [field]: message } });
