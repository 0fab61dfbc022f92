import { prisma, transaction } from "@/lib/db/client";
import { announce } from "@/lib/events/announce";
import { log } from "@/lib/log";
import { trackerOf } from "@/lib/trackers/registry";
import { productLabel } from "../find-target";
import type { CreationView } from "../shapes";
import { toWarnings } from "../views";
import { type Job, openCreation } from "./open";
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
  const unmarked = await removeMarker(id, job);
  return transaction(async (tx) => {
    const creation = await tx.issueCreation.findUniqueOrThrow({ where: { id }, select });
    const { workspaceId, projectId, labels, issue } = creation;
    const told = toWarnings(creation.warnings);
    // From what the tracker shows of the issue, because one that a look found brings no answer of a creating call.
    const present = issue?.external?.labels ?? labels;
    const found = [...droppedLabels(labels, present), ...unmarked];
    const fresh = found.filter(({ kind }) => !told.some((warning) => warning.kind === kind));
    const data = { warnings: [...told, ...fresh], finishedAt: new Date() };
    await tx.issueCreation.update({ where: { id }, data, select: { id: true } });
    if (fresh.length > 0) await announce(tx, { workspaceId, projectId, topic: "creation", id });
    return { warnings: told.length + fresh.length };
  });
}

/** Takes away a marker that people would see, now that the issue is known by its id. */
async function removeMarker(id: string, job: Job): Promise<Warning[]> {
  const { integration, issue } = await prisma.issueCreation.findUniqueOrThrow({ where: { id }, select });
  const { marker } = trackerOf(integration.provider);
  if (!marker.remove || !issue?.external) return [];
  try {
    const creation = await getCreationById(id);
    const { tracker, project } = await openCreation(creation, job);
    await marker.remove(tracker, { project, ref: issue.external.ref }, creation.marker);
    return [];
  } catch (error) {
    log.warn({ err: error, creationId: id }, "a marker stays on its issue");
    return [{ kind: "marker_left", message: "The mark that Faultline finds this issue by could not be removed." }];
  }
}

function droppedLabels(asked: readonly string[], present: readonly string[]): Warning[] {
  const there = new Set(present.map((label) => label.toLowerCase()));
  const dropped = asked.filter((label) => !there.has(label.toLowerCase()));
  if (dropped.length === 0) return [];
  const own = dropped.includes(productLabel) ? " Issues without it are still linked here." : "";
  const message = `The tracker left out ${dropped.join(", ")}: setting labels may need more rights.${own}`;
  return [{ kind: "labels_dropped", message }];
}
