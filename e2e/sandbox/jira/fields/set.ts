import { z } from "zod";
import { type Call, projectOf } from "../call";
import type { FieldDef, Named, Option, Project } from "../model";
import { may } from "../permissions";
import { Refusal } from "../refusal";

/** A value that Jira does not take, with its reason; `isGeneral`: told of the request, not of the field. */
export class Unfit extends Error {
  constructor(
    message: string,
    readonly isGeneral = false,
  ) {
    super(message);
  }
}

const wordCount = new Intl.NumberFormat("en-US");
export const tooLong = (chars: number) =>
  `The entered text is too long. It exceeds the allowed limit of ${wordCount.format(chars)} characters.`;

const reference = z.object({ id: z.string().optional(), name: z.string().optional(), value: z.string().optional() });
const lists = z.array(z.unknown());

/** Finds what `{id}`, `{name}` or `{value}` means. */
function chosen<T extends Named>(all: readonly T[], sent: unknown, what: string, by: "name" | "value"): T {
  const parsed = reference.safeParse(sent);
  if (!parsed.success)
    throw new Unfit(by === "value" ? `Specify a valid 'id' or 'value' for ${what}` : "data was not an object");
  const { id } = parsed.data;
  const text = parsed.data[by];
  if (id === undefined && text === undefined) throw new Unfit(`Specify a valid 'id' or '${by}' for ${what}`);
  const found = all.find((one) => (id === undefined ? one.name === text : one.id === id));
  if (!found) {
    throw new Unfit(id === undefined ? `${what} ${by} '${text}' is not valid` : `${what} id '${id}' is not valid`);
  }
  return found;
}

const enabled = (options: readonly Option[]) => options.filter(({ isDisabled }) => !isDisabled);

function list(sent: unknown): unknown[] {
  const parsed = lists.safeParse(sent);
  if (!parsed.success) throw new Unfit("data was not an array");
  return parsed.data;
}

function text(sent: unknown): string {
  if (typeof sent !== "string") throw new Unfit("Operation value must be a string");
  return sent;
}

const dateShape = /^\d{4}-\d{2}-\d{2}$/;
// Jira's own parser takes "+0000", not "Z": https://developer.atlassian.com/server/jira/platform/jira-rest-api-examples/
const timeShape = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}[+-]\d{4}$/;

export function userOf(call: Call, sent: unknown): string {
  const { userKey, words } = call.face;
  const parsed = z.looseObject({ [userKey]: z.string() }).safeParse(sent);
  if (!parsed.success) throw new Unfit(`expected an object with '${userKey}'`);
  const wanted = parsed.data[userKey];
  const account = call.state.accounts.find((one) => one[userKey] === wanted);
  if (!account) throw new Unfit(`${words.noUser} ${call.face.isCloud ? "user" : String(wanted)}`);
  return account.accountId;
}

function assignable(call: Call, project: Project, sent: unknown): string | null {
  const named = z.looseObject({ [call.face.userKey]: z.string().nullable() }).safeParse(sent);
  if (named.data?.[call.face.userKey] === null) return null;
  const accountId = userOf(call, sent);
  const account = call.state.accounts.find((one) => one.accountId === accountId) ?? null;
  if (may(account, project, "ASSIGNABLE_USER")) return accountId;
  throw new Unfit(`User '${account?.[call.face.userKey]}' cannot be assigned issues.`);
}

function label(sent: unknown): string {
  const name = text(sent);
  if (/\s/.test(name)) throw new Unfit(`The label '${name}' contains spaces which is invalid.`);
  if (name.length > 255) throw new Unfit(`The label '${name}' exceeds the maximum length of 255 characters.`);
  if (!name) throw new Unfit("The label can't be an empty string.");
  return name;
}

function paragraph(call: Call, sent: unknown): unknown {
  const objection = call.face.objectToText(sent);
  if (objection) throw new Unfit(objection.message, objection.isGeneral);
  if (call.face.plainText(sent).length > call.textLimitChars) throw new Unfit(tooLong(call.textLimitChars));
  return sent;
}

