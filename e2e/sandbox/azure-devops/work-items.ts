import { z } from "zod";
import { type BrokenRule, Failure, noItem, ruleFailure } from "./failure";
import { allFields, fieldsOf, typeOf } from "./metadata";
import type { Account } from "./seed";
import { type Item, type Project, projectOf, type State } from "./state";
import { keep } from "./values";

const operation = z.object({
  op: z.enum(["add", "replace", "remove", "test"]),
  path: z.string(),
  value: z.unknown().optional(),
});
const document = z.array(operation);
const relation = z.object({
  rel: z.string(),
  url: z.string(),
  attributes: z.record(z.string(), z.unknown()).default({}),
});

export type Work = { state: State; account: Account; url: string };

export function findItem(state: State, id: number): Item {
  const item = state.items.find((one) => one.id === id && !one.isDeleted);
  if (item) return item;
  throw noItem(id);
}

/** A draft of a new item: what the type sets by itself. */
export function draftOf(project: Project, typeName: string, account: Account): Item {
  const type = typeOf(project, typeName);
  if (type.isDisabled)
    throw new Failure(400, `VS403691: Work item type ${type.name} is disabled.`, "WorkItemTypeDisabledException");
  const now = new Date().toISOString();
  const defaults = fieldsOf(project, type).flatMap(({ ref, default: given }) =>
    given === undefined ? [] : [[ref, given]],
  );
  const [first] = type.states[0] ?? [""];
  return {
    ...{ id: 0, rev: 0, project: project.name, type: type.name, formats: {}, relations: [], isDeleted: false },
    fields: {
      ...Object.fromEntries(defaults),
      "System.State": first,
      "System.Reason": `Moved to state ${first}`,
      "System.AreaPath": project.name,
      "System.IterationPath": project.name,
      "System.CreatedBy": account.login,
      "System.CreatedDate": now,
    },
  };
}

/** What becomes of an item by a patch document: checked as a whole, and nothing is kept of what fails. */
export function patched(work: Work, before: Item, body: unknown): Item {
  const { state, account } = work;
  const parsed = document.safeParse(body);
  if (!parsed.success)
    throw new Failure(
      400,
      "You must pass a valid patch document in the body of the request.",
      "VssPropertyValidationException",
    );
  if (!account.mayWrite) {
    throw new Failure(
      403,
      "TF237111: The current user does not have permissions to save work items under the specified area path.",
      "WorkItemUnauthorizedAccessException",
    );
  }
  const item = structuredClone(before);
  const project = projectOf(state, item.project);
  if (!project) throw noItem(item.id);
  const broken: BrokenRule[] = [];
  for (const { op, path, value } of parsed.data) {
    const [, root, ...rest] = path.split("/");
    const name = rest.join("/");
    if (path === "/rev" && op === "test") {
      if (value !== before.rev) {
        throw new Failure(
          412,
          `VS403351: Test Operation for path /rev failed: expected ${String(value)}, the work item has revision ${before.rev}.`,
          "TestPatchOperationFailedException",
        );
      }
    } else if (root === "fields") setField(work, project, item, name, op === "remove" ? "" : value, broken);
    else if (root === "relations") relate(state, item, op, name, value);
    else if (root === "multilineFieldsFormat") format(item, name, value);
    else throw new Failure(400, `The path ${path} is not valid.`, "VssPropertyValidationException");
  }
  broken.push(...missing(project, item));
  if (broken.length > 0) throw ruleFailure(broken);
  const now = Math.max(Date.now(), Date.parse(String(before.fields["System.ChangedDate"] ?? 0)) + 1 || 0);
  item.rev += 1;
  item.fields["System.ChangedBy"] = account.login;
  item.fields["System.ChangedDate"] = new Date(now).toISOString();
  return item;
}

function setField(work: Work, project: Project, item: Item, ref: string, value: unknown, broken: BrokenRule[]): void {
  const type = typeOf(project, item.type);
  const field = fieldsOf(project, type).find((one) => one.ref === ref);
  if (!field) {
    const isKnown = allFields(work.state).some((one) => one.ref === ref);
    const said = isKnown
      ? `TF401326: Invalid field status 'ReadOnly' for field '${ref}'.`
      : `TF51535: Cannot find field ${ref}.`;
    throw new Failure(400, said, "WorkItemFieldInvalidException");
  }
  if (!field.readOnly && (value === "" || value === null || value === undefined)) {
    delete item.fields[ref];
    return;
  }
  const kept = keep({ ...work, project, item, type, field }, value);
  if (kept.flags === undefined) Object.assign(item.fields, kept.set);
  else broken.push({ field: ref, name: field.name, flags: kept.flags, said: `Error code: ${kept.flags}.` });
}

function relate(state: State, item: Item, op: string, index: string, value: unknown): void {
  if (op === "remove") {
    if (!item.relations[Number(index)])
      throw new Failure(
        400,
        "TF401349: An unexpected error occurred: the relation does not exist.",
        "VssPropertyValidationException",
      );
    item.relations.splice(Number(index), 1);
    return;
  }
  const given = relation.safeParse(value).data;
  if (!given || index !== "-") throw new Failure(400, "The relation is not valid.", "VssPropertyValidationException");
  if (String(given.attributes.comment ?? "").length > 255)
    throw new Failure(400, "TF26198: The comment is longer than 255 characters.", "WorkItemLinkInvalidException");
  if (item.relations.some(({ rel, url }) => rel === given.rel && url === given.url))
    throw new Failure(
      400,
      "VS403316: A resource link with the same location exists already.",
      "WorkItemResourceLinkException",
    );
  if (given.rel !== "AttachedFile") {
    item.relations.push(given);
    return;
  }
  const file = state.attachments.find(({ id }) => given.url.includes(`/attachments/${id}`));
  if (!file) throw new Failure(400, "TF401348: The attachment does not exist.", "WorkItemResourceLinkException");
  const resourceSize = Buffer.from(file.base64, "base64").length;
  item.relations.push({ ...given, attributes: { name: file.name, ...given.attributes, resourceSize } });
}

function format(item: Item, ref: string, value: unknown): void {
  const wanted = String(value).toLowerCase();
  if (wanted !== "markdown" && wanted !== "html")
    throw new Failure(400, "The format is not valid.", "VssPropertyValidationException");
  if (item.formats[ref] === "markdown" && wanted === "html")
    throw new Failure(
      400,
      "VS404001: A field in Markdown cannot be turned back into HTML.",
      "VssPropertyValidationException",
    );
  item.formats[ref] = wanted;
}

function missing(project: Project, item: Item): BrokenRule[] {
  const type = typeOf(project, item.type);
  const inState = type.requiredIn?.[String(item.fields["System.State"])] ?? [];
  return fieldsOf(project, type)
    .filter(
      ({ ref, isRequired }) => (isRequired || inState.includes(ref)) && String(item.fields[ref] ?? "").trim() === "",
    )
    .map(({ ref, name }) => ({
      field: ref,
      name,
      flags: "required, invalidEmpty",
      said: "Error code: Required, InvalidEmpty.",
    }));
}
