/** Class 22 of PostgreSQL's codes: a NUL in a text, a number or a date that is out of range, no UUID. */
const dataException = /^22[0-9A-Z]{3}$/;

type Link = { code?: unknown; originalCode?: unknown; cause?: unknown; meta?: { driverAdapterError?: unknown } };

/** Whether the database could not take a value as it was given, which is never the database's fault. */
export function isDataError(error: unknown): boolean {
  let link = error as Link | null | undefined; // read only where a property is there
  for (let depth = 0; depth < 5 && typeof link === "object" && link !== null; depth++) {
    if ([link.code, link.originalCode].some((code) => typeof code === "string" && dataException.test(code)))
      return true;
    link = (link.meta?.driverAdapterError ?? link.cause) as Link | null | undefined; // as above
  }
  return false;
}
