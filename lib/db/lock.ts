import type { Tx } from "./client";
import { Prisma } from "./generated/client";

type Table = "Workspace" | "Project" | "IssueCreation";

/**
 * Holds a row until the transaction ends, so that changes which depend on each other stand in a line. What merely refers
 * to the row, such as a new result of a project, is not held up.
 */
export async function lockRow(tx: Tx, table: Table, id: string): Promise<void> {
  await tx.$queryRaw`select 1 from ${Prisma.raw(`"${table}"`)} where "id" = ${id}::uuid for no key update`;
}
