import { createHash } from "node:crypto";
import { z } from "zod";
import { isSameSecret, jsonOf } from "@/lib/trackers/proofs";
import type { RawDelivery, WebhookHint, WebhookProof } from "@/lib/trackers/webhook";

/** Azure DevOps signs nothing: it sends what it was given, as a header of its own or as a password. */
export const secretHeader = "x-faultline-secret";

const id = z.union([z.string(), z.number()]).nullish();
const positive = z.number().int().positive().optional().catch(undefined);
const delivery = z.object({
  id: z.string().min(1),
  eventType: z.string(),
  createdDate: z.string().nullish().catch(null),
  resource: z
    .object({
      id: positive,
      workItemId: positive,
      revision: z.object({ id: positive }).nullish().catch(null),
      revisedBy: z.object({ id }).nullish().catch(null),
      commentVersionRef: z.object({ commentId: positive }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
  resourceContainers: z
    .object({ project: z.object({ id: z.string() }).nullish().catch(null) })
    .nullish()
    .catch(null),
});

const kinds = new Map<string, WebhookHint["kind"]>([
  ["workitem.created", "issue_changed"],
  ["workitem.updated", "issue_changed"],
  ["workitem.restored", "issue_changed"],
  ["workitem.deleted", "issue_deleted"],
  ["workitem.commented", "comment_changed"],
]);

/** The events that a registration subscribes to. */
export const events = [...kinds.keys()];

export const webhook = {
  verify({ headers }, secret) {
    if (secret === "") return false;
    const password = /^basic\s+(\S+)$/i.exec(headers.authorization ?? "")?.[1];
    const inBasic = password ? Buffer.from(password, "base64").toString("utf8").split(":").slice(1).join(":") : "";
    const isInHeader = isSameSecret(headers[secretHeader] ?? "", secret);
    return isSameSecret(inBasic, secret) || isInHeader;
  },

  // An attempt to deliver again carries the id of the event.
  deliveryId({ body }) {
    return read(body)?.id ?? createHash("sha256").update(body).digest("hex");
  },

  parse({ body }) {
    const event = read(body);
    if (!event) return null;
    const { resource } = event;
    // An update is a resource of its own: its id is not the work item's.
    const isUpdate = event.eventType === "workitem.updated";
    const item = isUpdate ? (resource?.workItemId ?? resource?.revision?.id) : resource?.id;
    const at = new Date(event.createdDate ?? Number.NaN);
    const actor = resource?.revisedBy?.id;
    const comment = resource?.commentVersionRef?.commentId;
    return {
      event: event.eventType,
      kind: item === undefined ? "ignored" : (kinds.get(event.eventType) ?? "ignored"),
      issue:
        item === undefined
          ? null
          : {
              projectRemoteId: event.resourceContainers?.project?.id ?? null,
              ref: String(item),
              remoteId: String(item),
            },
      commentRemoteId: comment === undefined ? null : String(comment),
      actorRemoteId: actor === null || actor === undefined ? null : String(actor),
      at: Number.isNaN(at.getTime()) ? null : at,
    };
  },
} satisfies WebhookProof;

const read = (body: RawDelivery["body"]) => delivery.safeParse(jsonOf(body)).data ?? null;
