import { bulkRequested } from "@/inngest/events";
import { send } from "@/inngest/outbox";
import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { type Tx, transaction } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/ids";
import { AppError } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import { getRun } from "@/lib/results/runs";
import { countAsking } from "../count-asking";
import { getActiveAssignment, refuseLinkedOnly, targetOf } from "../find-target";
import { type Item, itemsOf } from "./compose";
import { checkFields } from "./filed-as";
import type { BulkInput } from "./inputs";
import { issuesOf, refusalOf, tallyOf } from "./tally";

type Started = { id: string; total: number };

/**
 * Writes down every issue that is to be made and sends one event, all or nothing. `id`: by it an interrupted request that
 * is repeated finds what it has done. `expected`: so many issues the person was told of; when that has changed since, it
 * is said instead of done.
 */
export async function startBulk(
  member: Member,
  { expected, ...input }: BulkInput & { expected?: number | undefined },
  id: string = newId(),
): Promise<Started> {
  await countAsking(member);
  const run = await getRun(member, input.runId);
  const asked = await getActiveAssignment(member, input.integrationId);
  await checkFields(member, asked, targetOf(asked, input.externalProject), input);
  return transaction(async (tx) => {
    const { workspaceId, projectId, userId: requestedById } = member;
    const known = await tx.bulkCreation.findFirst({
      where: { id, workspaceId, projectId },
      select: { _count: { select: { items: true } } },
    });
    if (known) return { id, total: known._count.items };

    const { integrationId, mode } = input;
    const assignment = await getActiveAssignment(member, integrationId, tx);
    const { name, status } = assignment.integration;
    if (status !== "active") throw new AppError("integration_disabled", `${name} is disabled: nothing is sent to it.`);
    refuseLinkedOnly(assignment.integration);
    const target = targetOf(assignment, input.externalProject);
    const now = new Date();
    const tally = await tallyOf(tx, member, input, now);
    const refusal = refusalOf(mode, input, tally);
    if (refusal) throw new AppError("invalid_input", refusal, { fields: { selection: refusal } });
    const total = issuesOf(tally)[mode];
    if (expected !== undefined && expected !== total)
      throw new AppError("conflict", `Something has changed: it would now be ${total} issues instead of ${expected}.`);

    const items = await itemsOf(tx, member, input, { tally, run, now });
    const labels = [...(input.labels ?? [])];
    const externalProjectId = target.remoteId;
    const filed = { typeId: input.type ?? null, fields: (input.fields ?? {}) as Prisma.InputJsonObject }; // read from JSON by the edge
    const place = { workspaceId, projectId, runId: run.id, integrationId, externalProjectId };
    await tx.bulkCreation.create({
      data: { id, ...place, mode, labels, ...filed, requestedById },
      select: { id: true },
    });
    await storeItems(tx, id, items);
    await send(tx, bulkRequested.create({ workspaceId, bulkId: id }));
    await audit(tx, member, "bulk.requested", {
      subjectType: "bulk",
      subjectId: id,
      projectId,
      after: { run: run.number, mode, issues: total, externalProject: target.key },
    });
    await announce(tx, { workspaceId, projectId, topic: "bulk", id });
    return { id, total };
  });
}

/** In one statement: two thousand of them are not two thousand answers to wait for. */
async function storeItems(tx: Tx, bulkId: string, items: readonly Item[]): Promise<void> {
  const rows = items.map((item, position) => ({ id: newId(), position, ...item }));
  await tx.$executeRaw`
    insert into "BulkItem" (id, "bulkId", position, title, "resultIds", "groupIds", "updatedAt")
    select id, ${bulkId}::uuid, position, title, "resultIds", "groupIds", now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as item(id uuid, position int, title text, "resultIds" uuid[], "groupIds" uuid[])`;
}
