import { randomUUID } from "node:crypto";
import { z } from "zod";
import { Failure } from "./failure";
import type { Account } from "./seed";
import { guidOf, type Item, projectOf, type State, type Subscription } from "./state";
import { wireIdentity } from "./wire-item";
import type { Work } from "./work-items";

const input = z.object({
  publisherId: z.literal("tfs"),
  eventType: z.enum([
    "workitem.created",
    "workitem.updated",
    "workitem.deleted",
    "workitem.restored",
    "workitem.commented",
  ]),
  consumerId: z.literal("webHooks"),
  consumerActionId: z.literal("httpRequest"),
  publisherInputs: z.record(z.string(), z.string()),
  consumerInputs: z.record(z.string(), z.string()),
});

const secrets = ["basicAuthPassword", "httpHeaders"];

/** A subscription as the API shows it: what is secret in it nobody reads again. */
export const wireSubscription = (work: Pick<Work, "state" | "url">, subscription: Subscription) => ({
  id: subscription.id,
  url: `${work.url}/_apis/hooks/subscriptions/${subscription.id}`,
  status: subscription.status,
  publisherId: "tfs",
  eventType: subscription.eventType,
  resourceVersion: "1.0",
  consumerId: "webHooks",
  consumerActionId: "httpRequest",
  createdBy: wireIdentity(work, subscription.by),
  createdDate: subscription.createdDate,
  publisherInputs: subscription.publisherInputs,
  consumerInputs: Object.fromEntries(
    Object.entries(subscription.consumerInputs).map(([name, value]) => [
      name,
      secrets.includes(name) ? "********" : value,
    ]),
  ),
});

export function subscribe(state: State, account: Account, body: unknown): Subscription {
  const parsed = input.safeParse(body);
  const url = parsed.data?.consumerInputs.url ?? "";
  if (!parsed.success || !URL.canParse(url))
    throw new Failure(400, "VS402344: The subscription is not valid.", "SubscriptionInputException");
  if (!account.mayWrite)
    throw new Failure(403, "VS403230: You need the Edit subscriptions permission.", "NoPermissionException");
  const { eventType, publisherInputs, consumerInputs } = parsed.data;
  if (consumerInputs.basicAuthPassword && !url.startsWith("https:"))
    throw new Failure(400, "Basic authentication requires HTTPS.", "SubscriptionInputException");
  const subscription = {
    ...{ id: randomUUID(), eventType, publisherInputs, consumerInputs, status: "enabled", by: account.login },
    createdDate: new Date().toISOString(),
  };
  state.subscriptions.push(subscription);
  return subscription;
}

/** Tells all who subscribed; the sender does not wait for them. */
export function announce(work: Work, eventType: string, before: Item | null, item: Item): void {
  const project = projectOf(work.state, item.project);
  if (!project) return;
  for (const subscription of work.state.subscriptions) {
    const { publisherInputs, eventType: wanted } = subscription;
    if (wanted !== eventType || (publisherInputs.projectId && publisherInputs.projectId !== project.id)) continue;
    const body = {
      subscriptionId: subscription.id,
      notificationId: Math.floor(Math.random() * 1e6),
      id: randomUUID(),
      eventType,
      publisherId: "tfs",
      message: null,
      detailedMessage: null,
      resource: resourceOf(work, eventType, before, item),
      resourceVersion: "1.0",
      resourceContainers: {
        collection: { id: guidOf("collection") },
        account: { id: guidOf("account") },
        project: { id: project.id },
      },
      createdDate: new Date().toISOString(),
    };
    deliver(subscription, JSON.stringify(body));
  }
}

/** Identities are texts here, as the official examples have them. */
function resourceOf(work: Work, eventType: string, before: Item | null, item: Item) {
  const url = `${work.url}/_apis/wit/workItems/${item.id}`;
  const fields = { "System.TeamProject": item.project, "System.WorkItemType": item.type, ...item.fields };
  const whole = { id: item.id, rev: item.rev, fields, _links: { self: { href: url } }, url };
  if (eventType !== "workitem.updated") return whole;
  const names = new Set([...Object.keys(before?.fields ?? {}), ...Object.keys(item.fields)]);
  const changed = [...names].filter(
    (name) => JSON.stringify(before?.fields[name]) !== JSON.stringify(item.fields[name]),
  );
  return {
    id: item.rev,
    workItemId: item.id,
    rev: item.rev,
    revisedBy: wireIdentity(work, work.account.login),
    revisedDate: "9999-01-01T00:00:00Z",
    fields: Object.fromEntries(
      changed.map((name) => [name, { oldValue: before?.fields[name], newValue: item.fields[name] }]),
    ),
    _links: { self: { href: `${url}/updates/${item.rev}` }, parent: { href: url } },
    url: `${url}/updates/${item.rev}`,
    revision: { ...whole, url: `${url}/revisions/${item.rev}` },
  };
}

function deliver({ consumerInputs }: Subscription, body: string): void {
  const { url = "", httpHeaders = "", basicAuthUsername = "", basicAuthPassword } = consumerInputs;
  const headers = new Headers({ "content-type": "application/json; charset=utf-8", "user-agent": "VSServices" });
  for (const line of httpHeaders.split(/\r?\n/)) {
    const [name = "", ...value] = line.split(":");
    if (name.trim()) headers.set(name.trim(), value.join(":").trim());
  }
  if (basicAuthPassword)
    headers.set(
      "authorization",
      `Basic ${Buffer.from(`${basicAuthUsername}:${basicAuthPassword}`).toString("base64")}`,
    );
  fetch(url, { method: "POST", headers, body }).catch(() => undefined);
}
