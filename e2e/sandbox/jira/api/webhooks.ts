import { z } from "zod";
import { json } from "../../front";
import { type Call, newId, pageBean, type Routes } from "../call";
import { readBody } from "../issues/create";
import { parseJql, type Where } from "../jql/parse";
import type { Hook } from "../model";
import { Refusal } from "../refusal";

const lifeMs = 30 * 86_400_000;
/** For one app and user of a site. */
const mostHooks = 5;

const events = z.enum([
  "jira:issue_created",
  "jira:issue_updated",
  "jira:issue_deleted",
  "comment_created",
  "comment_updated",
  "comment_deleted",
  "issue_property_set",
  "issue_property_deleted",
]);
const registration = z.object({
  url: z.string(),
  webhooks: z.array(z.object({ events: z.array(events), jqlFilter: z.string() })),
});
const ids = z.object({ webhookIds: z.array(z.number()) });

function mustBeApp(call: Call): string {
  if (call.grant?.isApp && call.account) return call.account.accountId;
  throw new Refusal(403, ["The caller is not an app. Only Connect and OAuth 2.0 apps can use this operation."]);
}

const filterFields = ["issuekey", "project", "issuetype", "status", "assignee", "reporter", "issue.property", "cf"];
const filterOperators = ["=", "!=", "in", "not in"];

/** Only so much of JQL can filter events; answers what cannot. */
function objection(jql: string): string | null {
  const check = (where: Where): string | null => {
    if ("and" in where || "or" in where) {
      const parts = "and" in where ? where.and : where.or;
      return parts.map(check).find((found) => found !== null) ?? null;
    }
    if ("not" in where) return check(where.not);
    if (!filterFields.includes(where.field)) return `The clause ${where.field} is unsupported`;
    return filterOperators.includes(where.operator) ? null : `The operator ${where.operator} is unsupported`;
  };
  try {
    const { where } = parseJql(jql);
    return where ? check(where) : null;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

const own = (call: Call, ownerId: string) =>
  call.state.hooks.filter((hook) => hook.kind === "dynamic" && hook.ownerId === ownerId && !isOver(hook));
const isOver = ({ expiresMs }: Hook) => expiresMs !== null && expiresMs < Date.now();

/** Webhooks of an app: they end after 30 days unless they are refreshed. */
export const dynamicWebhooks: Routes = {
  "POST /webhook": (call) => {
    const ownerId = mustBeApp(call);
    const { url, webhooks } = readBody(registration, call.body);
    if (!URL.canParse(url)) throw new Refusal(400, ["The URL is not valid."]);
    const results = webhooks.map(({ events: names, jqlFilter }) => {
      const refused = objection(jqlFilter);
      if (refused) return { errors: [refused] };
      if (own(call, ownerId).length >= mostHooks) {
        return { errors: [`The maximum number of webhooks (${mostHooks}) for this app and user has been reached.`] };
      }
      const hook: Hook = {
        ...{ id: Number(newId(call)), kind: "dynamic", name: "", url, secret: null, events: names, jql: jqlFilter },
        ...{ enabled: true, ownerId, expiresMs: Date.now() + lifeMs },
      };
      call.state.hooks.push(hook);
      return { createdWebhookId: hook.id };
    });
    return json({ webhookRegistrationResult: results });
  },
  "GET /webhook": (call) =>
    json(
      pageBean(call, own(call, mustBeApp(call)), 100, 100, ({ id, url, events: names, jql, expiresMs }) => ({
        ...{ id, url, events: names, jqlFilter: jql },
        ...(expiresMs !== null && { expirationDate: expiresMs }),
      })),
    ),
  "DELETE /webhook": (call) => {
    const mine = own(call, mustBeApp(call));
    const { webhookIds } = readBody(ids, call.body);
    call.state.hooks = call.state.hooks.filter((hook) => !(mine.includes(hook) && webhookIds.includes(hook.id)));
    return { ...json(null, 202), body: "" };
  },
  "PUT /webhook/refresh": (call) => {
    const mine = own(call, mustBeApp(call));
    const { webhookIds } = readBody(ids, call.body);
    const expiresMs = Date.now() + lifeMs;
    for (const hook of mine) if (webhookIds.includes(hook.id)) hook.expiresMs = expiresMs;
    return json({ expirationDate: expiresMs });
  },
  "GET /webhook/failed": (call) => {
    mustBeApp(call);
    const values = call.state.failedDeliveries.map(({ id, body, url, failureMs }) => ({
      ...{ id, body, url, failureTime: failureMs },
    }));
    return json({ maxResults: 100, values });
  },
};
