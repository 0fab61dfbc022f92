import type { Member } from "@/lib/auth/member";
import type { Tx } from "@/lib/db/client";
import { withMerged } from "./groups";
import type { Sources } from "./lock-sources";

type Db = Pick<Tx, "issueCreationSource" | "failureGroup" | "$queryRaw">;

type Unfinished = {
  /** The one to join. */
  creationId: string;
  /** What somebody works on: by result, and the groups that an issue is to cover. */
  taken: ReadonlyMap<string, { sourceId: string; creationId: string }>;
  covered: ReadonlySet<string>;
};

/**
 * Whether somebody works on what is wanted: on a group of the results before all, then on one of the results, then on
 * any result of a group that is wanted whole. Null: nobody.
 */
export async function findUnfinished(
  db: Db,
  member: Pick<Member, "workspaceId" | "projectId">,
  integrationId: string,
  { resultIds, groupIds, groupOf }: Sources,
  except?: string,
): Promise<Unfinished | null> {
  const groupNow = await withMerged(db, member, [...new Set([...groupOf.values(), ...groupIds])]);
  const sources = await db.issueCreationSource.findMany({
    where: {
      integrationId,
      workspaceId: member.workspaceId,
      finished: false,
      OR: [{ resultId: { in: [...resultIds] } }, { groupId: { in: [...groupNow.keys()] } }],
      ...(except && { creationId: { not: except } }),
    },
    orderBy: { id: "asc" },
    select: { id: true, creationId: true, resultId: true, groupId: true },
  });
  const covering = sources.filter(({ groupId }) => groupId !== null && groupNow.has(groupId));
  const first = covering[0] ?? sources[0];
  const creationId = first?.creationId ?? (await findOfGroups(db, member, integrationId, groupIds, except));
  if (!creationId) return null;
  return {
    creationId,
    taken: new Map(sources.map(({ id, creationId, resultId }) => [resultId, { sourceId: id, creationId }])),
    covered: new Set(covering.map(({ groupId }) => groupNow.get(groupId ?? "") ?? "")),
  };
}

async function findOfGroups(
  db: Db,
  { workspaceId }: Pick<Member, "workspaceId">,
  integrationId: string,
  groupIds: readonly string[],
  except?: string,
): Promise<string | undefined> {
  if (groupIds.length === 0) return undefined;
  const [first] = await db.$queryRaw<{ creationId: string }[]>`
    select s."creationId" from "IssueCreationSource" s
    join "TestResult" r on r."id" = s."resultId"
    join "Fingerprint" f on f."projectId" = r."projectId" and f."hash" = r."fingerprint"
    where s."integrationId" = ${integrationId}::uuid and s."workspaceId" = ${workspaceId}::uuid and not s."finished"
      and f."groupId" = any(${[...groupIds]}::uuid[]) and s."creationId" is distinct from ${except ?? null}::uuid
    order by s."id" limit 1`;
  return first?.creationId;
}
