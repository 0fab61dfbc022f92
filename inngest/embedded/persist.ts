import { log } from "@/lib/log";

/** Longer than a database takes to start again; who holds a result for longer has lost its lease anyway. */
const PATIENCE_MS = 30_000;
const LONGEST_WAIT_MS = 1000;

/**
 * Stores what a call came to. The call has been made, so its result is worth some patience: what passes is waited out.
 * What the database refuses for its content it would refuse for ever: then `refused` is stored instead.
 */
export async function persist<T>(write: () => Promise<T>, refused: (error: unknown) => Promise<T>): Promise<T> {
  let store = write;
  const endMs = performance.now() + PATIENCE_MS;
  for (let waitMs = 50; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      return await store();
    } catch (error) {
      if (isPassing(error)) {
        if (performance.now() > endMs) throw error;
        log.warn({ err: error }, "a job's result cannot be stored yet");
        await new Promise((done) => setTimeout(done, waitMs));
      } else if (store === write) {
        store = () => refused(error);
      } else {
        throw error;
      }
    }
  }
}

/** True unless PostgreSQL says that the statement is at fault: connection, resources, shutdown, serialization pass. */
export function isPassing(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  // None of its codes begins with E, as the system's own do: EPIPE has five letters too.
  return !/^[0-9A-DF-Z][0-9A-Z]{4}$/.test(code) || /^(08|40|53|55|57|58)/.test(code);
}
