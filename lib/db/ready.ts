import { AppError } from "@/lib/errors";
import { pool } from "./client";

/** Resolves when the database answers with our tables within two seconds. Throws unavailable. */
export async function checkReady(): Promise<void> {
  const late = AbortSignal.timeout(2000);
  const tooLate = new Promise<never>((_, reject) =>
    late.addEventListener("abort", () => reject(new Error("no answer within two seconds"))),
  );
  try {
    await Promise.race([pool.query('select 1 from "Workspace" limit 1'), tooLate]);
  } catch (cause) {
    throw new AppError("unavailable", "The database does not answer.", { cause });
  }
}
