import type { Call } from "../call";
import type { FieldDef, Issue, Project, ScreenField } from "../model";
import { choicesOf, priorityJson, projectShort, typeJson } from "./json";
import { operationsOf, schemaOf } from "./schema";

export function fieldOf(call: Pick<Call, "state">, id: string): FieldDef {
  const field = call.state.fields.find((one) => one.id === id);
  if (!field) throw new Error(`The sandbox has no field ${id}.`);
  return field;
}

/** Fields that Jira fills in itself: required, and yet nobody has to send them. */
export const hasDefault = (field: FieldDef) => field.id === "reporter" || field.kind === "priority";

function autoComplete(call: Call, field: FieldDef, project: Project, issue: Issue | null): string | null {
  const find = (path: string) => `${call.baseUrl}${call.face.api}${path}`;
  const by = call.face.isCloud ? "query" : "username";
  if (field.id === "assignee") {
    const where = issue ? `issueKey=${issue.key}` : `project=${project.key}`;
    return find(`/user/assignable/search?${where}&${by}=`);
  }
  if (field.id === "reporter") return find(`/user/search?${by}=`);
  if (field.kind === "user" || field.kind === "users") {
    return `${call.baseUrl}/rest/api/1.0/users/picker?fieldName=${field.id}&fieldConfigId=1&projectId=${project.id}&showAvatar=true&query=`;
  }
  if (field.kind === "labels") {
    return `${call.baseUrl}/rest/api/1.0/labels/suggest?${field.custom ? `customFieldId=${field.id.slice(12)}&` : ""}query=`;
  }
  return field.kind === "sprint" ? `${call.baseUrl}/rest/greenhopper/1.0/sprint/picker?query=` : null;
}

/** A field of a create, edit or transition screen. */
export function metaJson(call: Call, place: { project: Project; typeId: string; issue?: Issue }, on: ScreenField) {
  const { project, typeId, issue = null } = place;
  const field = fieldOf(call, on.fieldId);
  const choices =
    field.kind === "project"
      ? [projectShort(call, project)]
      : field.kind === "issuetype"
        ? [typeJson(call, typeId)]
        : choicesOf(call, field, project);
  const url = autoComplete(call, field, project, issue);
  const usual = call.state.priorities.find(({ name }) => name === "Medium");
  return {
    required: on.isRequired,
    schema: schemaOf(field),
    name: field.name,
    ...(call.face.isCloud && { key: field.id }),
    fieldId: field.id,
    ...(url && { autoCompleteUrl: url }),
    hasDefaultValue: hasDefault(field),
    ...(field.kind === "priority" && usual && { defaultValue: priorityJson(call, usual) }),
    operations: operationsOf(field),
    ...(choices && { allowedValues: choices }),
  };
}

/** The same for screens that name each field by its id: edit and transition. */
export function metaByField(
  call: Call,
  place: { project: Project; typeId: string; issue?: Issue },
  screen: ScreenField[],
) {
  return Object.fromEntries(
    screen.map((on) => {
      const { fieldId, ...meta } = metaJson(call, place, on);
      return [fieldId, call.face.isCloud ? meta : { ...meta, fieldId }];
    }),
  );
}

export function screenOf(call: Pick<Call, "state">, projectId: string, typeId: string): ScreenField[] {
  return call.state.screens[projectId]?.[typeId] ?? [];
}

/** What is on the screen for editing: all that can be set on creating, but what makes the issue what it is. */
export const editScreen = (call: Pick<Call, "state">, issue: Issue): ScreenField[] =>
  screenOf(call, issue.projectId, issue.typeId)
    .filter(({ fieldId }) => fieldId !== "project")
    .map((on) => (on.fieldId === "reporter" ? { ...on, isRequired: true } : on));
