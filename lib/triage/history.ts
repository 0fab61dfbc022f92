import type { SeveritySource } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/ids";
import type { Queries } from "@/lib/db/queries-of";
import type { Place } from "./place";

export type HistoryRow = {
  field: "severity" | "assessment";
  before: string;
  after: string;
  source?: SeveritySource;
  detail?: string | null;
  reason?: string | null;
  until?: Date | null;
  /** A person; else the name of what has changed it. */
  by: { userId: string; name: string } | string;
} & ({ groupId: string } | { caseId: string });

/** Writes down changes of severities and assessments. */
export async function recordHistory(
  client: Queries,
  { workspaceId, projectId }: Place,
  rows: readonly HistoryRow[],
): Promise<void> {
  if (rows.length === 0) return;
  const told = rows.map(({ by, ...row }) => ({
    ...row,
    id: newId(),
    actorId: typeof by === "string" ? null : by.userId,
    actorName: typeof by === "string" ? by : by.name,
  }));
  await client.query(
    `insert into "Assessment" (id, "workspaceId", "projectId", "groupId", "caseId", field, before, after, source, detail,
       reason, until, "actorId", "actorName", "createdAt")
     select h.id, $1::uuid, $2::uuid, h."groupId", h."caseId", h.field, h.before, h.after, h.source, h.detail, h.reason, h.until,
       h."actorId", h."actorName", clock_timestamp()
     from jsonb_to_recordset($3::text::jsonb) h(id uuid, "groupId" uuid, "caseId" uuid, field text, before text, after text,
       source "SeveritySource", detail text, reason text, until timestamptz, "actorId" uuid, "actorName" text)`,
    [workspaceId, projectId, JSON.stringify(told)],
  );
}
