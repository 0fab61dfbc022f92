import { transaction } from "@/lib/db/client";
import { announce } from "@/lib/events/announce";
import { productLabel } from "../find-target";
import { toWarnings } from "../views";

type Warning = { kind: string; message: string };

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
        fields: true,
        warnings: true,
        issue: { select: { external: { select: { labels: true } } } },
      },
    });
    const { workspaceId, projectId, labels, fields, issue } = creation;
    const told = toWarnings(creation.warnings);
    const present = issue?.external?.labels ?? labels;
    const found = [...droppedLabels(labels, present), ...unsetFields(fields)];
    const fresh = found.filter(({ kind }) => !told.some((warning) => warning.kind === kind));
    if (fresh.length > 0) {
      const data = { warnings: [...told, ...fresh] };
      await tx.issueCreation.update({ where: { id: creationId }, data, select: { id: true } });
      await announce(tx, { workspaceId, projectId, topic: "creation", id: creationId });
    }
    return { warnings: told.length + fresh.length };
  });
}

function droppedLabels(asked: readonly string[], present: readonly string[]): Warning[] {
  const there = new Set(present.map((label) => label.toLowerCase()));
  const dropped = asked.filter((label) => !there.has(label.toLowerCase()));
  if (dropped.length === 0) return [];
  const own = dropped.includes(productLabel) ? " Issues without it are still linked here." : "";
  const message = `The tracker left out ${dropped.join(", ")}: setting labels may need more rights.${own}`;
  return [{ kind: "labels_dropped", message }];
}

/** No integration maps fields yet; whoever sends some is told so instead of believing that they were set. */
function unsetFields(fields: unknown): Warning[] {
  const names = typeof fields === "object" && fields ? Object.keys(fields).sort() : [];
  if (names.length === 0) return [];
  return [{ kind: "fields_not_set", message: `Not set, because no field is mapped for it: ${names.join(", ")}.` }];
}
