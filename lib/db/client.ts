import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { env } from "@/lib/env";
import { PrismaClient } from "./generated/client";

// A reload of modules in development must not open a second pool, so both live on globalThis.
const kept = globalThis as typeof globalThis & { faultlineDb?: { pool: pg.Pool; prisma: PrismaClient } };

function open() {
  const pool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    max: 20,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: "faultline",
  });
  // An idle connection that dies must not end the process; its next user gets a fresh one.
  pool.on("error", () => {});
  // Nor one that dies in the hands of somebody, between two statements: the next statement fails and tells its holder.
  pool.on("connect", (client) => client.on("error", () => {}));
  return { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
}

kept.faultlineDb ??= open();

/** One pool for Prisma, COPY and LISTEN. */
export const pool = kept.faultlineDb.pool;
export const prisma = kept.faultlineDb.prisma;

/** What a verb gets inside `transaction`. */
export type Tx = Parameters<Parameters<typeof prisma.$transaction>[0]>[0];

/** Runs the work in one transaction: all of it happens, or nothing. */
export function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return prisma.$transaction(work, { timeout: 15_000, maxWait: 10_000 });
}
