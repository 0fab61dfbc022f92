import type { Field, FieldValue, IssueForm, OpenTracker, ProjectRef, SetField } from "../tracker";

/** A value for each field that a form requires and the tracker does not fill in itself, as a person would choose one. */
export async function requiredOf(
  opened: OpenTracker,
  project: ProjectRef,
  typeId: string | null,
  form: IssueForm,
): Promise<SetField[]> {
  const required = form.fields.filter(({ isRequired, default: given }) => isRequired && given === null);
  return Promise.all(
    required.map(async ({ id, name, kind, role, wire, ...field }) => {
      const value = await chosenFor(opened, project, typeId, { id, name, kind, role, wire, ...field });
      return { id, name, kind, role, wire, value };
    }),
  );
}

async function chosenFor(
  opened: OpenTracker,
  project: ProjectRef,
  typeId: string | null,
  field: Field,
): Promise<FieldValue> {
  const plain = plainValues.get(field.kind);
  if (plain !== undefined) return plain;
  const searched = field.options ?? (await opened.searchOptions?.({ project, typeId, field, query: "" }))?.items ?? [];
  const [first] = searched;
  if (!first) throw new Error(`The required field ${field.name} has nothing to choose.`);
  const { children = [], ...option } = first;
  const choice = { id: option.id, name: option.name };
  if (field.kind === "multi_select" || field.kind === "users") return [choice];
  return field.kind === "cascade" ? { parent: choice, child: children[0] ?? null } : choice;
}

const plainValues = new Map<Field["kind"], FieldValue>([
  ["text", "A value"],
  ["paragraph", "A value"],
  ["number", 3],
  ["date", "2026-11-20"],
  ["datetime", "2026-11-20T12:00:00.000+00:00"],
  ["checkbox", true],
  ["url", "https://faultline.example/results/1"],
]);
