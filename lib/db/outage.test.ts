import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { expect, it, onTestFinished } from "vitest";
import { pool, prisma } from "./client";
import { PrismaClient } from "./generated/client";
import { newId } from "./ids";
import { isOutage } from "./outage";

const errorOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail("it succeeded"),
    (error: unknown) => error,
  );

it("[K7] knows a database that does not answer, by Prisma and by SQL alike", async () => {
  const away = new pg.Pool({ connectionString: "postgresql://a:b@127.0.0.1:1/none" });
  const client = new PrismaClient({ adapter: new PrismaPg(away) });
  onTestFinished(() => client.$disconnect());
  const errors = await Promise.all([
    errorOf(away.query("select 1")),
    errorOf(client.workspace.findFirst()),
    errorOf(client.$transaction(async (tx) => tx.workspace.findFirst())),
  ]);
  expect(errors.map(isOutage)).toEqual(errors.map(() => true));
});

it("[K7] knows a connection that is cut off in the middle of the work", async () => {
  const cutOff = prisma.$transaction(async (tx) => {
    const [row] = await tx.$queryRaw<{ pid: number }[]>`select pg_backend_pid() as pid`;
    await pool.query("select pg_terminate_backend($1)", [row?.pid]);
    await tx.workspace.findFirst();
  });
  expect(isOutage(await errorOf(cutOff))).toBe(true);
});

it("[K7] knows a pool that has nothing left to give", async () => {
  const small = new pg.Pool({ ...pool.options, max: 1 });
  onTestFinished(() => small.end());
  const only = await small.connect();
  small.options.connectionTimeoutMillis = 100;
  expect(isOutage(await errorOf(small.query("select 1")))).toBe(true);
  only.release();
});

it("[K7] knows a transaction that was ended so that another could go on", async () => {
  const ids = [newId(), newId()];
  for (const id of ids) await prisma.workspace.create({ data: { id, name: id } });
  const touchBoth = (first = "", second = "") =>
    prisma.$transaction(async (tx) => {
      await tx.workspace.update({ where: { id: first }, data: { name: "a" } });
      await new Promise((resolve) => setTimeout(resolve, 300));
      await tx.workspace.update({ where: { id: second }, data: { name: "b" } });
    });
  const ends = await Promise.allSettled([touchBoth(ids[0], ids[1]), touchBoth(ids[1], ids[0])]);
  const refused = ends.flatMap((end) => (end.status === "rejected" ? [end.reason] : []));
  expect(refused).toHaveLength(1);
  expect(isOutage(refused[0])).toBe(true);
});

it("[K7] takes no other failure for it", async () => {
  const workspace = { id: newId(), name: "Here" };
  await prisma.workspace.create({ data: workspace });
  const errors = await Promise.all([
    errorOf(prisma.workspace.create({ data: workspace })),
    errorOf(pool.query("select no_such_column")),
  ]);
  for (const error of [...errors, new Error("boom"), null, "57P01"]) expect(isOutage(error)).toBe(false);
});
