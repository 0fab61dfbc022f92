import { z } from "zod";
import { json } from "../../front";
import { type Call, newId, type Routes } from "../call";
import { readBody } from "../issues/create";
import type { Hook } from "../model";
import { isAdmin } from "../permissions";
import { Refusal } from "../refusal";

const input = z.object({
  name: z.string().min(1),
  url: z.url(),
  events: z.array(z.string()).default([]),
  filters: z.record(z.string(), z.string()).default({}),
  enabled: z.boolean().default(true),
  secret: z.string().optional(),
  /** Where the newer resource of Data Center has filter and secret. */
  configuration: z.record(z.string(), z.string()).default({}),
  active: z.boolean().optional(),
});

const section = "issue-related-events-section";

function mustBeAdmin(call: Call): string {
  if (!call.account) throw new Refusal(401, ["You are not authenticated."]);
  if (!isAdmin(call.account)) throw new Refusal(403, ["You do not have permission to manage webhooks."]);
  return call.account.accountId;
}

function hookIn(call: Call): Hook {
  mustBeAdmin(call);
  const hook = call.state.hooks.find(({ id, kind }) => kind === "admin" && id === Number(call.params.id));
  if (!hook) throw new Refusal(404, [`Webhook with id ${call.params.id} does not exist.`]);
  return hook;
}

function written(call: Call, id: number, ownerId: string): Hook {
  const { name, url, events, filters, secret, configuration, enabled, active } = readBody(input, call.body);
  const ownSecret = secret ?? configuration.SECRET ?? configuration.secret ?? null;
  return {
    ...{ id, kind: "admin", name, url, events, ownerId, expiresMs: null, secret: ownSecret },
    jql: filters[section] ?? configuration.FILTERS ?? "",
    enabled: active ?? enabled,
  };
}

/** Webhooks of an administrator, at the resource of that path; they last, and are signed where they have a secret. */
const resource = (path: string, toJson: (call: Call, hook: Hook) => unknown): Routes => ({
  [`GET ${path}`]: (call) => {
    mustBeAdmin(call);
    return json(call.state.hooks.filter(({ kind }) => kind === "admin").map((hook) => toJson(call, hook)));
  },
  [`POST ${path}`]: (call) => {
    const hook = written(call, Number(newId(call)), mustBeAdmin(call));
    call.state.hooks.push(hook);
    return json(toJson(call, hook), 201);
  },
  [`GET ${path}/:id`]: (call) => json(toJson(call, hookIn(call))),
  [`PUT ${path}/:id`]: (call) => {
    const before = hookIn(call);
    const after = written(call, before.id, before.ownerId);
    call.state.hooks = call.state.hooks.map((hook) => (hook === before ? after : hook));
    return json(toJson(call, after));
  },
  [`DELETE ${path}/:id`]: (call) => {
    const gone = hookIn(call);
    call.state.hooks = call.state.hooks.filter((hook) => hook !== gone);
    return json(null, 204);
  },
});

const classic = "/rest/webhooks/1.0/webhook";
const newer = "/rest/jira-webhook/1.0/webhooks";

/** The secret is never shown again, only that there is one. */
export const adminWebhooks: Routes = resource(classic, (call, { id, name, url, events, jql, enabled, secret }) => ({
  ...{ name, url, events, enabled, excludeBody: false, isSigned: secret !== null },
  filters: { [section]: jql },
  self: `${call.baseUrl}${classic}/${id}`,
  lastUpdatedDisplayName: "Site administrator",
}));

export const newerWebhooks: Routes = resource(newer, (_, { id, name, url, events, jql, enabled }) => ({
  ...{ id, name, url, events, active: enabled },
  configuration: { FILTERS: jql, EXCLUDE_BODY: "false" },
}));
