import type { CreationView, LinkedIssue } from "@/lib/issues/shapes";
import type { Subject } from "@/lib/issues/subject";

/** What issues are created and linked for: a result, or the whole failure group that it stands for. */
export type Place = { resultId: string; groupId?: string | undefined };

/** What its list is asked for. */
export const subjectOf = ({ resultId, groupId }: Place): Subject => (groupId ? { groupId } : { resultId });

/** What the page calls it. */
export const nounOf = ({ groupId }: Place): string => (groupId ? "problem" : "result");

/** Yours, stopped, and the form that it came from stands here. */
export const isEditableHere = ({ draft }: CreationView, { resultId, groupId }: Place): boolean =>
  draft !== undefined && (groupId ? draft.groupId === groupId : draft.groupId === null && draft.resultId === resultId);

/** What an issue is unlinked from, and how it is linked again. */
export type Unlinking = {
  from: { resultId: string } | { caseId: string } | { groupId: string };
  /** Null: there were several links, and no one link is all of them. */
  back: { resultId: string } | { caseId: string } | { groupId: string; resultId?: string } | null;
  isWhole?: boolean;
};

type Linked = Pick<LinkedIssue, "links" | "linkCount">;

/** How a listed issue is taken off: as the whole group's where it is for that, else as what it was linked to. */
export function unlinkingOf({ links, linkCount }: Linked, { resultId, groupId }: Place): Unlinking {
  const cover = links.find(({ coversGroup }) => coversGroup);
  if (cover?.groupId) {
    const from = { groupId: cover.groupId };
    return { from, back: { ...from, ...(cover.resultId && { resultId: cover.resultId }) }, isWhole: true };
  }
  if (!groupId) return { from: { resultId }, back: { resultId } };
  const [only] = links;
  const one = linkCount === 1 && only?.resultId ? { resultId: only.resultId } : null;
  return { from: one ?? { groupId }, back: one };
}

/** What a listed issue is for, where that is not simply what the page shows. */
export function scopeOf({ links, linkCount }: Linked, { isGroup = false } = {}): string | null {
  if (links.some(({ coversGroup }) => coversGroup)) return "for the whole problem";
  if (linkCount === 1) return isGroup ? "for 1 result of it" : null;
  return `for ${linkCount.toLocaleString("en")} results${isGroup ? " of it" : ""}`;
}

/** Whether asking again would only join: an issue is on its way for just this, and not for a part of it. */
export const isOnItsWay = (creations: readonly CreationView[], { groupId }: Place): boolean =>
  creations.some(({ state, groupIds }) => state !== "failed" && (!groupId || groupIds.length > 0));

/** What will be linked; the failures that come later belong to the group as well. */
export function linkedWords({ groupId }: Place, failures: number): string {
  const results = failures === 1 ? "1 result" : `${failures.toLocaleString("en")} results`;
  return `${results} will be linked${groupId ? ", and those of later runs" : ""}`;
}
