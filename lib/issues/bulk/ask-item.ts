import type { Member } from "@/lib/auth/member";
import { prisma, transaction } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import type { BulkItemModel } from "@/lib/db/generated/models";
import { isOutage } from "@/lib/db/outage";
import { AppError, errorKinds } from "@/lib/errors";
import { log } from "@/lib/log";
import { requestCreation } from "../request-creation";
import { retryCreation } from "../retry-creation";
import type { Bulk } from "./ask";
import { contentOf } from "./content";
import { fieldsOf } from "./filed-as";
import { letGo } from "./let-go";

type Item = Pick<BulkItemModel, "id" | "bulkId" | "title" | "resultIds" | "groupIds" | "creationId">;
type Told = Pick<Prisma.BulkItemUncheckedUpdateManyInput, "state" | "creationId" | "issueId" | "errorKind" | "message">;

const nothing = { errorKind: null, message: null, issueId: null };
// An error that nobody foresaw may pass; one item must not hold up all others for ever.
const mostAttempts = 3;

/** Asks for one issue and writes down what came of it. False when the bulk creation was cancelled. */
export async function askItem(member: Member, bulk: Bulk, item: Item, attempt: number): Promise<boolean> {
  try {
    return await settle(bulk, item, await request(member, bulk, item));
  } catch (error) {
    // It is there all the same: another job of this bulk creation was faster, or its answer was lost.
    if (await isAsked(item)) return settle(bulk, item, { ...nothing, state: "asked", creationId: item.id });
    return settle(bulk, item, refusalOf(error, item, attempt));
  }
}

async function request(member: Member, bulk: Bulk, item: Item): Promise<Told> {
  const mine = { ...nothing, state: "asked", creationId: item.id };
  // A person has asked again for what failed: the same creation goes on with the text that it has.
  if (item.creationId === item.id) {
    const isStopped = (await prisma.issueCreation.count({ where: { id: item.id, state: "failed" } })) > 0;
    return isStopped ? toldOf(item, await retryCreation(member, item.id, undefined, bulk.id)) : mine;
  }
  // Asked for by a process that died before it could say so.
  if (await isAsked(item)) return mine;
  const content = await contentOf(member, bulk, item);
  if (!content) return { ...nothing, state: "exists" };
  const requested = await requestCreation(member, {
    ...content,
    integrationId: bulk.integrationId,
    externalProject: bulk.externalProjectId,
    labels: bulk.labels,
    type: bulk.typeId,
    fields: fieldsOf(bulk),
    clientKey: item.id,
    bulkId: bulk.id,
  });
  return toldOf(item, requested);
}

function toldOf(item: Item, requested: Awaited<ReturnType<typeof requestCreation>>): Told {
  if (requested.outcome === "exists")
    return { ...nothing, state: "exists", creationId: null, issueId: requested.issueIds[0] ?? null };
  const { id } = requested.creation;
  return { ...nothing, state: id === item.id ? "asked" : "joined", creationId: id };
}

const isAsked = async ({ id, bulkId, creationId }: Item) =>
  creationId === null && (await prisma.issueCreation.count({ where: { id, bulkId } })) > 0;

/** What is said of an item that could not be asked for; throws where the job has to try again. */
function refusalOf(error: unknown, item: Item, attempt: number): Told {
  if (error instanceof AppError) {
    if (errorKinds[error.kind].retry !== "never" && attempt < mostAttempts) throw error;
    return { state: "refused", errorKind: error.kind, message: error.message.slice(0, 1_000) };
  }
  if (isOutage(error) || attempt < mostAttempts) throw error;
  log.error({ err: error, bulkItemId: item.id }, "an item of a bulk creation cannot be asked for");
  return { state: "refused", errorKind: "internal", message: "Something went wrong on our side. It has been logged." };
}

/** A bulk creation that was cancelled while this one was being asked for calls it back. */
const settle = (bulk: Bulk, { id, bulkId }: Item, told: Told): Promise<boolean> =>
  transaction(async (tx) => {
    const [now] = await tx.$queryRaw<{ cancelledAt: Date | null }[]>`
      select "cancelledAt" from "BulkCreation" where id = ${bulkId}::uuid for share`;
    await tx.bulkItem.updateMany({ where: { id, state: { in: ["waiting", "cancelled"] } }, data: told });
    if (!now?.cancelledAt) return true;
    await letGo(tx, bulk, id);
    return false;
  });
