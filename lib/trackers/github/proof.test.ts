import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";
import { specsDir } from "@/e2e/vitest/external";
import type { RawDelivery } from "@/lib/trackers/webhook";
import { webhook } from "./proof";

const bytes = (text: string) => new TextEncoder().encode(text);
const secret = "It's a Secret to Everybody";
const delivery = (body: string, headers: Record<string, string> = {}): RawDelivery => ({ headers, body: bytes(body) });

it("[I7] GitHub's own test vector is proved", () => {
  // https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries#testing-the-webhook-payload-validation
  const signature = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
  const given = delivery("Hello, World!", { "x-hub-signature-256": signature });
  expect(webhook.verify(given, secret)).toBe(true);
  expect(webhook.verify(given, `${secret}!`)).toBe(false);
  expect(webhook.verify({ ...given, body: bytes("Hello, World") }, secret)).toBe(false);
});

it.each(["", "sha256=", "sha256=00", "sha1=abc", `sha256=${"0".repeat(64)}`, `sha256=${"z".repeat(64)}`])(
  "[I7] the signature %j proves nothing",
  (signature) => {
    expect(webhook.verify(delivery("{}", { "x-hub-signature-256": signature }), secret)).toBe(false);
  },
);

it("[I7] without a secret nothing is proved, not even by an empty one", () => {
  const signature = `sha256=${createHmac("sha256", "").update("{}").digest("hex")}`;
  expect(webhook.verify(delivery("{}", { "x-hub-signature-256": signature }), "")).toBe(false);
});

it("[I7] every official example is read, and says what has happened", () => {
  const file = specsDir("webhooks-examples.json");
  const { github } = z
    .object({ github: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(readFileSync(file, "utf8")));
  const kinds = new Map<string, string>();
  for (const [name, payload] of Object.entries(github)) {
    const [event = ""] = name.split(".");
    const hint = webhook.parse(delivery(JSON.stringify(payload), { "x-github-event": event }));
    expect(hint, name).not.toBeNull();
    expect(hint?.event).toBe(name);
    kinds.set(name, hint?.kind ?? "");
    if (event === "issues" || event === "issue_comment") {
      expect(hint?.issue, name).toMatchObject({
        ref: expect.stringMatching(/^\d+$/),
        projectRemoteId: expect.stringMatching(/^\d+$/),
      });
      expect(hint?.actorRemoteId, name).toMatch(/^\d+$/);
    }
  }
  expect(Object.fromEntries(kinds)).toMatchObject({
    ping: "ping",
    "issues.opened": "issue_changed",
    "issues.edited": "issue_changed",
    "issues.labeled": "issue_changed",
    "issues.transferred": "issue_changed",
    "issues.deleted": "issue_deleted",
    "issue_comment.created": "comment_changed",
    "issue_comment.deleted": "comment_changed",
    "repository.renamed": "ignored",
    "projects_v2_item.edited": "ignored",
    "label.created": "ignored",
  });
});

it("[I7] a hook that was made by hand and sends a form is read too", () => {
  const body = new URLSearchParams({ payload: JSON.stringify({ action: "opened", issue: { id: 7, number: 3 } }) });
  const headers = { "x-github-event": "issues", "content-type": "application/x-www-form-urlencoded" };
  expect(webhook.parse(delivery(body.toString(), headers))).toMatchObject({ issue: { ref: "3", remoteId: "7" } });
});

it("[I7] a pull request is no issue", () => {
  const body = JSON.stringify({ action: "created", issue: { id: 7, number: 3, pull_request: {} }, comment: { id: 1 } });
  expect(webhook.parse(delivery(body, { "x-github-event": "issue_comment" }))?.kind).toBe("ignored");
});
