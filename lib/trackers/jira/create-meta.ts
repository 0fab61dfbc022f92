import { isKind } from "@/lib/errors";
import { OutboundError } from "@/lib/http/outcome";
import type { ProjectRef } from "@/lib/trackers/tracker";
import { projectIdOf } from "./address";
import { read } from "./client";
import type { Context } from "./edition";
import { type WireField, type WireType, wireFieldPage, wireOldMeta, wireTypePage } from "./wire";

// The most that both editions give at once.
const pageSize = 200;
// 300 fields are two pages; a server that somebody entered may claim any number.
const maxPages = 20;

type Page<T> = { items: readonly T[]; total: number | undefined; isLast: boolean | undefined };

/** Every page of a list that is counted by its start. */
async function all<T>(page: (startAt: number) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for (let n = 0; n < maxPages; n++) {
    const found = await page(items.length);
    items.push(...found.items);
    // An empty page ends a list that claims to be longer.
    if (found.items.length === 0 || found.isLast || items.length >= (found.total ?? 0)) break;
  }
  return items;
}

/** What can be created in a project. */
export function listWireTypes(context: Context, project: ProjectRef): Promise<WireType[]> {
  const projectIdOrKey = projectIdOf(project.remoteId);
  const newer = all(async (startAt) => {
    const jira = await context.client();
    const call = jira.issues.getCreateIssueMetaIssueTypes({ projectIdOrKey, startAt, maxResults: pageSize });
    const { data } = await read(wireTypePage, call);
    return { items: data.issueTypes ?? data.values ?? [], total: data.total, isLast: data.isLast };
  });
  return orOlder(context, newer, async () => oldTypes(context, { projectIds: [projectIdOrKey] }));
}

/** The fields of the form for a new issue of a type, as Jira describes them, in its order. */
export function listWireFields(context: Context, project: ProjectRef, typeId: string): Promise<WireField[]> {
  const [projectIdOrKey, issueTypeId] = [projectIdOf(project.remoteId), projectIdOf(typeId)];
  const newer = all(async (startAt) => {
    const jira = await context.client();
    const page = { startAt, maxResults: pageSize };
    const call = jira.issues.getCreateIssueMetaIssueTypeId({ projectIdOrKey, issueTypeId, ...page });
    const { data } = await read(wireFieldPage, call);
    return { items: data.fields ?? data.values ?? [], total: data.total, isLast: data.isLast };
  });
  return orOlder(context, newer, async () => {
    const asked = { projectIds: [projectIdOrKey], issuetypeIds: [issueTypeId], expand: "projects.issuetypes.fields" };
    const [type] = await oldTypes(context, asked);
    return Object.entries(type?.fields ?? {}).map(([fieldId, field]) => ({ ...field, fieldId }));
  });
}

/** Which type is meant where none is named: a bug where there is one by this name, else the first. */
export async function usualTypeId(context: Context, project: ProjectRef): Promise<string> {
  const types = (await listWireTypes(context, project)).filter(({ subtask }) => !subtask);
  const usual = types.find(({ name }) => /^bug$/i.test(name)) ?? types[0];
  if (usual) return usual.id;
  const message = "The account may create nothing in this project.";
  throw new OutboundError("tracker_forbidden", message, { outcome: "refused" });
}

/** Servers before 9.0 may lack the new endpoints; those since lack the old one, and a project that is absent is so in both. */
async function orOlder<T>({ edition }: Context, newer: Promise<T>, older: () => Promise<T>): Promise<T> {
  return newer.catch((error: unknown) => {
    if (edition.hasOldMeta && isKind(error, "tracker_not_found")) return older();
    throw error;
  });
}

type Asked = { projectIds: string[]; issuetypeIds?: string[]; expand?: string };

/** All at once: https://developer.atlassian.com/server/jira/platform/jira-rest-api-example-discovering-meta-data-for-creating-issues-6291669.html */
async function oldTypes({ client }: Context, asked: Asked) {
  const jira = await client();
  const { projects } = (await read(wireOldMeta, jira.issues.getCreateIssueMeta(asked))).data;
  const [project] = projects;
  if (project) return project.issuetypes;
  throw new OutboundError("tracker_not_found", "Jira does not know the project, or the account may not create there.", {
    outcome: "refused",
  });
}
