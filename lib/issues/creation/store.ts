import { audit } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/member";
import { jobActor } from "@/lib/auth/person";
import { type Tx, transaction } from "@/lib/db/client";
import { newId } from "@/lib/db/ids";
import { lockRow } from "@/lib/db/lock";
import { AppError } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import type { RemoteIssue } from "@/lib/trackers/tracker";
import { isUndecided } from "../creation-state";
import type { CreationView } from "../shapes";
import { storeIssue } from "../store-issue";
import { toWarnings } from "../views";
import type { Concluded } from "./conclude";
import { move, noError } from "./move";
import { type Creation, getCreationById } from "./read";

export const nothingToDecide = () =>
  new AppError("conflict", "There is nothing to decide: Faultline knows, or is still finding out by itself.");

/**
 * The issue is there: one transaction keeps its remote id, links it to each result with its case and run, ends the
 * creation and throws the draft away. Harmless when it was all done before. `by`: a person has said that it is there.
 */
export async function storeCreated(
  { id, requestedById }: Pick<Creation, "id" | "requestedById">,
  remote: RemoteIssue,
  warnings: CreationView["warnings"] = [],
  by?: Actor,
): Promise<Concluded> {
  await transaction(async (tx) => {
    await lockRow(tx, "IssueCreation", id);
    // Read again under the lock: others may have joined with more results.
    const creation = await getCreationById(id, tx);
    if (creation.state === "created") return;
    // Since it was asked, somebody else may have said that it is not there, and a call may be under way.
    if (by && !isUndecided(creation)) throw nothingToDecide();
    const { workspaceId, projectId, integrationId, labels } = creation;
    const present = new Set(remote.labels.map((label) => label.toLowerCase()));
    const ownLabels = labels.filter((label) => present.has(label.toLowerCase()));
    const owner = { workspaceId, integrationId, createdById: requestedById, ownLabels };
    const issueId = await storeIssue(tx, owner, remote);

    await linkResults(tx, creation, issueId);
    await move(tx, creation, "accept", {
      ...noError,
      issueId,
      warnings: [...toWarnings(creation.warnings), ...warnings],
    });
    await dismissFailed(tx, creation);
    if (creation.draftId) await tx.draft.deleteMany({ where: { id: creation.draftId, workspaceId } });
    await audit(
      tx,
      by ?? (await jobActor(tx, { workspaceId, userId: requestedById })),
      by ? "creation.decided" : "issue.created",
      {
        subjectType: "issue",
        subjectId: issueId,
        projectId,
        after: { key: remote.key, url: remote.url, creationId: id },
      },
    );
    await announce(tx, { workspaceId, projectId, topic: "issue", id: issueId });
  });
  return { state: "created" };
}

async function linkResults(tx: Tx, creation: Creation, issueId: string): Promise<void> {
  const { workspaceId, projectId, requestedById: createdById } = creation;
  const results = await tx.testResult.findMany({
    where: { workspaceId, projectId, id: { in: creation.sources.map(({ resultId }) => resultId) } },
    select: { id: true, caseId: true, runId: true },
  });
  await tx.issueLink.createMany({
    data: results.map(({ id: resultId, caseId, runId }) => ({
      id: newId(),
      workspaceId,
      projectId,
      issueId,
      caseId,
      runId,
      resultId,
      createdById,
    })),
    skipDuplicates: true,
  });
}

/** Earlier failures to create one for these results are nobody's concern any more. */
async function dismissFailed(tx: Tx, { id, workspaceId, projectId, integrationId, sources }: Creation): Promise<void> {
  const resultId = { in: sources.map((source) => source.resultId) };
  await tx.issueCreation.updateMany({
    where: {
      ...{ workspaceId, projectId, integrationId, state: "failed", dismissedAt: null },
      id: { not: id },
      sources: { some: { resultId } },
    },
    data: { dismissedAt: new Date() },
  });
}
