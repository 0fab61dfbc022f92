import type pg from "pg";
import type { z } from "zod";
import { audit } from "@/lib/audit/record";
import type { Member } from "@/lib/auth/member";
import { isId } from "@/lib/db/ids";
import { plainTx } from "@/lib/db/plain-tx";
import { rawTransaction } from "@/lib/db/raw-transaction";
import { notFound } from "@/lib/errors";
import { announce } from "@/lib/events/announce";
import { secretMask } from "@/lib/projects/secret-mask";
import { checkNotMerged, type Held, holdGroupRows } from "./change-groups";
import { type HistoryRow, recordHistory } from "./history";
import type { assessGroupsInput, assessInput } from "./inputs";
import { type Told, toldOfCase, toldOfGroups } from "./severity";

export type Judgement = z.output<typeof assessInput>;
type Stored = Pick<Held, "id" | "severity" | "severitySource" | "assessment" | "assessedUntil">;

/** Sets how bad failure groups are and what is thought of them, all of them or none. */
export async function assessGroups(
  member: Member,
  { groupIds, ...judgement }: z.output<typeof assessGroupsInput>,
): Promise<{ changed: number }> {
  const mask = await secretMask(member);
  return rawTransaction(async (client) => {
    const held = await holdGroupRows(client, member, groupIds);
    checkNotMerged(held.values());
    const ids = [...held.keys()];
    const told = judgement.severity === null ? await toldOfGroups(client, member, ids) : null;
    const changes = [...held.values()].flatMap((row) => judge(row, judgement, () => told?.(row.id)));
    await store(client, member, "FailureGroup", changes);
    await tell(client, member, "group", changes, masked(judgement, mask));
    return { changed: changes.length };
  });
}

/** The same of one test case. */
export async function assessCase(member: Member, caseId: string, judgement: Judgement): Promise<{ changed: number }> {
  const mask = await secretMask(member);
  return rawTransaction(async (client) => {
    const { workspaceId, projectId } = member;
    if (!isId(caseId)) throw notFound("test case");
    const { rows } = await client.query<Stored>(
      `select id, severity, "severitySource", assessment, "assessedUntil" from "TestCase"
       where id = $1 and "projectId" = $2 and "workspaceId" = $3 for no key update`,
      [caseId, projectId, workspaceId],
    );
    if (!rows[0]) throw notFound("test case");
    const told = judgement.severity === null ? await toldOfCase(client, member, caseId) : undefined;
    const changes = judge(rows[0], judgement, () => told);
    await store(client, member, "TestCase", changes);
    await tell(client, member, "case", changes, masked(judgement, mask));
    return { changed: changes.length };
  });
}

type Change = { row: Stored; after: Stored; history: Omit<HistoryRow, "by" | "groupId" | "caseId">[] };

/** What becomes of one, and what its history says; nothing where it is so already. */
function judge(
  row: Stored,
  { severity, assessment, until, reason }: Judgement,
  told: () => Told | undefined,
): Change[] {
  const after = { ...row };
  const history: Change["history"] = [];
  const automatic = severity === null && row.severitySource === "hand" ? told() : undefined;
  const set = severity ? { severity, source: "hand" as const, detail: null } : automatic;
  if (set && (set.severity !== row.severity || set.source !== row.severitySource)) {
    Object.assign(after, { severity: set.severity, severitySource: set.source });
    history.push({
      ...{ field: "severity", before: row.severity, after: set.severity, source: set.source, detail: set.detail },
      ...(reason && { reason }),
    });
  }
  const isSame = assessment === row.assessment && until?.getTime() === row.assessedUntil?.getTime();
  if (assessment && !(isSame && !reason)) {
    Object.assign(after, { assessment, assessedUntil: until ?? null });
    history.push({
      field: "assessment",
      before: row.assessment,
      after: assessment,
      reason: reason ?? null,
      until: until ?? null,
    });
  }
  return history.length > 0 ? [{ row, after, history }] : [];
}

async function store(
  client: pg.PoolClient,
  member: Member,
  table: "FailureGroup" | "TestCase",
  changes: readonly Change[],
): Promise<void> {
  await client.query(
    `update "${table}" t set severity = c.severity, "severitySource" = c."severitySource", assessment = c.assessment,
       "assessedUntil" = c."assessedUntil", "updatedAt" = now()
     from jsonb_to_recordset($1::jsonb) c(id uuid, severity "Severity", "severitySource" "SeveritySource",
       assessment "AssessmentState", "assessedUntil" timestamptz) where t.id = c.id`,
    [JSON.stringify(changes.map(({ after }) => after))],
  );
  const rows = changes.flatMap(({ row: { id }, history }) =>
    history.map((said) => ({ ...said, ...(table === "TestCase" ? { caseId: id } : { groupId: id }), by: member })),
  );
  await recordHistory(client, member, rows);
}

/** A judgement as the audit log tells it. */
const masked = (judgement: Judgement, mask: (text: string) => string): Judgement => ({
  ...judgement,
  ...(judgement.reason && { reason: mask(judgement.reason) }),
});

async function tell(
  client: pg.PoolClient,
  member: Member,
  noun: "group" | "case",
  changes: readonly Change[],
  { severity, assessment, until, reason }: Judgement,
): Promise<void> {
  const [first] = changes;
  if (!first) return;
  const { workspaceId, projectId } = member;
  const tx = plainTx(client);
  const ids = changes.map(({ row }) => row.id);
  await audit(tx, member, `${noun}.assessed`, {
    ...{ subjectType: noun, subjectId: first.row.id, projectId },
    after: {
      ...(severity !== undefined && { severity }),
      ...(assessment && { assessment }),
      ...(until && { until: until.toISOString() }),
      ...(reason && { reason }),
      ...(ids.length > 1 && { all: ids }),
    },
  });
  for (const id of ids) await announce(tx, { workspaceId, projectId, topic: noun, id });
}
