import { AppError } from "@/lib/errors";

const second = 1_000;

/**
 * Does a step's work. What fails in it without anybody's word on the creation (the database was away, most likely) is
 * tried again in seconds, where a job's usual repetition would let people wait for most of a minute.
 */
export async function soon<T>(attempt: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const waitMs = Math.min(second * 2 ** attempt, 3_600 * second) * (1 + Math.random());
    const retryAt = new Date(Date.now() + waitMs);
    throw new AppError("unavailable", "Something went wrong on our side.", { retryAt, cause });
  }
}
