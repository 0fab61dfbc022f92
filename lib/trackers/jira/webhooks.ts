import { z } from "zod";
import { OutboundError } from "@/lib/http/outcome";
import type { OpenTracker, ProjectRef, RemoteWebhook } from "@/lib/trackers/tracker";
import { projectIdOf } from "./address";
import { done, read } from "./client";
import type { Context } from "./edition";

const id = z.union([z.string(), z.number().transform(String)]);
const events = [
  ...["jira:issue_created", "jira:issue_updated", "jira:issue_deleted"],
  ...["comment_created", "comment_updated", "comment_deleted"],
];
const filterOf = (project: ProjectRef) => `project = ${projectIdOf(project.remoteId)}`;
const nameOf = (project: ProjectRef) => `Faultline ${projectIdOf(project.remoteId)}`;

/** `self` ends in the id where nothing else says it. */
const wireHook = z.object({
  id: id.optional(),
  self: z.string().optional(),
  name: z.string().default(""),
  url: z.string(),
  enabled: z.boolean().optional(),
  active: z.boolean().optional(),
});

type Methods = Required<Pick<OpenTracker, "registerWebhook" | "listWebhooks" | "renewWebhook" | "removeWebhook">>;

/** Webhooks that an administrator of Jira may register: one for each project; they do not expire. */
export function adminWebhooks({ client }: Context, generation: "classic" | "newer"): Methods {
  const at = generation === "newer" ? "/rest/jira-webhook/1.0/webhooks" : "/rest/webhooks/1.0/webhook";
  const send = async (method: string, path = "", data?: unknown) =>
    (await client()).sendRequest<unknown>({ url: `${at}${path}`, method, data }, undefined as never); // no callback
  const list = async (project: ProjectRef) =>
    (await read(z.array(wireHook), send("GET"))).data.filter(({ name }) => name === nameOf(project)).map(toWebhook);

  return {
    async registerWebhook({ project, url, secret }) {
      const filters = { "issue-related-events-section": filterOf(project) };
      // The newer resource, which Atlassian's servers share, keeps the secret among its configuration.
      const signed = generation === "newer" ? { configuration: { secret }, active: true } : { secret };
      const hook = { name: nameOf(project), url, events, filters, excludeBody: false, ...signed };
      return toWebhook((await read(wireHook, send("POST", "", hook))).data);
    },
    listWebhooks: ({ project }) => list(project),
    async renewWebhook({ project, remoteId }) {
      const found = (await list(project)).find((hook) => hook.remoteId === remoteId);
      return found ?? absent();
    },
    async removeWebhook({ remoteId }) {
      await done(send("DELETE", `/${projectIdOf(remoteId)}`));
    },
  };
}

function toWebhook({ id, self, url, enabled, active }: z.output<typeof wireHook>): RemoteWebhook {
  const remoteId = id ?? /\/(\d{1,18})\/?$/.exec(self ?? "")?.[1];
  if (remoteId === undefined)
    throw new OutboundError("tracker_unreadable", "Jira did not name the webhook.", { outcome: "unknown" });
  return { remoteId, url, isActive: enabled ?? active ?? true, expiresAt: null };
}

function absent(): never {
  throw new OutboundError("tracker_not_found", "Jira no longer has this webhook.", { outcome: "refused" });
}

const moment = z.union([z.number(), z.string()]).transform((value) => new Date(value));
const wireRegistered = z.object({
  webhookRegistrationResult: z.tuple([
    z.object({ createdWebhookId: id.optional(), errors: z.array(z.string()).nullish() }),
  ]),
});
const wireDynamic = z.object({
  values: z.array(
    z.object({ id, jqlFilter: z.string(), url: z.string().default(""), expirationDate: moment.optional() }),
  ),
});
const lifeMs = 30 * 24 * 3_600_000;

/** Webhooks of an OAuth app: they end after 30 days unless they are renewed. */
export function dynamicWebhooks({ client }: Context): Methods {
  const list = async (project: ProjectRef) => {
    const { webhooks } = await client();
    const { data } = await read(wireDynamic, webhooks.getDynamicWebhooksForApp({ maxResults: 100 }));
    return data.values
      .filter(({ jqlFilter }) => jqlFilter === filterOf(project))
      .map(({ id, url, expirationDate }) => ({ remoteId: id, url, isActive: true, expiresAt: expirationDate ?? null }));
  };

  return {
    async registerWebhook({ project, url }) {
      const { webhooks } = await client();
      const call = webhooks.registerDynamicWebhooks({ url, webhooks: [{ events, jqlFilter: filterOf(project) }] });
      const [{ createdWebhookId, errors }] = (await read(wireRegistered, call)).data.webhookRegistrationResult;
      if (createdWebhookId === undefined) {
        const said = errors?.length ? ` Jira says: “${errors.join(" ").slice(0, 300)}”.` : "";
        throw new OutboundError("tracker_refused", `Jira did not register the webhook.${said}`, { outcome: "refused" });
      }
      return { remoteId: createdWebhookId, url, isActive: true, expiresAt: new Date(Date.now() + lifeMs) };
    },
    listWebhooks: ({ project }) => list(project),
    async renewWebhook({ project, remoteId }) {
      const { webhooks } = await client();
      const call = webhooks.refreshWebhooks({ webhookIds: [Number(remoteId)] });
      const { expirationDate } = (await read(z.object({ expirationDate: moment }), call)).data;
      const found = (await list(project)).find((hook) => hook.remoteId === remoteId);
      return found ? { ...found, expiresAt: expirationDate } : absent();
    },
    async removeWebhook({ remoteId }) {
      const { webhooks } = await client();
      await done(webhooks.deleteWebhookById({ webhookIds: [Number(remoteId)] }));
    },
  };
}
