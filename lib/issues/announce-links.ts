import type { Tx } from "@/lib/db/client";
import { announce } from "@/lib/events/announce";

type Place = { workspaceId: string; projectId: string };

/** Tells open pages that the links of an issue have changed, and with them the issues of these failure groups. */
export async function announceLinks(tx: Tx, place: Place, issueId: string, groupIds: Iterable<string>): Promise<void> {
  await announce(tx, { ...place, topic: "issue", id: issueId });
  for (const id of new Set(groupIds)) await announce(tx, { ...place, topic: "group", id });
}
