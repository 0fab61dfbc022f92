import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { specsDir } from "@/e2e/vitest/external";
import { gitlab } from ".";

const { webhook } = gitlab;
const bytes = (value: unknown) => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
const delivery = (body: unknown, headers: Record<string, string> = {}) => ({ headers, body: bytes(body) });

function examples() {
  const file = specsDir("webhooks-examples.json");
  return z.object({ gitlab: z.record(z.string(), z.unknown()) }).parse(JSON.parse(readFileSync(file, "utf8"))).gitlab;
}

it("[I7] the official example of an issue's event is read", () => {
  expect(webhook.parse(delivery(examples().issue, { "x-gitlab-event": "Issue Hook" }))).toEqual({
    event: "Issue Hook",
    kind: "issue_changed",
    // The issue's own project: the example's other one is made up.
    issue: { projectRemoteId: "14", ref: "23", remoteId: "301" },
    commentRemoteId: null,
    actorRemoteId: "1",
    at: new Date("2013-12-03T17:15:43Z"),
  });
});

it("[I7] the official example of a note's event is read, and its other way to write a moment", () => {
  expect(webhook.parse(delivery(examples().note_issue))).toEqual({
    event: "note",
    kind: "comment_changed",
    issue: { projectRemoteId: "5", ref: "17", remoteId: "92" },
    commentRemoteId: "1241",
    actorRemoteId: "42",
    at: new Date("2015-05-17T17:06:40Z"),
  });
});

const note = { object_kind: "note", issue: { id: 9, iid: 2 } };
it.each([
  ["a note on a merge request", { ...note, object_attributes: { id: 1, noteable_type: "MergeRequest" } }],
  ["a note of GitLab's own", { ...note, object_attributes: { id: 1, noteable_type: "Issue", system: true } }],
  ["a push", { object_kind: "push", project: { id: 1 } }],
  ["an issue without a number", { object_kind: "issue", object_attributes: { id: 1 } }],
])("[I7] %s is ignored", (_, body) => {
  expect(webhook.parse(delivery(body))).toMatchObject({ kind: "ignored", issue: null });
});

it("[I7] a task comes as a work item", () => {
  const attributes = { id: 5, iid: 4, project_id: 3, updated_at: null };
  expect(webhook.parse(delivery({ object_kind: "work_item", object_attributes: attributes }))).toMatchObject({
    kind: "issue_changed",
    issue: { projectRemoteId: "3", ref: "4", remoteId: "5" },
    at: null,
  });
});

it.each(["", "{", "[]", "null", '"x"', '{"object_kind":5}'])("[I7] %j cannot be read", (body) => {
  expect(webhook.parse(delivery(body))).toBeNull();
});

it("[I7] the token proves a delivery, whole and alone", () => {
  const secret = "a secret that nobody knows";
  const given = (token: string) => delivery("{}", { "x-gitlab-token": token });
  expect(webhook.verify(given(secret), secret)).toBe(true);
  for (const wrong of ["", "a secret", `${secret} `, secret.toUpperCase()])
    expect(webhook.verify(given(wrong), secret)).toBe(false);
  expect(webhook.verify(delivery("{}"), secret)).toBe(false);
  for (const unset of ["", " "]) {
    expect(webhook.verify(given(unset), unset)).toBe(false);
    expect(webhook.verify(delivery("{}"), unset)).toBe(false);
  }
});

const key = Buffer.from("0123456789abcdef0123456789abcdef");
const signingSecret = `whsec_${key.toString("base64")}`;
function signed(body: string, { id = "msg-12345678", at = Date.now(), by = key } = {}) {
  const timestamp = String(Math.floor(at / 1_000));
  const signature = createHmac("sha256", by).update(`${id}.${timestamp}.${body}`).digest("base64");
  return delivery(body, { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` });
}

it("[I7] a signature proves a delivery, its body, its id and its time", () => {
  const good = signed("{}");
  expect(webhook.verify(good, signingSecret)).toBe(true);
  expect(webhook.verify({ ...good, body: bytes("{ }") }, signingSecret)).toBe(false);
  expect(webhook.verify({ ...good, headers: { ...good.headers, "webhook-id": "msg-87654321" } }, signingSecret)).toBe(
    false,
  );
  const later = { ...good.headers, "webhook-timestamp": String(Number(good.headers["webhook-timestamp"]) + 1) };
  expect(webhook.verify({ ...good, headers: later }, signingSecret)).toBe(false);
  expect(webhook.verify(signed("{}", { by: Buffer.from("another key") }), signingSecret)).toBe(false);
  expect(webhook.verify(signed("{}", { at: Date.now() - 6 * 60_000 }), signingSecret)).toBe(false);
  expect(webhook.verify(signed("{}", { at: Date.now() + 6 * 60_000 }), signingSecret)).toBe(false);
});

it("[I7] one of several signatures is enough while a key is changed, and no other version counts", () => {
  const good = signed("{}");
  const own = good.headers["webhook-signature"] ?? "";
  const withSignature = (text: string) => ({ ...good, headers: { ...good.headers, "webhook-signature": text } });
  expect(webhook.verify(withSignature(`v1,AAAA ${own}`), signingSecret)).toBe(true);
  expect(webhook.verify(withSignature(own.replace("v1,", "v1a,")), signingSecret)).toBe(false);
  expect(webhook.verify(withSignature(""), signingSecret)).toBe(false);
});

it("[I7] a signing secret never travels: as a token it proves nothing", () => {
  expect(webhook.verify(delivery("{}", { "x-gitlab-token": signingSecret }), signingSecret)).toBe(false);
  expect(webhook.verify(signed("{}", { by: Buffer.alloc(0) }), "whsec_")).toBe(false);
});

it("[I7] each attempt of one delivery has one id, and no two deliveries share one", () => {
  const id = (headers: Record<string, string>, body = "{}") => webhook.deliveryId(delivery(body, headers));
  const key = "f5e5f430-f57b-4e6e-9fac-d9128cd7232f";
  expect(id({ "idempotency-key": key, "x-gitlab-event-uuid": "a" })).toBe(key);
  expect(id({ "webhook-id": key })).toBe(key);
  // What hooks set off in turn shares the event's id.
  expect(id({ "x-gitlab-event-uuid": "a" }, "1")).not.toBe(id({ "x-gitlab-event-uuid": "a" }, "2"));
  expect(id({ "x-gitlab-event-uuid": "a" })).toBe(id({ "x-gitlab-event-uuid": "a" }));
  expect(id({})).toMatch(/^[0-9a-f]{64}$/);
  expect(id({ "idempotency-key": "x".repeat(5_000) })).toMatch(/^[0-9a-f]{64}$/);
});
