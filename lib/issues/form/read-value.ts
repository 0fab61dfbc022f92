import type { Choice, Field, FieldKind, FieldOption, FieldValue } from "@/lib/trackers/shapes";

/** A field as far as its value depends on it; without the adapter's own note, so that the browser reads values as well. */
export type FormField = Omit<Field, "wire">;

/** What was typed or sent, as a value of its field; or what is wrong with it. Null: it is empty. */
export type ReadValue = { value: FieldValue | null } | { problem: string };

type Reader = (given: unknown, field: FormField) => ReadValue;

const mostNamed = 20;

/** Reads a value of any source: as the form keeps it, or as API callers write it, with ids alone. */
export function readValue(field: FormField, given: unknown): ReadValue {
  if (isEmpty(given)) return { value: null };
  return readers[field.kind](given, field);
}

/** Nothing typed, nothing chosen. */
export const isEmpty = (given: unknown): boolean =>
  given === null ||
  given === undefined ||
  (typeof given === "string" && given.trim() === "") ||
  (Array.isArray(given) && given.length === 0);

const text: Reader = (given) =>
  typeof given === "string" || typeof given === "number" ? { value: String(given) } : { problem: "Write a text." };

const choice: Reader = (given, field) => {
  const read = readChoice(given, field);
  return "problem" in read ? read : { value: read };
};

const choices: Reader = (given, field) => {
  const all = Array.isArray(given) ? given : [given];
  const read = new Map<string, Choice>();
  for (const one of all) {
    const next = readChoice(one, field);
    if ("problem" in next) return next;
    read.set(next.id, next);
  }
  return { value: [...read.values()] };
};

const readers: Record<FieldKind, Reader> = {
  text,
  paragraph: text,
  number: (given) => {
    const number = typeof given === "string" ? Number(given.trim()) : given;
    return typeof number === "number" && Number.isFinite(number) ? { value: number } : { problem: "Write a number." };
  },
  date: (given) =>
    typeof given === "string" && isDate(given) ? { value: given } : { problem: "Write a date, such as 2026-11-20." },
  datetime: (given) =>
    typeof given === "string" && isDateTime(given)
      ? { value: given }
      : { problem: "Write a date and time with its zone, such as 2026-11-20T09:30:00+01:00." },
  checkbox: (given) => {
    if (typeof given === "boolean") return { value: given };
    return given === "true" || given === "false" ? { value: given === "true" } : { problem: "Say true or false." };
  },
  url: (given) =>
    typeof given === "string" && isWebUrl(given)
      ? { value: given.trim() }
      : { problem: "Write an address that begins with http:// or https://." },
  select: choice,
  user: choice,
  issue: choice,
  multi_select: choices,
  users: choices,
  cascade: (given, { options }) => {
    const [parent, child] = isCascade(given) ? [given.parent, given.child] : [given, null];
    const chosen = readChoice(parent, { options });
    if ("problem" in chosen) return chosen;
    const below = options?.find(({ id }) => id === chosen.id)?.children ?? (options ? [] : null);
    if (isEmpty(child)) return { value: { parent: chosen, child: null } };
    const second = readChoice(child, { options: below });
    return "problem" in second ? second : { value: { parent: chosen, child: second } };
  },
  unsupported: (_, { name }) => ({ problem: `${name} can be filled in at the tracker only.` }),
};

function readChoice(
  given: unknown,
  { options }: { options: readonly (FieldOption | Choice)[] | null },
): Choice | { problem: string } {
  const id = idOf(given);
  if (id === null) return { problem: "Name a choice by its id." };
  if (options === null) return { id, name: nameOf(given) ?? id };
  const option = options.find((known) => known.id === id);
  if (option) return { id, name: option.name };
  const named = options.slice(0, mostNamed).map((known) => `${known.id} (${known.name})`);
  const more = options.length > named.length ? ", …" : "";
  return { problem: `There is no choice "${nameOf(given) ?? id}". Choices: ${named.join(", ") || "none"}${more}.` };
}

function idOf(given: unknown): string | null {
  const id = typeof given === "object" && given !== null && "id" in given ? given.id : given;
  return typeof id === "string" && id !== "" ? id : typeof id === "number" ? String(id) : null;
}

const nameOf = (given: unknown): string | null =>
  typeof given === "object" && given !== null && "name" in given && typeof given.name === "string" ? given.name : null;

const isCascade = (given: unknown): given is { parent: unknown; child: unknown } =>
  typeof given === "object" && given !== null && "parent" in given;

/** Of the calendar: the 30th of February is none. */
const isDate = (given: string) =>
  /^\d{4}-\d{2}-\d{2}$/.test(given) &&
  !Number.isNaN(Date.parse(given)) &&
  new Date(given).toISOString().startsWith(given);

const isDateTime = (given: string) =>
  /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(given) &&
  isDate(given.slice(0, 10)) &&
  !Number.isNaN(Date.parse(given));

function isWebUrl(given: string): boolean {
  const url = URL.parse(given.trim());
  return url !== null && (url.protocol === "https:" || url.protocol === "http:");
}
