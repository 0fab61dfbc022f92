import type { z } from "zod";
import { isKind } from "@/lib/errors";
import { doneOnly } from "@/lib/trackers/read-answer";
import type { OpenTracker, ProjectRef, RemoteWebhook } from "@/lib/trackers/tracker";
import type { Client } from "./client";
import { toWebhook } from "./map";
import { events, secretHeader } from "./webhook";
import { wireSubscription, wireSubscriptions } from "./wire";

type Subscription = z.output<typeof wireSubscription>;

/** Service hooks: each event is a subscription of its own, so that one registration is several. */
export function hooks(client: Client) {
  const query = { publisherId: "tfs", consumerId: "webHooks" };

  async function subscriptionsOf({ remoteId }: ProjectRef): Promise<Subscription[]> {
    const { data } = await client.call("subscriptions", wireSubscriptions, { query });
    return data.value
      .filter(
        ({ eventType, publisherInputs }) => events.includes(eventType ?? "") && publisherInputs?.projectId === remoteId,
      )
      .sort((a, b) => events.indexOf(a.eventType ?? "") - events.indexOf(b.eventType ?? ""));
  }
  const urlOf = ({ consumerInputs }: Subscription) => consumerInputs?.url ?? "";

  const remove = async (subscriptionId: string) => {
    await client.call("subscriptions", doneOnly, { method: "DELETE", route: { subscriptionId } });
  };

  async function subscribe(project: ProjectRef, eventType: string, url: string, secret: string): Promise<Subscription> {
    const body = {
      publisherId: "tfs",
      eventType,
      resourceVersion: "1.0",
      consumerId: "webHooks",
      consumerActionId: "httpRequest",
      publisherInputs: { projectId: project.remoteId },
      consumerInputs: {
        url,
        httpHeaders: `${secretHeader}: ${secret}`,
        // A password over plain HTTP is refused.
        ...(url.startsWith("https:") && { basicAuthUsername: "faultline", basicAuthPassword: secret }),
        resourceDetailsToSend: "all",
        messagesToSend: "none",
        detailedMessagesToSend: "none",
      },
    };
    return (await client.call("subscriptions", wireSubscription, { method: "POST", body })).data;
  }

  return {
    /** What is there for the same address goes first: its secret is another one, and nobody can read it. */
    async registerWebhook({ project, url, secret }) {
      for (const old of await subscriptionsOf(project)) if (urlOf(old) === url) await remove(old.id);
      const made: Subscription[] = [];
      for (const event of events) made.push(await subscribe(project, event, url, secret));
      return toWebhook(url, made);
    },

    async listWebhooks({ project }) {
      const all = await subscriptionsOf(project);
      const urls = [...new Set(all.map(urlOf))];
      return urls.map((url): RemoteWebhook => {
        const ofUrl = all.filter((one) => urlOf(one) === url);
        return toWebhook(url, ofUrl);
      });
    },

    async removeWebhook({ remoteId }) {
      let gone: unknown;
      let removed = 0;
      for (const id of remoteId.split(",")) {
        // Of several subscriptions somebody may have deleted one.
        await remove(id).then(
          () => removed++,
          (error: unknown) => {
            if (!isKind(error, "tracker_not_found")) throw error;
            gone = error;
          },
        );
      }
      if (removed === 0) throw gone;
    },
  } satisfies Pick<OpenTracker, "registerWebhook" | "listWebhooks" | "removeWebhook">;
}
