import { beforeEach, expect, it } from "vitest";
import { sandbox } from "@/e2e/vitest/sandbox";
import { prisma } from "@/lib/db/client";
import { askBulk } from "./ask";
import { cancelBulk } from "./cancel";
import { makeNight } from "./test-night";

type Night = Awaited<ReturnType<typeof makeNight>>;
let night: Night;
const inTwoMinutes = () => new Date(Date.now() + 120_000);

beforeEach(async () => {
  night = await makeNight(sandbox, [
    { error: "gateway", count: 3 },
    { error: "ledger", count: 2 },
  ]);
});

/** As when its calls were told to come back one after the other. */
async function standInLine(): Promise<string> {
  const { workspaceId } = night.admin;
  const { id: connectionId } = await prisma.connection.findFirstOrThrow({
    where: { workspaceId, integrationId: night.integrationId, userId: null },
    select: { id: true },
  });
  const line = { bulkLineEndsAt: inTwoMinutes() };
  await prisma.rateBudget.upsert({
    where: { connectionId },
    create: { connectionId, workspaceId, ...line },
    update: line,
  });
  return connectionId;
}

const lineOf = async (connectionId: string) =>
  (await prisma.rateBudget.findUniqueOrThrow({ where: { connectionId } })).bulkLineEndsAt;

it("[G6] [K4] who comes after a cancelled job does not wait behind its empty places", async () => {
  const bulkId = await night.start();
  await askBulk(bulkId);
  const connectionId = await standInLine();
  await cancelBulk(night.member, bulkId);
  expect(await lineOf(connectionId)).toBeNull();
  const { estimate } = await night.plan();
  expect(estimate.durationMs).toBeLessThan(60_000);
});

it("[G6] [K4] the line stays for those of another job who stand in it", async () => {
  const [first = "", ...rest] = night.resultIds;
  const bulkId = await night.start({ selection: { resultIds: [first] } });
  const other = await night.start({ selection: { resultIds: rest } });
  await askBulk(bulkId);
  await askBulk(other);
  const connectionId = await standInLine();
  await cancelBulk(night.member, bulkId);
  expect(await lineOf(connectionId)).not.toBeNull();
});
