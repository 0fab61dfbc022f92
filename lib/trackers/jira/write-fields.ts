import { AppError } from "@/lib/errors";
import type { Choice, FieldValue, SetField } from "@/lib/trackers/tracker";
import type { Edition } from "./edition";

type Writers = Pick<Edition, "writePlain" | "writeUser">;

/** How a field's value is sent, by the note that its form keeps. */
const writers = {
  none: () => undefined,
  text: (value) => (typeof value === "string" ? value.replace(/\s*[\r\n]+\s*/g, " ") : undefined),
  paragraph: (value, { writePlain }) => (typeof value === "string" ? writePlain(value) : undefined),
  number: numberOf,
  datetime: momentOf,
  id: (value) => one(value, ({ id }) => ({ id })),
  ids: (value) => each(value, ({ id }) => ({ id })),
  user: (value, { writeUser }) => one(value, ({ id }) => writeUser(id)),
  users: (value, { writeUser }) => each(value, ({ id }) => writeUser(id)),
  issue: (value) => one(value, ({ id }) => ({ id })),
  key: (value) => one(value, ({ id }) => id),
  strings: (value) => each(value, ({ id }) => id),
  // Read as a list, written as one number.
  sprint: (value) => one(value, ({ id }) => (/^\d{1,15}$/.test(id) ? Number(id) : undefined)),
  cascade: (value) =>
    typeof value === "object" && "parent" in value
      ? { id: value.parent.id, ...(value.child && { child: { id: value.child.id } }) }
      : undefined,
} satisfies Record<string, (value: FieldValue, edition: Writers) => unknown>;

export type Wire = keyof typeof writers;

/** The fields as Jira takes them, by their ids; throws for a value that its field cannot have. */
export function writeFields(fields: readonly SetField[], edition: Writers): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.id, writeField(field, edition)]));
}

function writeField({ id, name, wire, value }: SetField, edition: Writers): unknown {
  if (value === null) return null;
  const sent = isWire(wire) ? writers[wire](value, edition) : undefined;
  if (sent !== undefined) return sent;
  const message = `${name} cannot be set to this value.`;
  throw new AppError("invalid_input", message, { fields: { [id]: message } });
}

const isWire = (wire: string | null): wire is Wire => wire !== null && Object.hasOwn(writers, wire);

const isChoice = (value: FieldValue): value is Choice =>
  typeof value === "object" && "id" in value && typeof value.id === "string";

const one = (value: FieldValue, write: (choice: Choice) => unknown) => (isChoice(value) ? write(value) : undefined);

const each = (value: FieldValue, write: (choice: Choice) => unknown) =>
  Array.isArray(value) ? value.map(write) : undefined;

function numberOf(value: FieldValue): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** Jira takes no zone but one in hours and minutes. */
function momentOf(value: FieldValue): string | undefined {
  const date = typeof value === "string" ? new Date(value) : null;
  return date && !Number.isNaN(date.getTime()) ? date.toISOString().replace("Z", "+0000") : undefined;
}
