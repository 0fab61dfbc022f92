import type { Call, World } from "../call";
import { commentJson } from "../comments/json";
import { issueJson } from "../issues/json";
import type { ChangeItem, Hook } from "../model";
import type { Happening } from "./deliver";

/** Webhooks see everything, as an administrator does. */
export function webhookCall(world: World): Call {
  const account = world.state.accounts.find(({ name }) => name === "site-admin") ?? null;
  const url = new URL(world.baseUrl);
  const request = { method: "GET", url, headers: {}, bytes: Buffer.alloc(0), text: "", body: undefined };
  return { ...world, account, grant: null, request, query: new URLSearchParams(), body: undefined, params: {} };
}

/** Fields of the short issue that a comment's event carries; Data Center's carries none. */
const shortFields = ["summary", "issuetype", "project", "assignee", "priority", "status"];

// Texts are strings in webhooks, of Cloud too.
function asStrings(world: World, fields: Record<string, unknown>): Record<string, unknown> {
  const isDocument = (value: unknown) => typeof value === "object" && value !== null && "version" in value;
  return Object.fromEntries(
    Object.entries(fields).map(([id, value]) => [id, isDocument(value) ? world.face.plainText(value) : value]),
  );
}

const changeJson = (world: World, { field, fieldId, from, to, fromText, toText }: ChangeItem) => ({
  field,
  fieldtype: fieldId.startsWith("customfield_") ? "custom" : "jira",
  ...(world.face.isCloud && { fieldId }),
  ...{ from, fromString: fromText, to, toString: toText },
});

export function payloadOf(world: World, hook: Hook, happening: Happening) {
  const { event, type, issue, actor, comment, items } = happening;
  const call = webhookCall(world);
  const head = { timestamp: Date.now(), webhookEvent: event };
  const user = world.face.user(actor, world.baseUrl, actor);
  if (comment) {
    const { fields, ...short } = issueJson(call, issue, { fields: shortFields, properties: [] });
    return {
      ...head,
      comment: { ...commentJson(call, issue, comment), body: world.face.plainText(comment.body) },
      issue: world.face.isCloud ? { ...short, fields } : { id: short.id, self: short.self, key: short.key },
      ...(hook.kind === "dynamic" && { eventType: "primaryAction", matchedWebhookIds: [hook.id] }),
    };
  }
  const full = issueJson(call, issue, { fields: ["*all"], properties: [] });
  return {
    ...head,
    ...(type && { issue_event_type_name: type }),
    user,
    issue: { ...full, fields: asStrings(world, full.fields) },
    ...(items && {
      changelog: { id: issue.history.at(-1)?.id, items: items.map((item) => changeJson(world, item)) },
    }),
    ...(hook.kind === "dynamic" && { matchedWebhookIds: [hook.id] }),
  };
}
