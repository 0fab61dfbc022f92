import type { Member } from "@/lib/auth/member";
import { AppError } from "@/lib/errors";
import { countReading } from "@/lib/integrations/count-reading";
import { askTracker, type Eyes, eyesOf } from "@/lib/integrations/metadata";
import { offersOf } from "@/lib/trackers/offers";
import { trackerOf } from "@/lib/trackers/registry";
import type { FieldOption, Page, ProjectRef } from "@/lib/trackers/tracker";
import { getActiveAssignment, targetOf } from "../find-target";
import { refuseType } from "./types";

/** Where a form stands; only places that are assigned to the project. */
export type FormAt = { integrationId: string; externalProject?: string | undefined; typeId?: string | undefined };
type Search = { q: string; cursor?: string | undefined };

/** The choices of a field, by what is typed. */
export async function searchOptions(
  member: Member,
  at: FormAt & { field: string },
  { q, cursor }: Search,
): Promise<Page<FieldOption>> {
  await countReading(member);
  const { eyes, project, typeId } = await formOf(member, at);
  const form = await askTracker(eyes, "form", { project, typeId });
  const field = form.answer?.fields.find(({ id }) => id === at.field);
  if (!field?.isSearched) throw new AppError("invalid_input", "There is nothing to search for in this field.");
  const { id, kind, role, wire } = field;
  const asked = { project, typeId, field: { id, kind, role, wire }, query: q };
  return untilSomething(cursor, async (cursor) => (await askTracker(eyes, "options", { ...asked, cursor })).answer);
}

/** Labels that there are, by what is typed. */
export async function searchLabels(member: Member, at: FormAt, { q, cursor }: Search): Promise<Page<string>> {
  await countReading(member);
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

/** The same with the type that is named. Only one that there is gets to the tracker, and into what is kept of it. */
export async function formOf(member: Member, at: FormAt) {
  const place = await placeOf(member, at);
  const { assignment, eyes, project } = place;
  const hasTypes = offersOf(trackerOf(assignment.integration.provider)).listTypes !== undefined;
  return { ...place, typeId: hasTypes ? await typeIdOf(eyes, project, at.typeId) : null };
}

async function typeIdOf(eyes: Eyes, project: ProjectRef, wanted: string | undefined): Promise<string | null> {
  if (!wanted) return null;
  const { answer } = await askTracker(eyes, "types", { project });
  if (answer?.some(({ id }) => id === wanted)) return wanted;
  throw refuseType(wanted, project.key, answer);
}
