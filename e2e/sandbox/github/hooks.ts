import { createHmac, randomUUID } from "node:crypto";
import type { Delivery, Hook, State } from "./state";

/** Sends what happened to every hook that wants it, signed as GitHub signs. */
export function dispatch(state: State, repoId: number, event: string, action: string | null, payload: object): void {
  for (const hook of state.hooks) {
    if (hook.repoId !== repoId || !hook.active) continue;
    if (event !== "ping" && !hook.events.includes(event) && !hook.events.includes("*")) continue;
    const delivery: Delivery = {
      id: state.nextId++,
      hookId: hook.id,
      guid: randomUUID(),
      event,
      action,
      body: JSON.stringify(action === null ? payload : { action, ...payload }),
      delivered_at: new Date().toISOString(),
      redelivery: false,
      statusCode: 0,
    };
    state.deliveries.push(delivery);
    void send(hook, delivery);
  }
}

/** The same delivery once more: the id of the event stays. */
export function redeliver(state: State, hook: Hook, first: Delivery): void {
  const again = {
    ...first,
    id: state.nextId++,
    delivered_at: new Date().toISOString(),
    redelivery: true,
    statusCode: 0,
  };
  state.deliveries.push(again);
  void send(hook, again);
}

async function send({ id, url, secret }: Hook, delivery: Delivery): Promise<void> {
  const { guid, event, body } = delivery;
  const sign = (algorithm: string) =>
    createHmac(algorithm, secret ?? "")
      .update(body)
      .digest("hex");
  const answer = await fetch(url, {
    method: "POST",
    redirect: "manual",
    signal: AbortSignal.timeout(10_000),
    headers: {
      "content-type": "application/json",
      "user-agent": "GitHub-Hookshot/5ca1ab1",
      "x-github-delivery": guid,
      "x-github-event": event,
      "x-github-hook-id": String(id),
      "x-github-hook-installation-target-type": "repository",
      ...(secret && { "x-hub-signature": `sha1=${sign("sha1")}`, "x-hub-signature-256": `sha256=${sign("sha256")}` }),
    },
    body,
  }).catch(() => null);
  delivery.statusCode = answer?.status ?? 0;
}
