import { readValue } from "@/lib/issues/form/read-value";
import type { TrackerForm } from "@/lib/issues/form/tracker-form";
import type { FieldKind } from "@/lib/trackers/shapes";

export type FormField = TrackerForm["fields"][number];
/** What was typed, by the draft's own keys; those of other types and places stay in it. */
export type Typed = Readonly<Record<string, unknown>>;

const written: readonly FieldKind[] = ["text", "paragraph", "number", "date", "datetime", "checkbox", "url"];

/** A choice is one of the place that it was made in; what was written goes along to another one. */
export const keyOf = (
  { id, kind }: Pick<FormField, "id" | "kind">,
  { project }: Pick<TrackerForm, "project">,
): string => (written.includes(kind) ? id : `${id}@${project.remoteId}`);

/** What the form shows in a field: what was typed, else what the person chose last, else what the tracker fills in. */
export function shownIn(field: FormField, form: TrackerForm, typed: Typed): unknown {
  const key = keyOf(field, form);
  return Object.hasOwn(typed, key) ? usable(field, typed[key]) : (form.values[field.id] ?? field.default);
}

/** Without choices that are gone from the tracker meanwhile: nobody could see what is wrong with them. */
function usable(field: FormField, value: unknown): unknown {
  if (field.options === null || written.includes(field.kind)) return value;
  const isThere = (one: unknown) => "value" in readValue(field, one);
  if (!Array.isArray(value)) return isThere(value) ? value : null;
  return value.every((one) => isThere([one])) ? value : value.filter((one) => isThere([one]));
}

/**
 * What is sent: what was typed or chosen last for this form's fields; the rest is the tracker's to fill in. A reporter
 * whom nobody has chosen is found once more when it is sent, so that another can stand in where the tracker refuses.
 */
export function valuesToSend(form: TrackerForm, typed: Typed): Record<string, unknown> {
  const entries = form.fields.flatMap((field) => {
    const key = keyOf(field, form);
    if (!Object.hasOwn(typed, key) && field.role === "reporter") return [];
    if (!Object.hasOwn(typed, key))
      return Object.hasOwn(form.values, field.id) ? [[field.id, form.values[field.id]]] : [];
    return [[field.id, shownIn(field, form, typed) ?? null]];
  });
  return Object.fromEntries(entries);
}

/** What keeps the form from being sent, by the field's id. */
export function problemsOf(form: TrackerForm, typed: Typed): Record<string, string> {
  const entries = form.fields.flatMap((field): [string, string][] => {
    const read = readValue(field, shownIn(field, form, typed));
    if ("problem" in read) return [[field.id, read.problem]];
    if (read.value !== null || !field.isRequired || field.kind === "checkbox") return [];
    return [[field.id, `${field.name} is required.`]];
  });
  return Object.fromEntries(entries);
}

type Chosen = { typeId: string | null; fields: Typed };

/** The type and the values as they leave the form; one that could not be read sends what does not need it. */
export function filedAs(form: TrackerForm | undefined, { typeId, fields }: Chosen) {
  const type = form ? form.typeId : typeId;
  const values = form ? valuesToSend(form, fields) : {};
  return { ...(type && { type }), ...(Object.keys(values).length > 0 && { fields: values }) };
}

const own = ["title", "description", "labels", "type"];

/** Whether all that was wrong is said at fields that are in sight. */
export function isAtFields(fields: Readonly<Record<string, string>> | undefined, form: TrackerForm | undefined) {
  const ids = Object.keys(fields ?? {});
  const known = new Set([...own, ...(form?.fields.map(({ id }) => id) ?? [])]);
  return ids.length > 0 && ids.every((id) => known.has(id));
}
