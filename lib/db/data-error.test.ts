import { expect, it } from "vitest";
import { pool, prisma } from "./client";
import { isDataError } from "./data-error";
import { newId } from "./ids";

const errorOf = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail("it succeeded"),
    (error: unknown) => error,
  );

it("[K6] knows a value that PostgreSQL cannot take, by Prisma and by SQL alike", async () => {
  const errors = await Promise.all([
    errorOf(prisma.workspace.findFirst({ where: { name: "a\0b" } })),
    errorOf(prisma.workspace.findFirst({ where: { id: "no-such-id" } })),
    errorOf(prisma.testRun.findFirst({ where: { number: { lt: 99_999_999_999 } } })),
    errorOf(prisma.auditEntry.findFirst({ where: { createdAt: { lt: new Date("0000-01-01") } } })),
    errorOf(prisma.$queryRaw`select ${"a\0b"}::text`),
    errorOf(pool.query("select $1::text", ["a\0b"])),
    errorOf(pool.query("select $1::smallint", [70_000])),
  ]);
  expect(errors.map(isDataError)).toEqual(errors.map(() => true));
});

it("[K6] takes no other failure for it", async () => {
  const workspace = { id: newId(), name: "Here" };
  await prisma.workspace.create({ data: workspace });
  const errors = await Promise.all([
    errorOf(prisma.workspace.create({ data: workspace })),
    errorOf(pool.query("select no_such_column")),
  ]);
  for (const error of [...errors, new Error("boom"), null, "22021"]) expect(isDataError(error)).toBe(false);
});
