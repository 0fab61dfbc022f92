import type { GroupRow, GroupsPage, Standing } from "@/lib/triage/shapes";

/** What is to become of some groups. */
export type Judgement = Partial<Pick<Standing, "severity" | "assessment">> & { until?: string; reason?: string };

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
    const { assessedUntil: until } = group;
    const was: Judgement = {
      ...(severity && { severity: group.severity }),
      ...(assessment && { assessment: group.assessment, ...(until && { until }) }),
    };
    const key = JSON.stringify(was);
    const body = bodies.get(key);
    if (body) body.groupIds.push(group.id);
    else bodies.set(key, { groupIds: [group.id], ...was });
  }
  return [...bodies.values()];
}

/** Which of several stays when they are merged, unless somebody says otherwise: who has an issue, then the oldest. */
export const stayingOf = (groups: readonly GroupRow[]): GroupRow | undefined =>
  [...groups].sort(
    (a, b) => Number(b.issueCount > 0) - Number(a.issueCount > 0) || a.firstSeenAt.localeCompare(b.firstSeenAt),
  )[0];
