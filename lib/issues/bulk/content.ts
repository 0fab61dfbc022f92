import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { RichDoc } from "@/lib/richtext/doc";
import { getGroupFailure } from "../find-group-failure";
import { getFailure, getHistory } from "../find-result";
import { currentGroups, getGroupId, groupsOf } from "../groups";
import { prefill } from "../prefill";
import { prefillGroup } from "../prefill-group";
import type { Bulk } from "./ask";
import { combinedText } from "./combined";
import { itemsOf } from "./compose";
import { tallyOf } from "./tally";

type Item = { title: string; resultIds: string[]; groupIds: string[] };
type Content = Item & { description: RichDoc };

/** What is asked for: the text that the form would have opened with. Null: by now nothing of it lacks an issue. */
export async function contentOf(member: Member, bulk: Bulk, item: Item): Promise<Content | null> {
  if (bulk.mode === "combined") return combinedOf(member, bulk, item);
  const { title, resultIds, groupIds } = item;
  const [groupId] = groupIds;
  if (groupId) return ofGroup(member, bulk, { title, groupId, resultId: resultIds[0] ?? "" });
  const failure = await getFailure(member, resultIds[0] ?? "");
  const { description } = prefill({ ...failure, history: await getHistory(member, failure.caseId) });
  return { title, description, resultIds, groupIds };
}

type OfGroup = { title: string; groupId: string; resultId: string };

/**
 * People may have merged the group into another one since; and its sample may be of another problem by now, because they
 * have split the group or a later attempt has told something else: then a result that still is of it stands for it.
 */
async function ofGroup(member: Member, bulk: Bulk, { title, groupId: asked, resultId }: OfGroup): Promise<Content> {
  const groupId = await getGroupId(member, asked);
  const isOfIt = (await groupsOf(prisma, member, [resultId])).get(resultId) === groupId;
  const sampleId = isOfIt ? resultId : await findSample(bulk, groupId);
  if (!sampleId) throw new AppError("conflict", "No failure of the run is of this problem any more.");
  const failure = await getFailure(member, sampleId);
  const { description } = prefillGroup(failure, await getGroupFailure(member, groupId, failure));
  return { title, description, resultIds: [sampleId], groupIds: [groupId] };
}

async function findSample({ runId, projectId }: Bulk, groupId: string): Promise<string | undefined> {
  const [sample] = await prisma.$queryRaw<{ resultId: string }[]>`
    select r."resultId" from "RunFingerprint" r join "Fingerprint" f on f."projectId" = r."projectId" and f.hash = r.hash
    where r."runId" = ${runId}::uuid and r."projectId" = ${projectId}::uuid and f."groupId" = ${groupId}::uuid
    order by r.failures desc, r.flaky desc, r.hash limit 1`;
  return sample?.resultId;
}

/** Whoever was faster since with one of them does not keep the others from being filed. */
async function combinedOf(member: Member, bulk: Bulk, { title, ...chosen }: Item): Promise<Content | null> {
  const now = new Date();
  const groups = await currentGroups(prisma, member, chosen.groupIds);
  const selection = groups.size > 0 ? { groupIds: [...groups.values()] } : { resultIds: chosen.resultIds };
  const asked = { ...bulk, selection };
  const run = await prisma.testRun.findUniqueOrThrow({ where: { id: bulk.runId }, select: { number: true } });
  const tally = await tallyOf(prisma, member, asked, now);
  const [item] = tally.failures.take > 0 ? await itemsOf(prisma, member, asked, { tally, run, now }) : [];
  if (!item || item.resultIds.length === 0) return null;
  return { ...item, description: await combinedText(member, bulk.runId, item) };
}
