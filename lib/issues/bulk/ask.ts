import { prisma } from "@/lib/db/client";
import { notFound } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import { askItem } from "./ask-item";
import { readPace } from "./estimate";
import { refuseWaiting } from "./give-up";
import { requesterOf } from "./requester";

const bulkSelect = {
  id: true,
  workspaceId: true,
  projectId: true,
  runId: true,
  integrationId: true,
  externalProjectId: true,
  mode: true,
  labels: true,
  typeId: true,
  fields: true,
  requestedById: true,
  cancelledAt: true,
} as const;

export type Bulk = Awaited<ReturnType<typeof getBulkById>>;

/** The bulk creation that a job works on; jobs know it by id alone. */
async function getBulkById(id: string) {
  const bulk = await prisma.bulkCreation.findUnique({ where: { id }, select: bulkSelect });
  if (!bulk) throw notFound("bulk creation");
  return bulk;
}

/** What a step tells the function: how many were asked for, how many wait, and when to ask for more. */
type Asked = { asked: number; left: number; waitMs: number };

const batch = 20;
// So many are under way at most: enough that the tracker never waits for us, few enough that those of other people and
// other projects come between, and that a cancelled job has little to call back.
const mostOpen = 60;
const second = 1_000;

/** Asks for the next issues of a bulk creation. Repeated after a crash, it asks for the same ones. */
export async function askBulk(bulkId: string, attempt = 0): Promise<Asked> {
  const bulk = await getBulkById(bulkId);
  const room = Math.min(batch, mostOpen - (await countOpen(bulkId)));
  let asked = 0;
  if (!bulk.cancelledAt && room > 0) {
    const member = await requesterOf(bulk).catch((error) => refuseWaiting(bulkId, error));
    const items = member ? await nextItems(bulkId, room) : [];
    for (const item of items) {
      if (!member || !(await askItem(member, bulk, item, attempt))) break;
      asked += 1;
    }
  }
  const left = await endIfDone(bulkId);
  if (asked > 0 || left === 0) await announce(prisma, { ...placeOf(bulk), topic: "bulk", id: bulkId });
  if (left === 0) return { asked, left, waitMs: 0 };
  return { asked, left, waitMs: asked === batch ? 0 : await waitMsOf(bulk) };
}

/** Those that a job still works on, or that wait for a credential which all of them need. */
const countOpen = (bulkId: string) =>
  prisma.issueCreation.count({
    where: {
      bulkId,
      OR: [{ state: { in: ["queued", "sending", "held"] } }, { state: "unknown", retryAt: { not: null } }],
    },
  });

const nextItems = (bulkId: string, take: number) =>
  prisma.bulkItem.findMany({ where: { bulkId, state: "waiting" }, orderBy: { position: "asc" }, take });

/** How many wait; when none does, the bulk creation has asked for everything. A sign of life for the sweep, too. */
async function endIfDone(bulkId: string): Promise<number> {
  const left = await prisma.bulkItem.count({ where: { bulkId, state: "waiting" } });
  if (left > 0)
    await prisma.bulkItem.updateMany({ where: { bulkId, state: "waiting" }, data: { updatedAt: new Date() } });
  else
    await prisma.bulkCreation.updateMany({
      where: { id: bulkId, askedAt: null, items: { none: { state: "waiting" } } },
      data: { askedAt: new Date() },
    });
  return left;
}

/** Until a third of those that are under way have gone, at the tracker's pace. */
async function waitMsOf({ workspaceId, integrationId }: Bulk): Promise<number> {
  const { provider } = await prisma.integration.findUniqueOrThrow({
    where: { id: integrationId },
    select: { provider: true },
  });
  const { writeMs } = await readPace({ workspaceId }, { integrationId, provider }, new Date());
  return Math.min(Math.max((writeMs * mostOpen) / 3, second), 20 * second);
}

const placeOf = ({ workspaceId, projectId }: Bulk) => ({ workspaceId, projectId });
