import { randomBytes } from "node:crypto";

/** Who a token belongs to. `scopes` is null for fine-grained tokens, for which GitHub does not name any. */
export type Identity = { login: string; scopes: readonly string[] | null; role: "write" | "read" };

export const org = "acme";
export const admin = "octo-admin";

// Named by what they do: nobody in the sandbox is a person.
export const users = [
  { login: admin, name: "Organisation owner" },
  { login: "qa-bot", name: "Quality assurance bot" },
  { login: "release-manager", name: "Release manager" },
  { login: "auditor", name: "Auditor" },
];

export const repos = [
  { name: "checkout", description: "Basket, payment form and order confirmation.", private: true },
  { name: "payments", description: "Card and invoice payments, refunds.", private: false },
  { name: "legacy", description: "The shop before the rewrite. Read-only.", private: true, archived: true },
  { name: "handbook", description: "How we work. Questions go to the forum.", private: false, has_issues: false },
];

export const labels = [
  { name: "bug", color: "d73a4a", description: "Something is broken" },
  { name: "flaky", color: "fbca04", description: "Fails now and then" },
  { name: "regression", color: "b60205", description: "It worked before" },
  { name: "team: checkout", color: "0e8a16", description: "" },
];

export const issues: {
  repo: string;
  author: string;
  title: string;
  body: string;
  labels: string[];
  isClosed?: boolean;
}[] = [
  {
    repo: "checkout",
    author: "release-manager",
    title: "Order confirmation shows the basket of the previous customer",
    body: "Seen twice since Monday on staging.\n\n1. Order as a guest\n2. Go back\n3. Order again\n\n**Expected:** an empty basket.",
    labels: ["bug", "team: checkout"],
  },
  {
    repo: "checkout",
    author: "qa-bot",
    title: "`CouponTest.appliesPercentage` fails about once in twenty runs",
    body: "```\nAssertionError: expected 8.99 to equal 9.00\n    at CouponTest.appliesPercentage (coupon.test.ts:41)\n```\n\nRounding, or the clock?",
    labels: ["flaky"],
  },
  {
    repo: "checkout",
    author: "auditor",
    title: "Timeout while loading saved addresses",
    body: "Fixed by the new index.",
    labels: ["bug"],
    isClosed: true,
  },
  {
    repo: "payments",
    author: "release-manager",
    title: "Refund of a partly paid invoice is rounded twice",
    body: "| paid | refunded |\n| --- | --- |\n| 10.05 | 10.10 |",
    labels: ["bug", "regression"],
  },
];

const secret = (prefix: string) => prefix + randomBytes(18).toString("hex");

/** Tokens are drawn anew at each start: one that is found in a log or a page was leaked there, not copied from here. */
export function drawTokens(): Record<"token" | "fineGrained" | "readOnly" | "noScope", string> {
  return {
    token: secret("ghp_"),
    fineGrained: secret("github_pat_"),
    readOnly: secret("ghp_"),
    noScope: secret("ghp_"),
  };
}

export type Tokens = ReturnType<typeof drawTokens>;

export const identitiesOf = (tokens: Tokens): Map<string, Identity> =>
  new Map([
    [tokens.token, { login: "qa-bot", scopes: ["repo", "read:org"], role: "write" }],
    [tokens.fineGrained, { login: "qa-bot", scopes: null, role: "write" }],
    [tokens.readOnly, { login: "auditor", scopes: ["public_repo"], role: "read" }],
    [tokens.noScope, { login: "auditor", scopes: ["read:user"], role: "read" }],
  ]);
