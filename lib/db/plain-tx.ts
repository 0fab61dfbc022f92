import type pg from "pg";
import type { Tx } from "./client";

/**
 * What `audit`, `send` and `announce` need of a transaction, on a connection that holds a raw one. A Prisma client on
 * that connection would do the same, but making one costs 20 to 100 ms for each import.
 */
export function plainTx(client: pg.PoolClient): Tx {
  const tx = {
    auditEntry: { create: ({ data }: { data: Row }) => insert(client, "AuditEntry", data) },
    outbox: {
      createMany: async ({ data }: { data: Row[] }) => {
        for (const row of data) await insert(client, "Outbox", row);
      },
    },
    $executeRaw: (strings: TemplateStringsArray, ...values: unknown[]) =>
      client.query(
        strings.reduce((sql, part, index) => `${sql}$${index}${part}`),
        values,
      ),
  };
  return tx as unknown as Tx; // only these three are called; any other would fail at once
}

export type Row = Record<string, unknown>;

/** Inserts one row; objects and arrays go into JSON columns. Column names come from our code alone. */
export async function insert(client: pg.PoolClient, table: string, row: Row): Promise<void> {
  const entries = Object.entries(row).filter(([, value]) => value !== undefined);
  const columns = entries.map(([name]) => `"${name}"`).join(", ");
  const places = entries.map((_, index) => `$${index + 1}`).join(", ");
  const values = entries.map(([, value]) => (typeof value === "object" && value ? JSON.stringify(value) : value));
  await client.query(`insert into "${table}" (${columns}) values (${places})`, values);
}
