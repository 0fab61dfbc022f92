import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { specsDir } from "@/e2e/vitest/external";
import type { RawDelivery, WebhookHint } from "@/lib/trackers/webhook";
import { jiraCloud } from "./cloud";
import { jiraDc } from "./dc";

const examples = (): Record<string, unknown> =>
  JSON.parse(readFileSync(specsDir("webhooks-examples.json"), "utf8")).jira;
const deliver = (body: unknown, headers: Record<string, string> = {}): RawDelivery => ({
  headers,
  body: new TextEncoder().encode(typeof body === "string" ? body : JSON.stringify(body)),
});

type Said = [
  kind: WebhookHint["kind"],
  issue: string | null,
  project: string | null,
  comment: string | null,
  actor: string | null,
];
const cloud: [string, Said][] = [
  ["webhook-cloud-issue-created-many-fields", ["issue_changed", "10509", "10008", null, "5cedcb4355a88a0fc86388ba"]],
  ["webhook-cloud-issue-updated-custom-field", ["issue_changed", "10368", "10008", null, "5cedcb4355a88a0fc86388ba"]],
  ["webhook-cloud-comment-created", ["comment_changed", "10040", "10000", "10019", "5c5f880629be9642ba529340"]],
  ["webhook-cloud-comment-updated", ["comment_changed", "10040", "10000", "10019", "5c5f880629be9642ba529340"]],
  ["webhook-cloud-comment-deleted", ["comment_changed", "10357", "10008", "10757", "5cedcb4355a88a0fc86388ba"]],
  ["webhook-issue-created", ["issue_changed", "10040", "10000", null, "5c5f880629be9642ba529340"]],
  ["webhook-issue-updated-resolved", ["issue_changed", "10040", "10000", null, "5c5f880629be9642ba529340"]],
  ["webhook-issue-deleted", ["issue_deleted", "10303", "10004", null, "5c5f880629be9642ba529340"]],
];
const dc: [string, Said][] = [
  ["webhook-server-issue-updated-resolved", ["issue_changed", "10300", "10100", null, "admin"]],
  // An older server tells of a comment as of a change of the issue.
  ["webhook-server-issue-updated-commented-1", ["comment_changed", "10013", "10000", "10082", "levbrouk"]],
  // And one tells the comment alone, whose address names the issue.
  ["webhook-server-comment-created", ["comment_changed", "10013", null, "10082", "levbrouk"]],
];

const said = (hint: WebhookHint | null): Said | null =>
  hint && [
    hint.kind,
    hint.issue?.ref ?? null,
    hint.issue?.projectRemoteId ?? null,
    hint.commentRemoteId,
    hint.actorRemoteId,
  ];

it.each(cloud)("[I7] Cloud's official delivery %s says what has happened", (name, expected) => {
  const hint = jiraCloud.webhook.parse(deliver(examples()[name]));
  expect(said(hint)).toEqual(expected);
  expect(hint?.at?.getUTCFullYear()).toBeGreaterThan(2018);
  expect(hint?.issue?.remoteId).toBe(hint?.issue?.ref);
});

it.each(dc)("[I7] a server's official delivery %s says what has happened", (name, expected) => {
  expect(said(jiraDc.webhook.parse(deliver(examples()[name])))).toEqual(expected);
});

it("[I7] no two official deliveries pass for the same, each passes for itself, and a name of its own comes first", () => {
  const { deliveryId } = jiraCloud.webhook;
  const all = Object.values(examples()).map((body) => deliver(body));
  expect(new Set(all.map(deliveryId)).size).toBe(all.length);
  for (const one of all) expect(deliveryId(one)).toBe(deliveryId({ ...one }));
  expect(deliveryId(deliver({}, { "x-atlassian-webhook-identifier": "abc-1" }))).toBe("abc-1");
});

it("[I7] only what is signed with the secret is believed", () => {
  const { verify } = jiraCloud.webhook;
  const body = JSON.stringify({ webhookEvent: "jira:issue_updated" });
  // The example of the documentation: secret "It's a Secret to Everybody", payload "Hello World!".
  const official = "sha256=a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9";
  expect(verify(deliver("Hello World!", { "x-hub-signature": official }), "It's a Secret to Everybody")).toBe(true);
  const signature = `sha256=${createHmac("sha256", "s3cret").update(body).digest("hex")}`;
  expect(verify(deliver(body, { "x-hub-signature": signature }), "s3cret")).toBe(true);
  expect(verify(deliver(`${body} `, { "x-hub-signature": signature }), "s3cret")).toBe(false);
  expect(verify(deliver(body, { "x-hub-signature": signature }), "other")).toBe(false);
  expect(verify(deliver(body, { "x-hub-signature": signature.slice(0, -2) }), "s3cret")).toBe(false);
  expect(verify(deliver(body, { "x-hub-signature": `sha1=${signature.slice(7)}` }), "s3cret")).toBe(false);
  expect(verify(deliver(body), "s3cret")).toBe(false);
  const unsigned = `sha256=${createHmac("sha256", "").update(body).digest("hex")}`;
  expect(verify(deliver(body, { "x-hub-signature": unsigned }), "")).toBe(false);
});

it.each(["", "<html>", "[]", "null", "{}", '{"webhookEvent":1}', '{"webhookEvent":"jira:issue_updated","issue":[]}'])(
  "[I7] %j says nothing",
  (body) => {
    expect(jiraCloud.webhook.parse(deliver(body))).toBeNull();
    expect(jiraCloud.webhook.deliveryId(deliver(body))).toMatch(/^[0-9a-f]{64}$/);
  },
);

it("[I7] events of other things are left alone", () => {
  for (const webhookEvent of ["jira:version_released", "user_created", "sprint_started", "issuelink_created"]) {
    expect(jiraCloud.webhook.parse(deliver({ webhookEvent }))).toMatchObject({ kind: "ignored", issue: null });
  }
});
