import { prisma } from "@/lib/db/client";
import { isId } from "@/lib/db/ids";
import type { Reachable } from "@/lib/richtext/target";
import { type Viewer, visibleTo } from "./owner";
import { pageUrl } from "./view";

/**
 * How the files that a text shows can be seen from a tracker that cannot hold them: by a link to Faultline's page for
 * members. No public address, and no embedding, which the tracker's servers could not fetch. `viewer`: whose text it is.
 */
export async function reachable(viewer: Viewer, ids: readonly string[]): Promise<(id: string) => Reachable | null> {
  const known = ids.filter(isId);
  const rows = known.length
    ? await prisma.attachment.findMany({
        where: { id: { in: known }, ...visibleTo(viewer) },
        select: { id: true },
      })
    : [];
  const there = new Set(rows.map(({ id }) => id));
  return (id) => (there.has(id) ? { url: pageUrl(viewer.projectId, id), embeds: false } : null);
}
