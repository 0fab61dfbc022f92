import type { Tx } from "@/lib/db/client";

/**
 * Makes the run's next attempts due now, as part of the caller's transaction. False when none of them waits for its
 * time: sleeps and waits are the function's own and stay.
 */
export async function hurryRun(tx: Tx, runId: string): Promise<boolean> {
  const count = await tx.$executeRaw`
    UPDATE executor.job SET due_at = now(), rank = least(rank, now())
    WHERE run_id = ${runId}::uuid AND kind = 'call' AND attempt > 0 AND worker IS NULL AND due_at > now()`;
  // Whoever runs its function looks now rather than at its next look.
  if (count > 0) await tx.$executeRaw`SELECT pg_notify('executor', 'released')`;
  return count > 0;
}
