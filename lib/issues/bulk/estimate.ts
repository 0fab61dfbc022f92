import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { env } from "@/lib/env";
import { reservedShare } from "@/lib/integrations/budget/take";
import { trackerOf } from "@/lib/trackers/registry";
import type { Estimate } from "./shapes";

/** Of the credential that issues are filed with: how fast it may write, and what is left of its limit. */
type Pace = {
  writeMs: number;
  /** Bulk work before this one. */
  freeInMs: number;
  window: { limit: number; left: number; resetInMs: number } | null;
};

// What a tracker's answer takes, as long as none has been seen.
const usualWriteMs = 700;
// Of the windows that come after the one that is known; trackers count by the hour, where they say how.
const windowMs = 3_600_000;

/** How long so many calls, one for each issue, take from now on, and what is left of the limit for them. */
export function estimate(needed: number, { writeMs, freeInMs, window }: Pace): Estimate {
  const lineMs = freeInMs + needed * writeMs;
  if (!window) return { durationMs: lineMs, calls: null };
  const { limit, left, resetInMs } = window;
  // The last part of each window is kept for people.
  const perWindow = Math.max(1, Math.floor(limit * (1 - reservedShare)));
  const over = needed - Math.max(0, left - Math.ceil(limit * reservedShare));
  const more = over > 0 ? Math.ceil(over / perWindow) : 0;
  const inLast = over - (more - 1) * perWindow;
  const waitMs = more > 0 ? resetInMs + (more - 1) * windowMs + inLast * writeMs : 0;
  return { durationMs: Math.max(lineMs, waitMs), calls: { needed, left, limit } };
}

/** Reads what is known of the shared credential of an integration; nothing is asked of the tracker. */
export async function readPace(
  { workspaceId }: Pick<Member, "workspaceId">,
  { integrationId, provider }: { integrationId: string; provider: string },
  now: Date,
): Promise<Pace> {
  const { rate } = trackerOf(provider);
  const connection = await prisma.connection.findFirst({
    where: { workspaceId, integrationId, userId: null },
    select: { budget: { include: { windows: { where: { bucket: rate.bucketOf("/") } } } } },
  });
  const budget = connection?.budget;
  const [window] = budget?.windows ?? [];
  const until = (moment: Date | null | undefined) => Math.max(0, (moment?.getTime() ?? 0) - now.getTime());
  const pauseMs = env().FAULTLINE_WRITE_PAUSE_MS ?? rate.serialWrites?.pauseMs ?? 0;
  return {
    writeMs: pauseMs + (budget?.writeMs || usualWriteMs),
    freeInMs: Math.max(until(budget?.blockedUntil), until(budget?.bulkLineEndsAt)),
    // After its reset a window is whole again, until the next call says otherwise.
    window:
      (window && {
        limit: window.limit,
        left: window.resetAt > now ? window.remaining : window.limit,
        resetInMs: until(window.resetAt),
      }) ||
      null,
  };
}
