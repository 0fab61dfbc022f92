import { transaction } from "@/lib/db/client";
import { announce } from "@/lib/events/announce";
import { productLabel } from "../find-target";
import { toWarnings } from "../views";

/**
 * What may fail without undoing the issue. A labels warning is worked out here as well, because an issue that a look
 * found brings no answer of the creating call with it.
 */
export async function finishCreation(creationId: string): Promise<{ warnings: number }> {
  return transaction(async (tx) => {
    const creation = await tx.issueCreation.findUniqueOrThrow({
      where: { id: creationId },
      select: {
        workspaceId: true,
        projectId: true,
        labels: true,
        warnings: true,
        issue: { select: { external: { select: { labels: true } } } },
      },
    });
    const { workspaceId, projectId, labels, issue } = creation;
    const warnings = toWarnings(creation.warnings);
    const isTold = warnings.some(({ kind }) => kind === "labels_dropped");
    const present = new Set(issue?.external?.labels.map((label) => label.toLowerCase()));
    const dropped = issue?.external ? labels.filter((label) => !present.has(label.toLowerCase())) : [];
    if (isTold || dropped.length === 0) return { warnings: warnings.length };

    const own = dropped.includes(productLabel) ? " Issues without it are still linked here." : "";
    const message = `The tracker left out ${dropped.join(", ")}: setting labels may need more rights.${own}`;
    const data = { warnings: [...warnings, { kind: "labels_dropped", message }] };
    await tx.issueCreation.update({ where: { id: creationId }, data, select: { id: true } });
    await announce(tx, { workspaceId, projectId, topic: "creation", id: creationId });
    return { warnings: warnings.length + 1 };
  });
}
