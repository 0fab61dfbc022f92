type Link = {
  code?: unknown;
  originalCode?: unknown;
  message?: unknown;
  cause?: unknown;
  meta?: { driverAdapterError?: unknown };
};

/**
 * What says that PostgreSQL is away, full or starting: class 08 and 57P of its own codes, 53300 (too many connections),
 * the socket's, and Prisma's for out of reach, cut off and no connection or transaction free in time. So does a
 * transaction that was ended so that another could go on (40P01, 40001, P2034): nothing of it happened.
 */
const outage =
  /^(08[0-9A-Z]{3}|57P0[1-5]|53300|40P01|40001|P2034|ECONN\w+|EPIPE|ETIMEDOUT|P1001|P1002|P1008|P1017|P2024|P2028)$/;

// The driver gives these no code (pg/lib/client.js, pg-pool/index.js).
const uncoded = new Set([
  "Client has encountered a connection error and is not queryable",
  "Connection terminated unexpectedly",
  "Connection terminated due to connection timeout",
  "timeout exceeded when trying to connect",
]);

/** Whether the database was out of reach, so that the same request may succeed in a moment. */
export function isOutage(error: unknown): boolean {
  let link = error as Link | null | undefined; // read only where a property is there
  for (let depth = 0; depth < 5 && typeof link === "object" && link !== null; depth++) {
    if ([link.code, link.originalCode].some((code) => typeof code === "string" && outage.test(code))) return true;
    if (typeof link.message === "string" && uncoded.has(link.message)) return true;
    link = (link.meta?.driverAdapterError ?? link.cause) as Link | null | undefined; // as above
  }
  return false;
}
