import { prisma } from "@/lib/db/client";
import { OutboundError } from "@/lib/http/outcome";
import { isSameWay, type Way, wayOf, waySelect } from "./way";

type Owner = { workspaceId: string; integrationId: string };
type Place = { baseUrl: string; authType: string; way: Way };

/**
 * Refuses a call to a place that the integration has left since it was opened. A token is opened for each call, so that it
 * may be one that was entered for another address, or be repeated with it after a 401; and it goes to the address that it
 * was entered for and to no other. Asked once the token is known: whatever comes later comes after the token too.
 */
export async function refuseLeft({ workspaceId, integrationId }: Owner, place: Place): Promise<void> {
  const now = await prisma.integration.findFirst({
    where: { id: integrationId, workspaceId },
    select: { baseUrl: true, authType: true, ...waySelect },
  });
  const isThere =
    now?.baseUrl === place.baseUrl &&
    now.authType === place.authType &&
    isSameWay(wayOf(now, { workspaceId, integrationId }), place.way);
  if (isThere) return;
  const message = "The integration has just been changed: nothing was sent.";
  throw new OutboundError("unavailable", message, { outcome: "refused" });
}
