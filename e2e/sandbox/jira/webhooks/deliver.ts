import { createHmac, randomUUID } from "node:crypto";
import type { World } from "../call";
import { fits } from "../jql/run";
import type { Account, ChangeItem, Comment, Hook, Issue } from "../model";
import { payloadOf, webhookCall } from "./payload";

/** Something that webhooks tell of. */
export type Happening = {
  event:
    | "jira:issue_created"
    | "jira:issue_updated"
    | "jira:issue_deleted"
    | "comment_created"
    | "comment_updated"
    | "comment_deleted";
  /** What Jira calls the kind of an issue's change: issue_generic, issue_assigned. */
  type?: string;
  issue: Issue;
  actor: Account;
  comment?: Comment;
  items?: ChangeItem[];
};

/** One delivery, as it went out and what came back. */
export type Delivery = {
  id: string;
  hookId: number;
  event: string;
  url: string;
  body: string;
  attempts: number;
  status: number | null;
};

const mostAttempts = 5;
const isWorthRetrying = (status: number | null) =>
  status === null || status >= 500 || [408, 409, 425, 429].includes(status);

/** Sends what happened to whoever registered for it. */
export class Deliverer {
  readonly deliveries: Delivery[] = [];
  private held: (() => Promise<void>)[] | null = null;
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly world: () => World,
    /** Signs what an app's own webhooks carry. */
    private readonly clientSecret: string,
    private readonly retryMs: number,
  ) {}

  tell(happening: Happening): void {
    const world = this.world();
    const call = webhookCall(world);
    for (const hook of world.state.hooks) {
      if (!hook.enabled || !hook.events.includes(happening.event)) continue;
      if (hook.expiresMs !== null && hook.expiresMs < Date.now()) continue;
      if (hook.jql && !fits(call, hook.jql)(happening.issue)) continue;
      // What is true now, not when it is sent.
      this.enqueue(hook, happening.event, JSON.stringify(payloadOf(world, hook, happening)));
    }
  }

  /** Keeps deliveries back; `release` sends them in another order, or twice. */
  hold(): void {
    this.held ??= [];
  }

  release(how: "in order" | "reversed" | "doubled"): void {
    const waiting = this.held ?? [];
    this.held = null;
    const order = how === "reversed" ? waiting.toReversed() : how === "doubled" ? [...waiting, ...waiting] : waiting;
    for (const send of order) this.run(send);
  }

  /** Until everything that was under way has been answered. */
  async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  clear(): void {
    this.deliveries.length = 0;
    this.held = null;
  }

  private enqueue(hook: Hook, event: string, body: string): void {
    const delivery: Delivery = {
      ...{ id: randomUUID(), hookId: hook.id, event, url: hook.url, body, attempts: 0, status: null },
    };
    this.deliveries.push(delivery);
    const send = () => this.attempt(hook, delivery);
    if (this.held) this.held.push(send);
    else this.run(send);
  }

  private run(send: () => Promise<void>): void {
    const running = send().finally(() => this.running.delete(running));
    this.running.add(running);
  }

  private async attempt(hook: Hook, delivery: Delivery): Promise<void> {
    for (let retry = 0; retry < mostAttempts; retry++) {
      delivery.attempts += 1;
      const headers = this.headersOf(hook, delivery, retry);
      delivery.status = await fetch(delivery.url, { method: "POST", headers, body: delivery.body, redirect: "manual" })
        .then(async (answer) => {
          await answer.arrayBuffer();
          return answer.status;
        })
        .catch(() => null);
      if (!isWorthRetrying(delivery.status)) return;
      await new Promise((resolve) => setTimeout(resolve, this.retryMs));
    }
    const { id, body, url } = delivery;
    this.world().state.failedDeliveries.push({ id, body, url, failureMs: Date.now() });
  }

  private headersOf(hook: Hook, delivery: Delivery, retry: number): Record<string, string> {
    const headers: Record<string, string> = {
      "content-type": "application/json; charset=UTF-8",
      "user-agent": "Atlassian Webhook HTTP Client",
      "x-atlassian-webhook-identifier": delivery.id,
      "x-atlassian-webhook-flow": "Primary",
      ...(retry > 0 && { "x-atlassian-webhook-retry": String(retry) }),
    };
    if (hook.kind === "dynamic") headers.authorization = `Bearer ${this.token()}`;
    else if (hook.secret) {
      const digest = createHmac("sha256", hook.secret).update(delivery.body).digest("hex");
      headers["x-hub-signature"] = `sha256=${digest}`;
    }
    return headers;
  }

  /** A token of the app: HS256 with its client secret, for three minutes. */
  private token(): string {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const now = Math.floor(Date.now() / 1_000);
    const head = `${part({ alg: "HS256", typ: "JWT" })}.${part({ iss: "sandbox-client", iat: now, exp: now + 180 })}`;
    return `${head}.${createHmac("sha256", this.clientSecret).update(head).digest("base64url")}`;
  }
}
