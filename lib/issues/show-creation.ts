import { setTimeout as sleep } from "node:timers/promises";
import type { Member } from "@/lib/auth/member";
import { prisma } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import { notFound } from "@/lib/errors";
import { withNames } from "./list-creations";
import type { CreationView, IssueView } from "./shapes";
import { creationSelect, issueSelect, toIssueView } from "./views";

export type CreationStatus = { creation: CreationView; issue?: IssueView };

/** Where a creation of the member's project stands; throws not_found. */
export async function showCreation(member: Member, creationId: string): Promise<CreationStatus> {
  const { workspaceId, projectId } = member;
  const row = isId(creationId)
    ? await prisma.issueCreation.findFirst({
        where: { id: creationId, workspaceId, projectId },
        select: { ...creationSelect, issue: { select: issueSelect } },
      })
    : null;
  const [creation] = row ? await withNames(member, [row]) : [];
  if (!row || !creation) throw notFound("creation");
  const issue = row.issue && toIssueView(row.issue);
  return issue ? { creation, issue } : { creation };
}

// Most are there within a second; for one that waits for hours a look each second is enough.
const firstPauseMs = 50;
const longestPauseMs = 1_000;

/** Waits until the creation is created or stops, at most so long; answers where it stands then. */
export async function awaitCreation(member: Member, creationId: string, waitMs: number): Promise<CreationStatus> {
  const until = Date.now() + waitMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
    const status = await showCreation(member, creationId);
    const { state, error, isUndecided } = status.creation;
    const isWorkedOn = state === "queued" || state === "sending" || (state === "unknown" && !isUndecided);
    const goesOn = isWorkedOn || error?.retryAt !== undefined;
    if (!goesOn || Date.now() >= until) return status;
    await sleep(Math.min(pauseMs, Math.max(until - Date.now(), 1)));
  }
}
