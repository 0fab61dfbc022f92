import type { BoardField, Choice } from "@/lib/trackers/tracker";
import type { BoardFieldRole, BoardSettings } from "./board-shape";

/** What the settings name and the board no longer has, and where a person adds it. */
export type BoardGap = {
  field: BoardFieldRole;
  fieldName: string;
  /** Null: the whole field is missing. */
  option: string | null;
  url: string | null;
};

type Checked = {
  /** What the board has of them. */
  settings: BoardSettings;
  /** The same with what is gone as it was set, so that it counts again when it is back. */
  mended: BoardSettings;
  gaps: BoardGap[];
};
type FieldSettings = NonNullable<BoardSettings["priority"] | BoardSettings["status"]>;

const roles = ["priority", "status"] as const;

/**
 * The settings with what the board has now: ids change when somebody edits options, names when somebody renames them.
 * Found by id, else by name; what neither finds is a gap, and is left out.
 */
export function checkBoard(settings: BoardSettings, fields: readonly BoardField[]): Checked {
  const gaps: BoardGap[] = [];
  const found = { ...settings };
  const mended = { ...settings };
  for (const role of roles) {
    const wanted = settings[role];
    if (!wanted) continue;
    const field = findChoice(fields, wanted);
    if (!field) {
      gaps.push({ field: role, fieldName: wanted.name, option: null, url: null });
      found[role] = null;
      continue;
    }
    const options = Object.entries(wanted.options).flatMap(([key, option]) => {
      const there = findChoice(field.options, option);
      if (!there) gaps.push({ field: role, fieldName: field.name, option: option.name, url: field.url });
      return there ? [[key, { id: there.id, name: there.name }] as const] : [];
    });
    const now = { id: field.id, name: field.name, options: Object.fromEntries(options) };
    Object.assign(found, { [role]: now });
    Object.assign(mended, { [role]: { ...now, options: { ...wanted.options, ...now.options } } });
  }
  return { settings: found, mended, gaps };
}

function findChoice<T extends Choice>(all: readonly T[], { id, name }: Choice): T | undefined {
  const same = (text: string) => text.trim().toLowerCase();
  return all.find((one) => one.id === id) ?? all.find((one) => same(one.name) === same(name));
}

/** The options to set, by field: of the severity, and of a state. */
export function valuesFor({ priority, status }: BoardSettings, wanted: { severity: string; state: string }) {
  const pick = (field: FieldSettings | null, key: string): [string, string][] => {
    const option = field && Object.entries(field.options).find(([name]) => name === key)?.[1];
    return field && option ? [[field.id, option.id]] : [];
  };
  return Object.fromEntries([...pick(priority, wanted.severity), ...pick(status, wanted.state)]);
}

/** One gap in a sentence. */
export const gapInWords = ({ fieldName, option }: BoardGap): string =>
  option === null
    ? `The board has no field “${fieldName}”.`
    : `The field “${fieldName}” has no option “${option}”. Add it in the board's settings.`;
