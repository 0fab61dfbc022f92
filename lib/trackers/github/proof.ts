import { isSigned } from "@/lib/trackers/proofs";
import type { RawDelivery, WebhookHint, WebhookProof } from "@/lib/trackers/webhook";
import { wireDelivery } from "./wire";

/** https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries */
export const webhook = {
  verify: (delivery, secret) => isSigned(delivery, "x-hub-signature-256", secret),
  deliveryId,
  parse,
} satisfies WebhookProof;

/** A redelivery has the id of the first. */
function deliveryId({ headers }: RawDelivery): string {
  return headers["x-github-delivery"] ?? "";
}

function parse(delivery: RawDelivery): WebhookHint | null {
  const event = delivery.headers["x-github-event"] ?? "";
  const { data: told } = wireDelivery.safeParse(jsonOf(delivery));
  if (!told) return null;
  const { action, issue, comment, repository, sender } = told;
  const at = comment?.updated_at ?? issue?.updated_at;
  return {
    event: action ? `${event}.${action}` : event,
    // Pull requests come as issues too.
    kind: issue?.pull_request ? "ignored" : kindOf(event, action, issue !== undefined),
    issue: issue ? { projectRemoteId: repository?.id ?? null, ref: String(issue.number), remoteId: issue.id } : null,
    commentRemoteId: comment?.id ?? null,
    actorRemoteId: sender?.id ?? null,
    at: at ? new Date(at) : null,
  };
}

function kindOf(event: string, action: string | undefined, hasIssue: boolean): WebhookHint["kind"] {
  if (event === "ping") return "ping";
  if (!hasIssue) return "ignored";
  if (event === "issue_comment") return "comment_changed";
  if (event !== "issues") return "ignored";
  // A transferred one is found in its new home when it is read again.
  return action === "deleted" ? "issue_deleted" : "issue_changed";
}

function jsonOf({ headers, body }: RawDelivery): unknown {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
    // A hook that somebody made by hand may send a form.
    const isForm = (headers["content-type"] ?? "").startsWith("application/x-www-form-urlencoded");
    return JSON.parse(isForm ? (new URLSearchParams(text).get("payload") ?? "") : text);
  } catch {
    return null;
  }
}
