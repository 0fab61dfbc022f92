import type pg from "pg";
import type { Tx } from "./client";

/** What SQL of ours needs of a connection. */
export type Queries = {
  query<Row extends pg.QueryResultRow>(sql: string, values: unknown[]): Promise<{ rows: Row[] }>;
};

/** The same SQL that imports run on a connection of theirs, within a transaction of Prisma's. */
export const queriesOf = (tx: Pick<Tx, "$queryRawUnsafe">): Queries => ({
  // Unsafe is what Prisma calls SQL that comes as a text; all that varies is in the values.
  query: async <Row extends pg.QueryResultRow>(sql: string, values: unknown[]) => ({
    rows: await tx.$queryRawUnsafe<Row[]>(sql, ...values),
  }),
});
