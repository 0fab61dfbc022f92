import { type Call, projectById } from "../call";
import { jqlTime } from "../dates";
import type { Issue } from "../model";
import { may } from "../permissions";
import { Refusal } from "../refusal";
import type { Operand } from "./parse";

export const invalid = (message: string) => new Refusal(400, [message]);

const titleOf = (_: Call, issue: Issue) => String(issue.values.summary ?? "");
const descriptionOf = (call: Call, issue: Issue) => call.face.plainText(issue.values.description);
const commentsOf = (call: Call, issue: Issue) => issue.comments.map(({ body }) => call.face.plainText(body)).join("\n");
/** Searched by words. */
export const textFields: Record<string, (call: Call, issue: Issue) => string> = {
  summary: titleOf,
  description: descriptionOf,
  comment: commentsOf,
  text: (call, issue) => [titleOf, descriptionOf, commentsOf].map((read) => read(call, issue)).join("\n"),
};

const created = (issue: Issue) => issue.createdMs;
const updated = (issue: Issue) => issue.updatedMs;
/** Compared as moments. */
export const dateFields: Record<string, (issue: Issue) => number | null> = {
  created,
  createddate: created,
  updated,
  updateddate: updated,
  resolved: (issue) => issue.resolvedMs,
  resolutiondate: (issue) => issue.resolvedMs,
};

export function timeOf(call: Call, field: string, operand: Operand): number | null {
  if (operand.isEmpty) return null;
  const zone = call.account?.timeZone ?? "Etc/UTC";
  if (operand.isFunction) {
    if (operand.text === "now") return Date.now();
    const day = Math.floor(Date.now() / 86_400_000) * 86_400_000;
    if (operand.text === "startofday") return day;
    throw invalid(`Unable to find JQL function '${operand.text}()'.`);
  }
  // A number without a unit is a moment in milliseconds since 1970.
  if (/^\d{6,}$/.test(operand.text)) return Number(operand.text);
  const time = jqlTime(operand.text, zone, Date.now());
  if (time !== null) return time;
  throw invalid(
    `Date value '${operand.text}' for field '${field}' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
  );
}

export type ValueField = { of(issue: Issue): string[]; read(call: Call, operand: Operand): string };

const one = (value: unknown) => (value === undefined || value === null ? [] : [String(value)]);
const noValue = (field: string, text: string) =>
  invalid(`The value '${text}' does not exist for the field '${field}'.`);

/** A field whose values have ids and names. */
const named = (
  field: string,
  all: (call: Call) => readonly { id: string; name: string; key?: string }[],
  of: ValueField["of"],
): ValueField => ({
  of,
  read(call, { text }) {
    const wanted = text.toLowerCase();
    const found = all(call).find(
      ({ id, name, key }) => id === text || name.toLowerCase() === wanted || key?.toLowerCase() === wanted,
    );
    if (!found) throw noValue(field, text);
    return found.id;
  },
});

const user = (field: string, of: ValueField["of"]): ValueField => ({
  of,
  read(call, { text, isFunction }) {
    if (isFunction) {
      if (text === "currentuser") return call.account?.accountId ?? "";
      throw invalid(`Unable to find JQL function '${text}()'.`);
    }
    const found = call.state.accounts.find(({ accountId, name, key }) =>
      (call.face.isCloud ? [accountId] : [name, key]).includes(text),
    );
    if (!found) throw noValue(field, text);
    return found.accountId;
  },
});

const issueKey: ValueField = {
  of: ({ id }) => [id],
  read(call, { text }) {
    const wanted = text.toUpperCase();
    const found = call.state.issues.find(
      ({ id, key, oldKeys }) => id === text || key === wanted || oldKeys.includes(wanted),
    );
    if (found && may(call.account, projectById(call, found.projectId), "BROWSE_PROJECTS")) return found.id;
    const what = /^\d+$/.test(text) ? `A value with ID '${text}'` : `An issue with key '${text}'`;
    throw invalid(`${what} does not exist for field 'key'.`);
  },
};

const visible = (call: Call) => call.state.projects.filter((project) => may(call.account, project, "BROWSE_PROJECTS"));
const types = named(
  "issuetype",
  ({ state }) => state.types,
  ({ typeId }) => [typeId],
);
const labels: ValueField = {
  of: ({ values }) => (Array.isArray(values.labels) ? values.labels.map(String) : []),
  read: (_, { text }) => text,
};

/** Compared by ids. */
export const valueFields: Record<string, ValueField> = {
  project: named("project", visible, ({ projectId }) => [projectId]),
  key: issueKey,
  id: issueKey,
  issue: issueKey,
  issuekey: issueKey,
  issuetype: types,
  type: types,
  status: named(
    "status",
    ({ state }) => state.statuses,
    ({ statusId }) => [statusId],
  ),
  priority: named(
    "priority",
    ({ state }) => state.priorities,
    ({ values }) => one(values.priority),
  ),
  resolution: named(
    "resolution",
    ({ state }) => state.resolutions,
    ({ values }) => one(values.resolution),
  ),
  reporter: user("reporter", ({ values }) => one(values.reporter)),
  creator: user("creator", ({ creatorId }) => [creatorId]),
  assignee: user("assignee", ({ values }) => one(values.assignee)),
  parent: { of: ({ values }) => one(values.parent), read: issueKey.read },
  labels,
};

const categoryNames: Record<string, string> = {
  "to do": "new",
  "in progress": "indeterminate",
  "no category": "undefined",
};

export const statusCategory = (call: Call): ValueField => ({
  of: (issue) => one(call.state.statuses.find(({ id }) => id === issue.statusId)?.category),
  read(_, { text }) {
    const wanted = categoryNames[text.toLowerCase()] ?? text.toLowerCase();
    if (!["undefined", "new", "indeterminate", "done"].includes(wanted)) throw noValue("statusCategory", text);
    return wanted;
  },
});
