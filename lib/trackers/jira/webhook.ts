import { createHash } from "node:crypto";
import { z } from "zod";
import { isSigned, jsonOf } from "@/lib/trackers/proofs";
import type { WebhookHint, WebhookProof } from "@/lib/trackers/webhook";
import type { Edition } from "./edition";
import { wireUser } from "./wire";

const id = z.union([z.string(), z.number().transform(String)]).transform((text) => text.slice(0, 100));
const user = wireUser.nullish().catch(null);
const wireDelivery = z.object({
  webhookEvent: z.string().max(200),
  issue_event_type_name: z.string().optional().catch(undefined),
  timestamp: z.number().optional().catch(undefined),
  user,
  issue: z
    .object({
      id,
      fields: z
        .object({ project: z.object({ id }).optional().catch(undefined) })
        .nullish()
        .catch(null),
    })
    .nullish(),
  comment: z.object({ id, self: z.string().optional(), author: user, updateAuthor: user }).nullish(),
  changelog: z.object({ id: id.optional() }).nullish().catch(null),
});
type Delivery = z.output<typeof wireDelivery>;

/**
 * How a delivery is checked and read. Cloud and newer Data Centers sign what an admin registered with a secret:
 * https://developer.atlassian.com/cloud/jira/platform/webhooks/
 */
export const webhookProof = (users: Pick<Edition, "userIdOf">): WebhookProof => ({
  verify: (delivery, secret) => isSigned(delivery, "x-hub-signature", secret),

  deliveryId({ headers, body }) {
    const named = headers["x-atlassian-webhook-identifier"];
    if (named) return named.slice(0, 200);
    // Servers that name none: what an event is, each time it is delivered.
    const delivery = readBody(body);
    if (!delivery) return createHash("sha256").update(body).digest("hex");
    const { webhookEvent, timestamp, issue, comment, changelog } = delivery;
    const facts = [webhookEvent, timestamp, issue?.id, comment?.id, changelog?.id];
    return createHash("sha256").update(JSON.stringify(facts)).digest("hex");
  },

  parse({ body }) {
    const delivery = readBody(body);
    if (!delivery) return null;
    const { webhookEvent, comment, timestamp } = delivery;
    const { userIdOf } = users;
    const kind = kindOf(delivery);
    const actor = delivery.user ?? (kind === "comment_changed" ? (comment?.updateAuthor ?? comment?.author) : null);
    const at = timestamp === undefined ? null : new Date(timestamp);
    return {
      event: webhookEvent,
      kind,
      issue: issueOf(delivery),
      commentRemoteId: comment?.id ?? null,
      actorRemoteId: (actor && userIdOf(actor)) ?? null,
      at: at && !Number.isNaN(at.getTime()) ? at : null,
    };
  },
});

const readBody = (body: Uint8Array): Delivery | null => wireDelivery.safeParse(jsonOf(body)).data ?? null;

function kindOf({ webhookEvent, comment, changelog, issue }: Delivery): WebhookHint["kind"] {
  if (webhookEvent === "jira:issue_deleted") return "issue_deleted";
  if (/^comment_(created|updated|deleted)$/.test(webhookEvent)) return "comment_changed";
  if (!/^jira:issue_(created|updated)$/.test(webhookEvent) || !issue) return "ignored";
  // Older servers tell of a comment as of a change of the issue.
  return comment && !changelog ? "comment_changed" : "issue_changed";
}

/** Servers that send a comment alone name its issue in the comment's own address. */
function issueOf({ issue, comment }: Delivery): WebhookHint["issue"] {
  const ref = issue?.id ?? /\/issue\/(\d{1,18})\/comment\//.exec(comment?.self ?? "")?.[1];
  return ref ? { projectRemoteId: issue?.fields?.project?.id ?? null, ref, remoteId: ref } : null;
}
