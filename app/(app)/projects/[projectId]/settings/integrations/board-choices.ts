import type { BoardSettings } from "@/lib/integrations/board-shape";
import type { BoardField, Choice } from "@/lib/trackers/tracker";

/** A field of a board and an option for each key, by their ids; "" where nothing is chosen. */
export type Chosen = { fieldId: string; options: Readonly<Record<string, string>> };

type FieldSettings = BoardSettings["priority"] | BoardSettings["status"];

const nothing: Chosen = { fieldId: "", options: {} };

/** What is stored, as the form has it. */
export const chosenOf = (settings: FieldSettings): Chosen =>
  settings
    ? {
        fieldId: settings.id,
        options: Object.fromEntries(Object.entries(settings.options).map(([key, { id }]) => [key, id])),
      }
    : nothing;

/** What a preset names, as far as the board has it; the rest by name. */
export function fillIn(
  fields: readonly BoardField[],
  fieldName: string,
  names: Readonly<Record<string, string>>,
): { chosen: Chosen; lacking: string[] } {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
  const field = fields.find(({ name }) => same(name, fieldName));
  if (!field) return { chosen: nothing, lacking: [`the field ${fieldName}`] };
  const options: Record<string, string> = {};
  const lacking = new Set<string>();
  for (const [key, name] of Object.entries(names)) {
    const option = field.options.find((one) => same(one.name, name));
    if (option) options[key] = option.id;
    else lacking.add(`${name} of ${fieldName}`);
  }
  return { chosen: { fieldId: field.id, options }, lacking: [...lacking] };
}

/** The form as it is stored. */
export function settingsOf(
  { id, name }: Choice,
  fields: readonly BoardField[],
  priority: Chosen,
  status: Chosen,
): BoardSettings {
  const one = ({ fieldId, options }: Chosen) => {
    const field = fields.find((each) => each.id === fieldId);
    if (!field) return null;
    const chosen = Object.entries(options).flatMap(([key, optionId]) => {
      const option = field.options.find((each) => each.id === optionId);
      return option ? [[key, { id: option.id, name: option.name }]] : [];
    });
    return { id: field.id, name: field.name, options: Object.fromEntries(chosen) };
  };
  return { id, name, priority: one(priority), status: one(status) };
}
