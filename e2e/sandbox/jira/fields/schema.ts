import type { FieldDef, FieldKind } from "../model";

type Shape = { type: string; items?: string };

const shapes: Record<FieldKind, Shape> = {
  project: { type: "project" },
  issuetype: { type: "issuetype" },
  summary: { type: "string" },
  text: { type: "string" },
  paragraph: { type: "string" },
  url: { type: "string" },
  number: { type: "number" },
  date: { type: "date" },
  datetime: { type: "datetime" },
  option: { type: "option" },
  options: { type: "array", items: "option" },
  cascade: { type: "option-with-child" },
  user: { type: "user" },
  users: { type: "array", items: "user" },
  labels: { type: "array", items: "string" },
  priority: { type: "priority" },
  resolution: { type: "resolution" },
  components: { type: "array", items: "component" },
  versions: { type: "array", items: "version" },
  // Jira Software's own: its items are called json.
  sprint: { type: "array", items: "json" },
  parent: { type: "issuelink" },
  plugin: { type: "any" },
};

/** What Jira calls the type of a field. */
export function schemaOf(field: FieldDef) {
  const shape = shapes[field.kind];
  if (field.custom === null) return { ...shape, system: field.id };
  return { ...shape, custom: field.custom, customId: Number(field.id.replace("customfield_", "")) };
}

/** What may be done to it in an update. */
export const operationsOf = ({ kind, id }: FieldDef): string[] => {
  if (kind === "sprint") return ["set"];
  if (id === "parent" || id === "project" || id === "issuetype") return ["set"];
  return shapes[kind].type === "array" ? ["add", "set", "remove"] : ["set"];
};
