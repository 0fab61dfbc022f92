import { z } from "zod";
import { accountOf, type Call, newId, projectById } from "../call";
import { addComment, commentInput } from "../comments/add";
import { valueJson } from "../fields/json";
import { editScreen, fieldOf } from "../fields/meta";
import type { ChangeItem, Issue } from "../model";
import { Refusal } from "../refusal";
import { FieldChanges } from "./apply";
import { issueUpdate, readBody } from "./create";

/** What a value is called in a history: names, not ids. */
function wordsOf(call: Call, issue: Issue, fieldId: string, value: unknown): string | null {
  if (value === null || value === undefined) return null;
  const field = fieldOf(call, fieldId);
  const shown = valueJson(call, field, value, projectById(call, issue.projectId));
  if (field.kind === "paragraph") return call.face.plainText(value);
  const name = (one: unknown): string => {
    const named = z
      .object({ name: z.string() })
      .or(z.object({ value: z.string() }))
      .safeParse(one).data;
    if (!named) return typeof one === "object" ? JSON.stringify(one) : String(one);
    return "name" in named ? named.name : named.value;
  };
  if (field.kind === "user") return accountOf(call, value)?.displayName ?? null;
  return Array.isArray(shown) ? shown.map(name).join(field.kind === "labels" ? " " : ", ") : name(shown);
}

const raw = (value: unknown) =>
  value === null || value === undefined ? null : typeof value === "string" ? value : null;

/** Writes values into an issue, with its history; answers what has changed. */
export function applyValues(call: Call, issue: Issue, values: Record<string, unknown>): ChangeItem[] {
  const items = Object.entries(values).flatMap(([fieldId, value]) => {
    const before = issue.values[fieldId];
    if (JSON.stringify(before ?? null) === JSON.stringify(value ?? null)) return [];
    issue.values[fieldId] = value;
    const { name, custom } = fieldOf(call, fieldId);
    return [
      {
        ...{ field: custom ? name : fieldId, fieldId, from: raw(before), to: raw(value) },
        ...{ fromText: wordsOf(call, issue, fieldId, before), toText: wordsOf(call, issue, fieldId, value) },
      },
    ];
  });
  return items;
}

/** Every change has a time of its own, so that "updated" tells which was the last. */
export function touch(issue: Issue): void {
  issue.updatedMs = Math.max(Date.now(), issue.updatedMs + 1);
}

/** Notes a change in the history and tells of it. */
export function record(call: Call, issue: Issue, items: ChangeItem[], type: string): void {
  if (items.length === 0 || !call.account) return;
  touch(issue);
  issue.history.push({ id: newId(call), authorId: call.account.accountId, atMs: issue.updatedMs, items });
  call.tell({ event: "jira:issue_updated", type, issue, actor: call.account, items });
}

/** Splits off what is no field of a screen: `update.comment`. */
export function commentsIn(update: Record<string, Record<string, unknown>[]>) {
  const { comment = [], ...fields } = update;
  return {
    fields,
    comments: comment.flatMap((operation) => (operation.add ? [readBody(commentInput, operation.add)] : [])),
  };
}

export function editIssue(call: Call, issue: Issue, body: unknown): void {
  const { fields, update, properties } = readBody(issueUpdate, body);
  const names = [...Object.keys(fields), ...Object.keys(update)];
  if (names.length === 0 && properties.length === 0) throw new Refusal(400, ["one of 'fields' or 'update' required"]);
  const twice = Object.keys(fields).find((name) => name in update);
  if (twice) throw new Refusal(400, [], { [twice]: "Field cannot be included in both 'fields' and 'update'." });

  const more = commentsIn(update);
  const changes = new FieldChanges(call, projectById(call, issue.projectId), editScreen(call, issue), issue.values);
  for (const [id, value] of Object.entries(fields)) changes.set(id, value);
  for (const [id, operations] of Object.entries(more.fields)) changes.update(id, operations);
  changes.needRequired(names);
  const values = changes.done();

  for (const { key, value } of properties) issue.properties[key] = value;
  const items = applyValues(call, issue, values);
  record(call, issue, items, values.assignee === undefined ? "issue_updated" : "issue_assigned");
  for (const input of more.comments) addComment(call, issue, input);
}
