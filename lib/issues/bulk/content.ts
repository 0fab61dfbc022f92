import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import type { RichDoc } from "@/lib/richtext/doc";
import { getGroupFailure } from "../find-group-failure";
import { getFailure, getHistory } from "../find-result";
import { currentGroups, groupsOf } from "../groups";
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
  const failure = await getFailure(member, resultIds[0] ?? "");
  if (groupIds.length > 0) {
    // People may have merged or split it since: the issue is for the problem that its sample is of now.
    const groupId = (await groupsOf(prisma, member, [failure.id])).get(failure.id) ?? "";
    const { description } = prefillGroup(failure, await getGroupFailure(member, groupId, failure));
    return { title, description, resultIds, groupIds: [groupId] };
  }
  const { description } = prefill({ ...failure, history: await getHistory(member, failure.caseId) });
  return { title, description, resultIds, groupIds };
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
