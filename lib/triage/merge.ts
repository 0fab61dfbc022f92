import type pg from "pg";
import { z } from "zod";
import type { Member } from "@/lib/auth/member";
import { Severity, SeveritySource } from "@/lib/db/generated/enums";
import { AppError } from "@/lib/errors";
import {
  changeGroups,
  checkNotMerged,
  type Held,
  heldOf,
  holdGroupRows,
  markSeenAnew,
  recordChange,
  tell,
} from "./change-groups";
import { recordHistory } from "./history";
import { movedSchema, moveFingerprints, moveLinks } from "./moves";
import type { Changed } from "./shapes";

/** What it takes to undo a merge. */
export const mergeUndo = z.object({
  into: z.string(),
  others: z.array(z.string()),
  /** Of the group that stayed, before: what is there beside these and those that were moved has come since. */
  kept: z.array(z.string()),
  moved: z.array(movedSchema),
  /** Ids of the issue links, by the group that they were of. */
  links: z.record(z.string(), z.array(z.string())),
  /** The severity that the merge has changed, if it has. */
  severity: z
    .object({
      before: z.object({ severity: z.enum(Severity), severitySource: z.enum(SeveritySource) }),
      after: z.object({ severity: z.enum(Severity), severitySource: z.enum(SeveritySource) }),
    })
    .nullable(),
});
export type MergeUndo = z.infer<typeof mergeUndo>;

/**
 * Makes failure groups one: what belongs to the others belongs to `into` from now on, in runs to come too. What people
 * have said of `into` holds; what they have said of the others is kept for the way back.
 */
export async function mergeGroups(
  member: Member,
  { into, groupIds }: { into: string; groupIds: readonly string[] },
): Promise<Changed> {
  const others = [...new Set(groupIds)].filter((id) => id !== into);
  if (others.length === 0)
    throw new AppError("invalid_input", "Name the group that stays, and at least one other to merge into it.", {
      fields: { groupIds: "names no other group" },
    });
  return changeGroups(member, async (client) => {
    const held = await holdGroupRows(client, member, [into, ...others]);
    checkNotMerged(held.values());
    const { rows } = await client.query<{ hash: string }>(`select hash from "Fingerprint" where "groupId" = $1`, [
      into,
    ]);
    const undo: MergeUndo = {
      ...{ into, others },
      kept: rows.map(({ hash }) => hash),
      moved: await moveFingerprints(client, others, into),
      links: await moveLinks(client, others, into),
      severity: await raise(client, member, heldOf(held, into), [...held.values()]),
    };
    await client.query(
      `update "FailureGroup" set "mergedIntoId" = $2, "updatedAt" = now() where id = any($1::uuid[])`,
      [others, into],
    );
    await markSeenAnew(client, [into]);
    const touched = [into, ...others];
    const changeId = await recordChange(client, member, { kind: "merge", groupIds: touched, undo });
    const after = { merged: others.length, change: changeId };
    await tell(client, member, { action: "group.merged", groupId: into, groupIds: touched, after });
    return { changeId, groupId: into, created: [], toldApart: 0, left: 0 };
  });
}

const order = Object.values(Severity);
const isTold = ({ severitySource }: Held) => severitySource !== "default" && severitySource !== "hand";

/** The highest severity that the cases of all of them and rules tell, unless a person or a rule has set one. */
async function raise(client: pg.PoolClient, member: Member, into: Held, all: Held[]): Promise<MergeUndo["severity"]> {
  const { severity, severitySource } = into;
  const [highest] = all.filter(isTold).sort((a, b) => order.indexOf(b.severity) - order.indexOf(a.severity));
  if (!highest || severitySource === "hand" || severitySource === "rule") return null;
  if (severitySource !== "default" && order.indexOf(highest.severity) <= order.indexOf(severity)) return null;
  const change = {
    before: { severity, severitySource },
    after: { severity: highest.severity, severitySource: highest.severitySource },
  };
  await setSeverity(client, member, into.id, change, `merged with “${highest.title}”`);
  return change;
}

type SeverityChange = NonNullable<MergeUndo["severity"]>;

/** Sets the severity of a group and writes down why. */
export async function setSeverity(
  client: pg.PoolClient,
  member: Member,
  groupId: string,
  { before, after }: SeverityChange,
  detail: string,
): Promise<void> {
  await client.query(`update "FailureGroup" set severity = $2, "severitySource" = $3 where id = $1`, [
    ...[groupId, after.severity, after.severitySource],
  ]);
  await recordHistory(client, member, [
    {
      ...{ groupId, field: "severity", before: before.severity, after: after.severity },
      ...{ source: after.severitySource, detail: detail.slice(0, 200), by: member },
    },
  ]);
}
