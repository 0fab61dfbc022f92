import { createHash, createHmac } from "node:crypto";
import { z } from "zod";
import { isSameSecret, jsonOf } from "@/lib/trackers/proofs";
import type { RawDelivery, WebhookHint, WebhookProof } from "@/lib/trackers/webhook";

// https://www.standardwebhooks.com: older ones may be somebody's recording.
const toleranceMs = 5 * 60_000;
// A signing secret says what it is, and never travels.
const signing = /^whsec_/;

/** https://docs.gitlab.com/user/project/integrations/webhooks/: a token in plain text, or since 19 a signature. */
export const webhook = {
  verify(delivery, secret) {
    if (secret.trim() === "") return false;
    if (isSigned(delivery, secret)) return true;
    return !signing.test(secret) && isSameSecret(delivery.headers["x-gitlab-token"] ?? "", secret);
  },

  deliveryId({ headers, body }) {
    const id = headers["idempotency-key"] ?? headers["webhook-id"] ?? "";
    if (/^[\w.:-]{8,200}$/.test(id)) return id;
    // Older instances: the event's id is shared by what hooks set off in turn, the body is not.
    return createHash("sha256")
      .update(headers["x-gitlab-event-uuid"] ?? "")
      .update(body)
      .digest("hex");
  },

  parse(delivery) {
    const parsed = payload.safeParse(jsonOf(delivery.body));
    return parsed.success ? toHint(parsed.data, delivery.headers["x-gitlab-event"]) : null;
  },
} satisfies WebhookProof;

function isSigned({ headers, body }: RawDelivery, secret: string): boolean {
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures } = headers;
  if (!id || !signatures || !/^\d{1,12}$/.test(timestamp ?? "")) return false;
  if (Math.abs(Date.now() - Number(timestamp) * 1_000) > toleranceMs) return false;
  const key = signing.test(secret) ? Buffer.from(secret.replace(signing, ""), "base64") : Buffer.from(secret);
  if (key.length === 0) return false;
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64");
  // Several while a key is being changed.
  return signatures
    .slice(0, 2_000)
    .split(" ")
    .some((one) => one.startsWith("v1,") && isSameSecret(one.slice(3), expected));
}

const id = z.number().int().positive();
const payload = z.object({
  object_kind: z.string().max(60),
  user: z.object({ id: id.optional() }).optional(),
  project: z.object({ id: id.optional() }).optional(),
  object_attributes: z
    .object({
      id: id.optional(),
      iid: id.optional(),
      project_id: id.nullish(),
      updated_at: z.string().nullish(),
      noteable_type: z.string().nullish(),
      system: z.boolean().nullish(),
    })
    .optional(),
  issue: z.object({ id, iid: id, project_id: id.nullish() }).optional(),
});
type Payload = z.output<typeof payload>;

const asText = (number: number | null | undefined) => (number ? String(number) : null);

function toHint({ object_kind, user, project, object_attributes: it, issue }: Payload, header?: string): WebhookHint {
  const updatedAt = Date.parse(it?.updated_at ?? "");
  const hint = {
    event: (header ?? object_kind).slice(0, 60),
    commentRemoteId: null,
    actorRemoteId: asText(user?.id),
    at: Number.isNaN(updatedAt) ? null : new Date(updatedAt),
  };
  const projectRemoteId = asText(it?.project_id ?? issue?.project_id ?? project?.id);

  // Tasks and what else GitLab has made of issues come as work items.
  if ((object_kind === "issue" || object_kind === "work_item") && it?.id && it.iid) {
    return { ...hint, kind: "issue_changed", issue: { projectRemoteId, ref: String(it.iid), remoteId: String(it.id) } };
  }
  const isOfIssue = it?.noteable_type === "Issue" || it?.noteable_type === "WorkItem";
  if (object_kind === "note" && isOfIssue && issue && !it.system) {
    const of = { projectRemoteId, ref: String(issue.iid), remoteId: String(issue.id) };
    return { ...hint, kind: "comment_changed", issue: of, commentRemoteId: asText(it.id) };
  }
  return { ...hint, kind: "ignored", issue: null };
}
