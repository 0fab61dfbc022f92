import { prisma, transaction } from "@/lib/db/client";
import { announce } from "@/lib/events/announce";
import { log } from "@/lib/log";
import { offersOf } from "@/lib/trackers/offers";
import { trackerOf } from "@/lib/trackers/registry";
import { productLabel } from "../find-target";
import { linkBackOf } from "../link-back";
import type { CreationView } from "../shapes";
import { toWarnings } from "../views";
import { placeOnBoard } from "./on-board";
import { type Job, openCreation } from "./open";
import { isWorthAgain } from "./patience";
import { getCreationById } from "./read";

type Warning = CreationView["warnings"][number];

const select = {
  workspaceId: true,
  projectId: true,
  labels: true,
  warnings: true,
  integration: { select: { provider: true } },
  issue: { select: { external: { select: { ref: true, labels: true } } } },
} as const;

/** What may fail without undoing the issue; said beside it. Repeated, it says nothing twice. */
export async function finishCreation(id: string, job: Job): Promise<{ warnings: number }> {
  const after = [...(await finishThere(id, job)), ...(await placeOnBoard(id, job))];
  return transaction(async (tx) => {
    const creation = await tx.issueCreation.findUniqueOrThrow({ where: { id }, select });
    const { workspaceId, projectId, labels, issue } = creation;
    const told = toWarnings(creation.warnings);
    // From what the tracker shows of the issue, because one that a look found brings no answer of a creating call.
    const present = issue?.external?.labels ?? labels;
    // The tracker's adapter may have said it of the answer, and knows better why.
    const isTold = told.some(({ kind }) => kind === "fields_dropped");
    const found = [...(isTold ? [] : droppedLabels(labels, present)), ...after];
    const fresh = found.filter(({ kind }) => !told.some((warning) => warning.kind === kind));
    const data = { warnings: [...told, ...fresh], finishedAt: new Date() };
    await tx.issueCreation.update({ where: { id }, data, select: { id: true } });
    if (fresh.length > 0) await announce(tx, { workspaceId, projectId, topic: "creation", id });
    return { warnings: told.length + fresh.length };
  });
}

/** What is done at the tracker, now that the issue is known by its id. */
async function finishThere(id: string, job: Job): Promise<Warning[]> {
  const { integration, issue } = await prisma.issueCreation.findUniqueOrThrow({ where: { id }, select });
  const provider = trackerOf(integration.provider);
  const linksBack = offersOf(provider).linkBack !== undefined;
  if (!issue?.external || !(provider.marker.remove || linksBack)) return [];
  const { ref } = issue.external;
  const creation = await getCreationById(id);
  const opening = openCreation(creation, job);
  const done = [
    await attempt(unmarked, async () => {
      const { tracker, project } = await opening;
      await provider.marker.remove?.(tracker, { project, ref }, creation.marker);
    }),
    await attempt(unlinked, async () => {
      const { tracker, project } = await opening;
      const link = linksBack && (await linkBackOf(creation));
      // The same id again changes the link that is there: repeated, it is one.
      if (link) await tracker.linkBack?.({ project, ref }, { id: creation.marker, ...link });
    }),
  ];
  const failed = done.filter((one) => one !== null);
  // Not before everything has been tried: one failure is in nothing else's way.
  for (const { error } of failed) if (isWorthAgain(error, job)) throw error;
  for (const { error } of failed)
    log.warn({ err: error, creationId: id }, "what comes after an issue could not be done");
  return failed.map(({ warning }) => warning);
}

const unmarked = { kind: "marker_left", message: "The mark that Faultline finds this issue by could not be removed." };
const unlinked = { kind: "link_back_missing", message: "The issue's link back to Faultline could not be set." };

/** Soft: what fails is said beside the issue. */
const attempt = (warning: Warning, work: () => Promise<unknown>) =>
  work().then(
    () => null,
    (error: unknown) => ({ warning, error }),
  );

function droppedLabels(asked: readonly string[], present: readonly string[]): Warning[] {
  const there = new Set(present.map((label) => label.toLowerCase()));
  const dropped = asked.filter((label) => !there.has(label.toLowerCase()));
  if (dropped.length === 0) return [];
  const own = dropped.includes(productLabel) ? " Issues without it are still linked here." : "";
  const message = `The tracker left out ${dropped.join(", ")}: setting labels may need more rights.${own}`;
  return [{ kind: "labels_dropped", message }];
}
