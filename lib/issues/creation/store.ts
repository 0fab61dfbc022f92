import { creationRequested } from "@/inngest/events";
import { send } from "@/inngest/outbox";
import { audit } from "@/lib/audit/record";
import type { Actor } from "@/lib/auth/member";
import { jobActor } from "@/lib/auth/person";
import { type Tx, transaction } from "@/lib/db/client";
import { AppError } from "@/lib/errors";
import type { RemoteIssue } from "@/lib/trackers/tracker";
import { announceLinks } from "../announce-links";
import { isUndecided } from "../creation-state";
import type { CreationView } from "../shapes";
import { storeIssue } from "../store-issue";
import { toWarnings } from "../views";
import type { Concluded } from "./conclude";
import { linkSources, lockWithGroups } from "./link-sources";
import { move, noError } from "./move";
import type { Creation } from "./read";

export const nothingToDecide = () =>
  new AppError("conflict", "There is nothing to decide: Faultline knows, or is still finding out by itself.");

/**
 * The issue is there: one transaction keeps its remote id, links it to each result with its case, run and group, ends
 * the creation and throws the draft away. Harmless when it was all done before. `by`: a person has said that it is there.
 */
export async function storeCreated(
  created: Pick<Creation, "id" | "requestedById">,
  remote: RemoteIssue,
  warnings: CreationView["warnings"] = [],
  by?: Actor,
): Promise<Concluded> {
  while (!(await transaction((tx) => store(tx, created, remote, warnings, by))));
  return { state: "created" };
}

/** False: others have joined at this very moment, and it has to be begun again. */
async function store(
  tx: Tx,
  { id, requestedById }: Pick<Creation, "id" | "requestedById">,
  remote: RemoteIssue,
  warnings: CreationView["warnings"],
  by?: Actor,
): Promise<boolean> {
  const locked = await lockWithGroups(tx, id);
  if (!locked) return false;
  const { creation, groups } = locked;
  if (creation.state === "created") return true;
  // Since it was asked, somebody else may have said that it is not there, and a call may be under way.
  if (by && !isUndecided(creation)) throw nothingToDecide();
  const { workspaceId, projectId, integrationId, labels } = creation;
  const present = new Set(remote.labels.map((label) => label.toLowerCase()));
  const ownLabels = labels.filter((label) => present.has(label.toLowerCase()));
  const owner = { workspaceId, integrationId, createdById: requestedById, ownLabels };
  const issueId = await storeIssue(tx, owner, remote);

  const touched = await linkSources(tx, creation, issueId, groups);
  await move(tx, creation, "accept", {
    ...noError,
    issueId,
    warnings: [...toWarnings(creation.warnings), ...warnings],
  });
  await dismissFailed(tx, creation);
  // No job works on it any more, and what comes after the issue is still to be done.
  if (by)
    await send(tx, creationRequested.create({ workspaceId, integrationId, creationId: id, turnId: creation.turnId }));
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
  await announceLinks(tx, { workspaceId, projectId }, issueId, touched);
  return true;
}

/** Earlier failures to create one for these results are nobody's concern any more. */
async function dismissFailed(tx: Tx, { id, workspaceId, projectId, integrationId, sources }: Creation): Promise<void> {
  const resultId = { in: sources.map((source) => source.resultId) };
  const groupId = { in: sources.flatMap((source) => source.groupId ?? []) };
  await tx.issueCreation.updateMany({
    where: {
      ...{ workspaceId, projectId, integrationId, state: "failed", dismissedAt: null },
      id: { not: id },
      sources: { some: { OR: [{ resultId }, { groupId }] } },
    },
    data: { dismissedAt: new Date() },
  });
}
