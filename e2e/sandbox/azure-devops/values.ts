import { Failure } from "./failure";
import { type FieldOfType, isPath } from "./metadata";
import type { TypeDefinition } from "./processes";
import { type Item, type Project, userOf } from "./state";
import type { Work } from "./work-items";

const longest = { string: 255, text: 1_048_576, tag: 400 };
const notListed = "required, hasValues, limitedToValues, invalidListValue";

export type Setting = Work & { project: Project; item: Item; type: TypeDefinition; field: FieldOfType };
/** What a value becomes in the fields, or the flags of the rule that it breaks. */
export type Kept = { set: Record<string, unknown>; flags?: never } | { flags: string };

export function keep(setting: Setting, value: unknown): Kept {
  const { state, project, item, field } = setting;
  const { ref } = field;
  const text = String(value);
  const as = (kept: unknown): Kept => ({ set: { [ref]: kept } });
  if (field.readOnly) return { flags: "required, readOnly" };
  if (text.length > (/^(?:html|plainText)$/.test(field.type) ? longest.text : longest.string)) {
    return { flags: "hasValues, invalidTooLong" };
  }
  if (field.isIdentity) {
    const user = userOf(state, text);
    return user?.isActive ? as(user.account) : { flags: "hasValues, limitedToValues, invalidListValue" };
  }
  if (ref === "System.State") return stateOf(setting, text);
  if (ref === "System.Tags") return as(tagsIn(setting, text));
  if (field.allowed && !field.allowed.includes(text)) return { flags: notListed };
  switch (field.type) {
    case "treePath":
      if (isPath(project, ref, text)) return as(text);
      throw new Failure(
        400,
        `TF401347: Invalid tree name given for work item ${item.id || -1}, field '${ref}'.`,
        "WorkItemTreePathInvalidException",
      );
    case "integer":
      return Number.isInteger(Number(value)) ? as(Number(value)) : { flags: "invalidType" };
    case "double":
      return Number.isFinite(Number(value)) ? as(Number(value)) : { flags: "invalidType" };
    case "dateTime":
      return Number.isNaN(Date.parse(text)) ? { flags: "invalidDate" } : as(new Date(text).toISOString());
    case "boolean":
      return as(text.toLowerCase() === "true");
    default:
      return as(text);
  }
}

/** A reason comes with the state. */
function stateOf({ item, type }: Setting, text: string): Kept {
  const from = String(item.fields["System.State"]);
  const ways = item.rev > 0 && from !== text ? type.transitions?.[from] : undefined;
  const isAllowed = type.states.some(([name]) => name === text) && (ways === undefined || ways.includes(text));
  return isAllowed
    ? { set: { "System.State": text, "System.Reason": `Moved to state ${text}` } }
    : { flags: notListed };
}

/** Tags that are new are known from then on; not everybody may add one. */
function tagsIn({ project, account }: Setting, text: string): string {
  const names = [
    ...new Map(
      text.split(/[;,]/).flatMap((tag) => (tag.trim() ? [[tag.trim().toLowerCase(), tag.trim()] as const] : [])),
    ).values(),
  ];
  const unknown = names.filter((name) => !project.tags.some((tag) => tag.toLowerCase() === name.toLowerCase()));
  if (unknown.length > 0 && !account.mayCreateTags)
    throw new Failure(
      403,
      "TF401289: The current user does not have permissions to create tags.",
      "TagCreatePermissionException",
    );
  if (names.some((name) => name.length > longest.tag) || names.length > 100)
    throw new Failure(400, "TF401291: The tag name is not valid.", "InvalidTagNameException");
  project.tags.push(...unknown);
  return names.sort((a, b) => a.localeCompare(b)).join("; ");
}
