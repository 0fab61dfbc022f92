import { type Call, projectById, selfUrl, timeFor, userJson } from "../call";
import { commentJson } from "../comments/json";
import { issueShort, projectShort, statusJson, typeJson, valueJson } from "../fields/json";
import { screenOf } from "../fields/meta";
import { fileJson } from "../files/json";
import type { FieldDef, Issue } from "../model";

/** Which fields of an issue were asked for: names, "*all", "*navigable", "-name". */
export type Wanted = { fields: readonly string[] | null; properties: readonly string[] };

const split = (text: string | null): string[] => (text ? text.split(",").map((part) => part.trim()) : []);

/** The parameters of a query, each of which may stand several times. */
export const wantedBy = (query: URLSearchParams): Wanted => ({
  fields: query.has("fields") ? query.getAll("fields").flatMap(split) : null,
  properties: query.getAll("properties").flatMap(split),
});

/** Too large for lists; `*navigable` leaves them out. */
const heavy = ["comment", "attachment"];

function selects(fields: readonly string[] | null, usual: string): (id: string) => boolean {
  const list = fields && fields.length > 0 ? fields : [usual];
  const dropped = list.filter((name) => name.startsWith("-")).map((name) => name.slice(1));
  const kept = list.filter((name) => !name.startsWith("-"));
  const all = kept.includes("*all") || kept.length === 0;
  return (id) =>
    !dropped.includes(id) && (all || kept.includes(id) || (kept.includes("*navigable") && !heavy.includes(id)));
}

function fieldsOf(call: Call, issue: Issue, isWanted: (id: string) => boolean): Record<string, unknown> {
  const { state } = call;
  const project = projectById(call, issue.projectId);
  const status = state.statuses.find(({ id }) => id === issue.statusId);
  const own: Record<string, () => unknown> = {
    project: () => projectShort(call, project),
    issuetype: () => typeJson(call, issue.typeId),
    status: () => status && statusJson(call, status),
    creator: () => userJson(call, issue.creatorId),
    created: () => timeFor(call, issue.createdMs),
    updated: () => timeFor(call, issue.updatedMs),
    resolutiondate: () => (issue.resolvedMs === null ? null : timeFor(call, issue.resolvedMs)),
    subtasks: () => state.issues.filter(({ values }) => values.parent === issue.id).map((one) => issueShort(call, one)),
    issuelinks: () => [],
    attachment: () => issue.files.map((file) => fileJson(call, file)),
    comment: () => ({
      comments: issue.comments.map((comment) => commentJson(call, issue, comment)),
      self: selfUrl(call, `/issue/${issue.id}/comment`),
      ...{ maxResults: issue.comments.length, total: issue.comments.length, startAt: 0 },
    }),
  };
  const onScreen = new Set(screenOf(call, issue.projectId, issue.typeId).map(({ fieldId }) => fieldId));
  const isShown = (field: FieldDef) => onScreen.has(field.id) || !field.custom || issue.values[field.id] !== undefined;
  return Object.fromEntries([
    ...Object.entries(own).flatMap(([id, value]) => (isWanted(id) ? [[id, value()]] : [])),
    ...state.fields
      .filter((field) => !(field.id in own) && isWanted(field.id) && isShown(field))
      // An issue without a parent has no such field at all.
      .filter(({ id }) => id !== "parent" || issue.values.parent !== undefined)
      .map((field) => [field.id, valueJson(call, field, issue.values[field.id], project)]),
  ]);
}

const propertiesOf = (issue: Issue, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(issue.properties).filter(([key]) => keys.includes(key) || keys.includes("*all")));

/** The issue, with the fields and properties that were asked for. */
export function issueJson(call: Call, issue: Issue, wanted: Wanted, usual = "*all") {
  return {
    expand: "renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations",
    id: issue.id,
    self: selfUrl(call, `/issue/${issue.id}`),
    key: issue.key,
    fields: fieldsOf(call, issue, selects(wanted.fields, usual)),
    ...(wanted.properties.length > 0 && { properties: propertiesOf(issue, wanted.properties) }),
  };
}
