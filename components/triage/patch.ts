import type { Severity } from "@/lib/db/generated/enums";
import type { GroupRow, GroupsPage, Standing } from "@/lib/triage/shapes";

/** What is to become of some groups; severity null: no longer what somebody said, but what reports tell. */
export type Judgement = {
  severity?: Severity | null;
  assessment?: Standing["assessment"];
  until?: string;
  reason?: string;
};

/** Pages as they are kept. */
export type Paged = { pages: GroupsPage[]; pageParams: string[] };

/** The pages with some of their rows changed, or gone where the change answers null. */
export const patched = (data: Paged, change: (group: GroupRow) => GroupRow | null): Paged => ({
  ...data,
  pages: data.pages.map((page) => ({ ...page, groups: page.groups.flatMap((group) => change(group) ?? []) })),
});

/** The rows as they are when some are merged into one: that one has their failures, and they are gone. */
export function merged(data: Paged, into: string, ids: readonly string[]): Paged {
  const gone = data.pages.flatMap(({ groups }) => groups).filter(({ id }) => id !== into && ids.includes(id));
  const sum = (count: "failures" | "flaky") => gone.reduce((total, group) => total + group[count], 0);
  return patched(data, (group) => {
    if (gone.includes(group)) return null;
    if (group.id !== into) return group;
    const environments = [...new Set([group, ...gone].flatMap((one) => one.environments))].sort();
    const spark = group.spark.map((value, index) =>
      gone.reduce((total, one) => total + (one.spark[index] ?? 0), value),
    );
    return {
      ...group,
      failures: group.failures + sum("failures"),
      flaky: group.flaky + sum("flaky"),
      environments,
      spark,
    };
  });
}

/** What takes a judgement back: a request for each standing that the groups had before it. */
export function restoring(groups: readonly GroupRow[], { severity, assessment }: Judgement) {
  const bodies = new Map<string, Judgement & { groupIds: string[] }>();
  for (const group of groups) {
    const was: Judgement = {
      ...(severity !== undefined && { severity: group.severitySource === "hand" ? group.severity : null }),
      ...(assessment && assessmentOf(group)),
    };
    const key = JSON.stringify(was);
    const body = bodies.get(key);
    if (body) body.groupIds.push(group.id);
    else bodies.set(key, { groupIds: [group.id], ...was });
  }
  return [...bodies.values()];
}

/** What was accepted or called a false positive had a reason, which stands in the history; that it is back has this one. */
function assessmentOf({ assessment, assessedUntil: until }: GroupRow): Judgement {
  const hasReason = assessment === "risk_accepted" || assessment === "false_positive";
  return { assessment, ...(until && { until }), ...(hasReason && { reason: "A change was undone." }) };
}

/** Which of several stays when they are merged, unless somebody says otherwise: who has an issue, then the oldest. */
export const stayingOf = (groups: readonly GroupRow[]): GroupRow | undefined =>
  [...groups].sort(
    (a, b) => Number(b.issueCount > 0) - Number(a.issueCount > 0) || a.firstSeenAt.localeCompare(b.firstSeenAt),
  )[0];
