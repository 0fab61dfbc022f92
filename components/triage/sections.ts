import type { GroupRow } from "@/lib/triage/shapes";

export type Section = "problem" | "flaky" | "away";

/** Assessed away counts before flaky: whoever muted a group wants it out of sight, whatever it does. */
export const sectionOf = ({ assessment, failures }: Pick<GroupRow, "assessment" | "failures">): Section => {
  if (assessment !== "active") return "away";
  return failures === 0 ? "flaky" : "problem";
};

/** What stands in a line of the list. */
export type Line =
  | { kind: "group"; id: string; group: GroupRow }
  | { kind: "heading"; id: Exclude<Section, "problem">; count: number; isMore: boolean }
  | { kind: "more"; id: "more" };

type Shown = { isAwayOpen: boolean; hasMore: boolean };

/**
 * The lines of the list: problems, then what is flaky, then, folded, what people have assessed away. The server's pages
 * come in this order; a row that has just been muted moves at once.
 */
export function linesOf(groups: readonly GroupRow[], { isAwayOpen, hasMore }: Shown): Line[] {
  const parts: Record<Section, GroupRow[]> = { problem: [], flaky: [], away: [] };
  for (const group of groups) parts[sectionOf(group)].push(group);
  const rows = (section: Section): Line[] => parts[section].map((group) => ({ kind: "group", id: group.id, group }));
  const heading = (id: "flaky" | "away"): Line[] => {
    const count = parts[id].length;
    return count > 0
      ? [{ kind: "heading", id, count, isMore: hasMore && (id === "away" || parts.away.length === 0) }]
      : [];
  };
  return [
    ...rows("problem"),
    ...heading("flaky"),
    ...rows("flaky"),
    ...heading("away"),
    ...(isAwayOpen ? rows("away") : []),
    // Further pages hold only what is folded away, once the first of those is there.
    ...(hasMore && (isAwayOpen || parts.away.length === 0) ? [{ kind: "more", id: "more" } as const] : []),
  ];
}

/** The groups that the keys walk over, in the order in which they are shown. */
export const groupsOf = (lines: readonly Line[]): GroupRow[] =>
  lines.flatMap((line) => (line.kind === "group" ? [line.group] : []));
