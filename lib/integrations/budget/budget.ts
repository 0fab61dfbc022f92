import { setTimeout as sleep } from "node:timers/promises";
import { prisma } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { env } from "@/lib/env";
import { announce } from "@/lib/events/announce";
import { OutboundError } from "@/lib/http/outcome";
import type { Budget } from "@/lib/http/transport";
import type { Tracker } from "@/lib/trackers/tracker";
import { readAnswer } from "./read-answer";
import { settle } from "./settle";
import { type Obstacle, take } from "./take";

type Owner = { workspaceId: string; integrationId: string | null; connectionId: string };

export type Priority = "interactive" | "bulk";

/** A job that comes back for a call that it was not allowed to make stands in the line already. */
export type BudgetUse = { priority?: Priority | undefined; attempt?: number | undefined };

// Waited for where one stands; a job that has to wait longer gives its place in the executor away meanwhile.
const patienceMs = 2_000;
// A process that was suspended for longer than this after it got leave has lost it: others may have gone since.
const staleMs = 5_000;
// Reads that were held back come back spread over so much time, not all at the reset. Writes have their line.
const spreadMs = 1_000;

/** The budget of a stored credential, shared by all processes: see the model RateBudget. */
export function budgetOf(owner: Owner, { label, rate }: Pick<Tracker, "label" | "rate">, use: BudgetUse = {}): Budget {
  const { connectionId } = owner;
  const isBulk = use.priority === "bulk";

  return {
    async acquire({ path, isWrite, deadlineMs }) {
      const bucket = rate.bucketOf(path);
      const askedAt = performance.now();
      const waitedMs = () => performance.now() - askedAt;
      const pauseMs = env().FAULTLINE_WRITE_PAUSE_MS ?? rate.serialWrites?.pauseMs ?? 0;
      const write = isWrite && rate.serialWrites ? { id: newId(), pauseMs } : null;
      let isInLine = (use.attempt ?? 1) > 1;

      for (;;) {
        const holdMs = deadlineMs - waitedMs();
        const leftMs = Math.min(patienceMs, deadlineMs / 2) - waitedMs();
        const lookedAt = performance.now();
        const wish = {
          bucket,
          isBulk,
          isInLine,
          patienceMs: Math.max(0, leftMs),
          write: write && { ...write, holdMs },
        };
        const { obstacle, waitMs } = await take(connectionId, wish);
        if (!obstacle) {
          const permit = permitFor(bucket, write);
          if (performance.now() - lookedAt <= staleMs) return permit;
          await permit.settle("not_sent");
          throw new OutboundError("unavailable", "The server was too slow.", { outcome: "refused" });
        }
        if (waitMs > leftMs) throw heldBack(label, obstacle, waitMs + (write ? 0 : Math.random() * spreadMs));
        await sleep(waitMs);
        isInLine = true;
      }
    },
  };

  function permitFor(bucket: string, write: { id: string; pauseMs: number } | null) {
    const leftAt = performance.now();
    return {
      async settle(end: Parameters<Awaited<ReturnType<Budget["acquire"]>>["settle"]>[0]) {
        const finding = typeof end === "object" ? readAnswer(end, rate, { bucket }) : null;
        const durationMs = performance.now() - leftAt;
        await settle(connectionId, { bucket, write, durationMs, finding, isSent: end !== "not_sent" });
        if (finding?.isLimited || finding?.block) await tellPages(owner);
      },
    };
  }
}

/** Pages that show the budget learn at once that it is used up; its slower changes they look up by themselves. */
async function tellPages({ workspaceId, integrationId }: Owner): Promise<void> {
  if (integrationId) await announce(prisma, { workspaceId, projectId: null, topic: "integration", id: integrationId });
}

const reasons: Record<Obstacle, (label: string) => string> = {
  blocked: (label) => `${label} asks us to wait.`,
  spent: (label) => `The rate limit of ${label} is used up until it is reset.`,
  reserved: (label) => `The rest of ${label}'s rate limit is kept for people; bulk work goes on when it is reset.`,
  turn: (label) => `${label} takes one change after the other, and others stand in line.`,
};

const heldBack = (label: string, obstacle: Obstacle, waitMs: number) =>
  new OutboundError("tracker_rate_limited", reasons[obstacle](label), {
    outcome: "refused",
    retryAt: new Date(Date.now() + waitMs),
  });
