import { randomBytes } from "node:crypto";

/** Who a token belongs to. `scopes` is null for fine-grained tokens, for which GitHub does not name any. */
export type Identity = { login: string; scopes: readonly string[] | null; role: "write" | "read" };

export const org = "acme";
export const admin = "octo-admin";
/** Sees what is public and may write comments, no more. */
export const reader = "auditor";

// Named by what they do: nobody in the sandbox is a person.
export const users = [
  { login: admin, name: "Organisation owner" },
  { login: "qa-bot", name: "Quality assurance bot" },
  { login: "release-manager", name: "Release manager" },
  { login: reader, name: "Auditor" },
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

export const milestones = [
  { title: "2026.4", state: "open" as const, due_on: "2026-12-18T00:00:00Z" },
  { title: "2027.1", state: "open" as const, due_on: null },
  { title: "2026.3", state: "closed" as const, due_on: "2026-09-25T00:00:00Z" },
];

export const issueTypes = [
  { name: "Bug", description: "An unexpected problem or behavior" },
  { name: "Task", description: "A specific piece of work" },
];

/** Projects v2; the second lacks what the first has. */
export const boards = [
  {
    title: "Quality",
    repos: ["checkout", "payments"],
    fields: [
      { name: "Status", options: ["Todo", "In Progress", "Done"] },
      { name: "Priority", options: ["P0", "P1", "P2", "P3", "P4"] },
    ],
  },
  {
    title: "Release",
    repos: ["checkout"],
    fields: [{ name: "Status", options: ["Todo", "Done"] }],
  },
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
    author: reader,
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
    [tokens.token, { login: "qa-bot", scopes: ["repo", "read:org", "project", "admin:repo_hook"], role: "write" }],
    [tokens.fineGrained, { login: "qa-bot", scopes: null, role: "write" }],
    [tokens.readOnly, { login: reader, scopes: ["public_repo"], role: "read" }],
    [tokens.noScope, { login: reader, scopes: ["read:user"], role: "read" }],
  ]);
