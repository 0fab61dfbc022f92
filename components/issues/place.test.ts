import { expect, it } from "vitest";
import type { CreationView, IssueLinkView } from "@/lib/issues/shapes";
import { isEditableHere, isOnItsWay, linkedWords, scopeOf, unlinkingOf } from "./place";

const id = (n: number) => `0199a000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const [group, result, other] = [id(1), id(2), id(3)];
const link = (change: Partial<IssueLinkView> = {}): IssueLinkView => ({
  ...{ id: id(9), projectId: id(8), caseId: id(7), runId: id(6), resultId: result, groupId: group, coversGroup: false },
  ...change,
});
const issue = (...links: IssueLinkView[]) => ({ links, linkCount: links.length });
const whole = link({ coversGroup: true, resultId: other });

it("[H2] what is for the whole group is taken off all of it, wherever it is shown, and put back the same", () => {
  for (const place of [{ resultId: result }, { resultId: result, groupId: group }])
    expect(unlinkingOf(issue(whole, link()), place)).toEqual({
      from: { groupId: group },
      back: { groupId: group, resultId: other },
      isWhole: true,
    });
});

it("[H2] what is for one result is taken off that one; what is for several, off all, with no way back to offer", () => {
  expect(unlinkingOf(issue(link()), { resultId: result })).toMatchObject({ from: { resultId: result } });
  const at = { resultId: other, groupId: group };
  expect(unlinkingOf(issue(link()), at)).toEqual({ from: { resultId: result }, back: { resultId: result } });
  expect(unlinkingOf(issue(link(), link()), at)).toEqual({ from: { groupId: group }, back: null });
  // Of 5,000 links the list brings a few.
  expect(unlinkingOf({ links: [link()], linkCount: 5_000 }, at)).toEqual({ from: { groupId: group }, back: null });
});

it("[H2] an issue says what it is for where that is not what the page shows", () => {
  expect(scopeOf(issue(whole))).toBe("for the whole problem");
  expect(scopeOf(issue(link()))).toBeNull();
  expect(scopeOf(issue(link()), { isGroup: true })).toBe("for 1 result of it");
  expect(scopeOf({ links: [link()], linkCount: 5_000 }, { isGroup: true })).toBe("for 5,000 results of it");
  expect(linkedWords({ resultId: result, groupId: group }, 498)).toMatch(/^498 results will be linked/);
  expect(linkedWords({ resultId: result }, 1)).toBe("1 result will be linked");
});

it("[G3] an issue of one of its results does not keep a problem from having one; one for all of it does", () => {
  const creation = (change: Partial<CreationView>) => ({ state: "queued", groupIds: [], ...change }) as CreationView; // what is asked for
  const at = { resultId: result, groupId: group };
  expect(isOnItsWay([creation({})], at)).toBe(false);
  expect(isOnItsWay([creation({})], { resultId: result })).toBe(true);
  expect(isOnItsWay([creation({ groupIds: [group] })], at)).toBe(true);
  expect(isOnItsWay([creation({ groupIds: [group], state: "failed" })], at)).toBe(false);
  const draft = { resultId: result, groupId: group };
  expect(isEditableHere(creation({ draft }), { resultId: other, groupId: group })).toBe(true);
  expect(isEditableHere(creation({ draft }), { resultId: result })).toBe(false);
});
