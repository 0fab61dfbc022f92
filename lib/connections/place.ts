import type { Place } from "@/lib/crypto/seal";

/** Where a connection's secret stands: it opens in this row, for this person and this workspace only. */
export const placeOf = (connection: { id: string; workspaceId: string; userId: string | null }): Place => ({
  table: "Connection",
  column: "sealedSecret",
  rowId: connection.id,
  workspaceId: connection.workspaceId,
  userId: connection.userId,
});
