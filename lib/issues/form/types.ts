import { AppError } from "@/lib/errors";
import type { IssueType } from "@/lib/trackers/shapes";
import type { Target } from "../find-target";

/** The type that is meant: by its id, else by its name. Null: there is none of that. */
export const findType = (types: readonly IssueType[], wanted: string): IssueType | null =>
  types.find(({ id }) => id === wanted) ??
  types.find(({ name }) => name.toLowerCase() === wanted.trim().toLowerCase()) ??
  null;

/** The type of an issue for which nobody has named one: the place's own, else the tracker's first that stands alone. */
export const usualType = (types: readonly IssueType[], { defaultTypeId }: Pick<Target, "defaultTypeId">) =>
  types.find(({ id }) => id === defaultTypeId) ?? types.find(({ isSubtask }) => !isSubtask) ?? types[0] ?? null;

/** On the field of the form and of the API alike. */
export function refuseType(wanted: string, where: string, types: readonly IssueType[] | null): AppError {
  const named = types?.map(({ id, name }) => `${id} (${name})`).join(", ");
  const message = named
    ? `${where} has no type "${wanted}". Its types: ${named}.`
    : `${where} has but one kind of issue: leave the type out.`;
  return new AppError("invalid_input", message, { fields: { type: message } });
}
