import type { Member } from "@/lib/auth/member";
import { AppError } from "@/lib/errors";
import { askTracker, eyesOf } from "@/lib/integrations/metadata";
import { countAttempt } from "@/lib/limits";
import type { FieldOption, Page } from "@/lib/trackers/tracker";
import { getActiveAssignment, targetOf } from "../find-target";

/** Where a form stands; only places that are assigned to the project. */
export type FormAt = { integrationId: string; externalProject?: string | undefined; typeId?: string | undefined };
type Search = { q: string; cursor?: string | undefined };

const mostPerMinute = 240;

/** Typing asks a tracker that others use too. */
const countSearch = ({ tokenId, userId }: Member) => countAttempt(`options:${tokenId ?? userId}`, mostPerMinute, 60);

/** The choices of a field, by what is typed. */
export async function searchOptions(
  member: Member,
  at: FormAt & { field: string },
  { q, cursor }: Search,
): Promise<Page<FieldOption>> {
  await countSearch(member);
  const { eyes, project } = await placeOf(member, at);
  const typeId = at.typeId ?? null;
  const form = await askTracker(eyes, "form", { project, typeId });
  const field = form.answer?.fields.find(({ id }) => id === at.field);
  if (!field?.isSearched) throw new AppError("invalid_input", "There is nothing to search for in this field.");
  const { id, kind, role, wire } = field;
  const asked = { project, typeId, field: { id, kind, role, wire }, query: q };
  return untilSomething(cursor, async (cursor) => (await askTracker(eyes, "options", { ...asked, cursor })).answer);
}

/** Labels that there are, by what is typed. */
export async function searchLabels(member: Member, at: FormAt, { q, cursor }: Search): Promise<Page<string>> {
  await countSearch(member);
  const { eyes, project } = await placeOf(member, at);
  const ask = async (at: string | null) => (await askTracker(eyes, "labels", { project, query: q, cursor: at })).answer;
  return untilSomething(cursor, ask);
}

const mostEmptyPages = 10;

/** Some trackers list everything, so that a page may hold nothing of what is looked for although a later one does. */
async function untilSomething<T>(first: string | undefined, ask: (cursor: string | null) => Promise<Page<T>>) {
  let page = await ask(first ?? null);
  for (let more = 1; page.items.length === 0 && page.next !== null && more < mostEmptyPages; more++)
    page = await ask(page.next);
  return page;
}

/** What a form is made of: as whom its tracker is seen, and the place. */
export async function placeOf(member: Member, { integrationId, externalProject }: FormAt) {
  const assignment = await getActiveAssignment(member, integrationId);
  const target = targetOf(assignment, externalProject);
  const eyes = await eyesOf(member.workspaceId, assignment.integration.id);
  return { assignment, target, eyes, project: { remoteId: target.remoteId, key: target.key } };
}
