import { isDeepStrictEqual } from "node:util";
import type { FieldErrors } from "@/lib/errors";
import type { Field, FieldValue, SetField } from "@/lib/trackers/shapes";
import { isEmpty, readValue } from "./read-value";

/** Values by the tracker's field id, as they were typed or sent. */
export type GivenValues = Readonly<Record<string, unknown>>;

/** What is sent of the fields, and what is wrong with which: a field with a problem is not among those sent. */
export type SetValues = { setFields: SetField[]; problems: FieldErrors };

const mostNamed = 30;

/**
 * The values for a tracker's form, in its order. What the tracker fills in itself is left to it; a field that is named and
 * empty is emptied. `where`: what a field of another form is said not to be of.
 */
export function setValues(fields: readonly Field[], given: GivenValues, where: string): SetValues {
  const setFields: SetField[] = [];
  const problems: FieldErrors = {};
  for (const field of fields) {
    const isNamed = Object.hasOwn(given, field.id);
    const usual = field.default;
    const read = isNamed ? readValue(field, given[field.id]) : { value: null };
    if ("problem" in read) problems[field.id] = read.problem;
    else if (isMissing(field, isNamed, read.value)) problems[field.id] = missing(field);
    else if (isNamed && !isDeepStrictEqual(read.value, usual)) setFields.push(toSetField(field, read.value));
  }
  const known = new Set(fields.map(({ id }) => id));
  for (const id of Object.keys(given)) if (!known.has(id)) problems[id] = unknown(id, where, fields);
  return { setFields, problems };
}

function isMissing({ isRequired, kind, default: usual }: Field, isNamed: boolean, value: FieldValue | null): boolean {
  if (!isRequired || !isEmpty(value)) return false;
  // A box that is not ticked says no.
  if (kind === "checkbox") return false;
  return isNamed || isEmpty(usual);
}

const missing = ({ name, kind }: Field) =>
  kind === "unsupported"
    ? `${name} is required, and can be filled in at the tracker only: file the issue there and link it here.`
    : `${name} is required.`;

function unknown(id: string, where: string, fields: readonly Field[]): string {
  const named = fields.slice(0, mostNamed).map((field) => `${field.id} (${field.name})`);
  const more = fields.length > named.length ? ", …" : "";
  return `${where} has no field "${id}". Its fields: ${named.join(", ") || "none"}${more}.`;
}

const toSetField = ({ id, name, kind, role, wire }: Field, value: FieldValue | null): SetField => {
  return { id, name, kind, role, wire, value };
};