function summary(call: Call, sent: unknown): string {
  const title = text(sent);
  if (!title.trim()) throw new Unfit("You must specify a summary of the issue.");
  if (/[\r\n]/.test(title)) throw new Unfit("The summary is invalid because it contains newline characters.");
  if (title.length > 255) throw new Unfit(call.face.words.longSummary);
  return title;
}

/** What is kept for what was sent; throws `Unfit` where Jira would refuse it. Null empties the field. */
export function storedValue(call: Call, field: FieldDef, sent: unknown, project: Project): unknown {
  if (field.kind === "summary") return summary(call, sent ?? "");
  if (sent === null) return null;
  switch (field.kind) {
    case "text":
      if (text(sent).length > 255)
        throw new Unfit("The entered text is too long. It exceeds the allowed limit of 255 characters.");
      return sent;
    case "paragraph":
      return paragraph(call, sent);
    case "url":
      if (!/^(https?|ftp):\/\/\S+$/.test(text(sent))) throw new Unfit("Not a valid URL");
      return sent;
    case "number":
      if (typeof sent !== "number") throw new Unfit("Operation value must be a number");
      return sent;
    case "date":
      if (!dateShape.test(text(sent)) || Number.isNaN(Date.parse(text(sent)))) {
        throw new Unfit(`Error parsing date string: ${sent}`);
      }
      return sent;
    case "datetime":
      if (!timeShape.test(text(sent))) throw new Unfit(`Error parsing time: ${sent}`);
      return Date.parse(text(sent).replace(/(\d{2})(\d{2})$/, "$1:$2"));
    case "option":
      return chosen(enabled(field.options), sent, "Option", "value").id;
    case "options":
      return list(sent).map((one) => chosen(enabled(field.options), one, "Option", "value").id);
    case "cascade": {
      const parent = chosen(enabled(field.options), sent, "Option", "value");
      const { child } = z.looseObject({ child: z.unknown().optional() }).parse(sent);
      const below = child ? chosen(parent.children ?? [], child, "Option", "value").id : null;
      return { parent: parent.id, child: below };
    }
    case "user":
      return field.id === "assignee" ? assignable(call, project, sent) : userOf(call, sent);
    case "users":
      return list(sent).map((one) => userOf(call, one));
    case "labels":
      return [...new Set(list(sent).map(label))];
    case "priority":
      return chosen(call.state.priorities, sent, "Priority", "name").id;
    case "resolution":
      return chosen(call.state.resolutions, sent, "Resolution", "name").id;
    case "components":
      return list(sent).map((one) => chosen(project.components, one, "Component", "name").id);
    case "versions":
      return list(sent).map((one) => chosen(project.versions, one, "Version", "name").id);
    case "sprint": {
      const sprint = call.state.sprints.find(({ id }) => Number(id) === sent);
      if (typeof sent !== "number") throw new Unfit("Number value expected as the Sprint id.");
      if (!sprint || sprint.state === "closed") throw new Unfit("Sprint does not exist or is completed.");
      return [sprint.id];
    }
    case "parent":
      return parentOf(call, sent, project);
    case "plugin":
      throw new Unfit("data was not an object");
    case "project":
    case "issuetype":
      return undefined;
  }
}

function parentOf(call: Call, sent: unknown, project: Project): string {
  const { id, key } = z.object({ id: z.string().optional(), key: z.string().optional() }).safeParse(sent).data ?? {};
  const wanted = key?.toUpperCase();
  const parent = call.state.issues.find((one) => (id === undefined ? one.key === wanted : one.id === id));
  if (!parent) throw new Unfit("Could not find issue by id or key.");
  if (parent.projectId !== project.id) throw new Unfit("Given parent issue does not belong to the same project.");
  return parent.id;
}

/** The project that a request means, by `{id}` or `{key}`. */
export function sentProject(call: Call, sent: unknown): Project {
  const { id, key } = z.object({ id: z.string().optional(), key: z.string().optional() }).safeParse(sent).data ?? {};
  try {
    return projectOf(call, id ?? key ?? "");
  } catch (error) {
    if (error instanceof Refusal) throw new Unfit(call.face.words.noProject);
    throw error;
  }
}
