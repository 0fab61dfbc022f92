import { randomBytes } from "node:crypto";
import { type Issue, nextId, type Project, roles, type State } from "./state";

/** Who a token belongs to, and what it may do. */
export type Identity = { username: string; scopes: readonly string[] };

const secret = (prefix: string) => prefix + randomBytes(15).toString("hex");

/** Tokens are drawn anew at each start: one that is found in a log or a page was leaked there, not copied from here. */
export const drawTokens = () => ({
  write: secret("glpat-"),
  project: secret("glpat-"),
  group: secret("glpat-"),
  readOnly: secret("glpat-"),
  noScope: secret("glpat-"),
});

export type Tokens = ReturnType<typeof drawTokens>;

export const identitiesOf = (tokens: Tokens): Map<string, Identity> =>
  new Map([
    [tokens.write, { username: "qa-bot", scopes: ["api"] }],
    [tokens.project, { username: "project_checkout_bot", scopes: ["api"] }],
    [tokens.group, { username: "group_acme_bot", scopes: ["api"] }],
    [tokens.readOnly, { username: "auditor", scopes: ["read_api"] }],
    [tokens.noScope, { username: "qa-bot", scopes: ["read_user"] }],
  ]);

// Named by what they do: nobody in the sandbox is a person.
const users = [
  ["instance-admin", "Instance administrator", roles.owner],
  ["qa-bot", "Quality assurance bot", roles.maintainer],
  ["release-manager", "Release manager", roles.developer],
  ["auditor", "Auditor", roles.reporter],
  ["support-desk", "Support desk", roles.guest],
  ["former-contractor", "Former contractor", roles.reporter],
] as const;

const projects: (Pick<Project, "path" | "description"> & Partial<Project>)[] = [
  { path: "acme/web/checkout", description: "Basket, payment form and order confirmation." },
  { path: "acme/payments", description: "Card and invoice payments, refunds.", visibility: "public" },
  { path: "acme/web/security-reports", description: "What nobody else should read yet." },
  { path: "acme/legacy", description: "The shop before the rewrite. Read-only.", archived: true },
  { path: "acme/handbook", description: "How we work.", visibility: "public", issues: "disabled" },
];

const labels = [
  ["bug", "#d73a4a", "Something is broken"],
  ["flaky", "#fbca04", "Fails now and then"],
  ["regression", "#b60205", "It worked before"],
  ["severity::1", "#8b0000", "Nobody can work"],
  ["severity::2", "#d1242f", "Many cannot work"],
  ["severity::3", "#fb8f44", "Some are hindered"],
  ["priority::high", "#1f75cb", ""],
  ["priority::low", "#9dc7f1", ""],
] as const;

type SeededIssue = Pick<Issue, "title" | "labels"> & Partial<Issue> & { path: string; author: string };

const issues: SeededIssue[] = [
  {
    path: "acme/web/checkout",
    author: "release-manager",
    title: "Order confirmation shows the basket of the previous customer",
    description:
      "Seen twice since Monday on staging.\n\n1. Order as a guest\n2. Go back\n3. Order again\n\n**Expected:** an empty basket.",
    labels: ["bug", "severity::2"],
  },
  {
    path: "acme/web/checkout",
    author: "qa-bot",
    title: "`CouponTest.appliesPercentage` fails about once in twenty runs",
    description:
      "```\nAssertionError: expected 8.99 to equal 9.00\n    at CouponTest.appliesPercentage (coupon.test.ts:41)\n```\n\nRounding, or the clock?",
    labels: ["flaky", "priority::low"],
  },
  {
    path: "acme/web/checkout",
    author: "auditor",
    title: "Timeout while loading saved addresses",
    description: "Fixed by the new index.",
    labels: ["bug"],
    state: "closed",
  },
  {
    path: "acme/payments",
    author: "release-manager",
    title: "Refund of a partly paid invoice is rounded twice",
    description: "| paid | refunded |\n| --- | --- |\n| 10.05 | 10.10 |",
    labels: ["bug", "regression"],
  },
  {
    path: "acme/web/security-reports",
    author: "qa-bot",
    title: "Session cookie survives a sign-out",
    description: "Only in the embedded shop.",
    labels: ["bug"],
    confidential: true,
  },
];

const longAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

/** A believable instance. */
export function seed({ extraProjects = 0, extraUsers = 0 } = {}): State {
  const state: State = {
    lastId: 100,
    users: [],
    projects: [],
    issues: [],
    notes: [],
    labels: [],
    milestones: [],
    hooks: [],
    uploads: [],
    formerPaths: {},
  };
  const addUser = (username: string, name: string, more: Partial<State["users"][number]> = {}) => {
    const user = { id: nextId(state), username, name, state: "active" as const, bot: false, ...more };
    state.users.push(user);
    return user.id;
  };
  const members: Record<number, number> = {};
  for (const [username, name, role] of users) {
    members[addUser(username, name, { state: username === "former-contractor" ? "blocked" : "active" })] = role;
  }
  members[addUser("group_acme_bot", "Group access token", { bot: true })] = roles.maintainer;
  const projectBot = addUser("project_checkout_bot", "Project access token", { bot: true });

  const addProject = (one: Pick<Project, "path" | "description"> & Partial<Project>) =>
    state.projects.push({
      id: nextId(state),
      visibility: "private",
      archived: false,
      issues: "enabled",
      members: { ...members, ...(one.path === "acme/web/checkout" && { [projectBot]: roles.reporter }) },
      direct: one.path === "acme/web/checkout" ? [projectBot] : [],
      lastIid: 0,
      createdAt: longAgo(400),
      ...one,
    });
  for (const one of projects) addProject(one);
  for (let i = 1; i <= extraProjects; i++) {
    addProject({ path: `acme/services/service-${String(i).padStart(4, "0")}`, description: "One of many." });
  }
  const [checkout] = state.projects;
  for (let i = 1; i <= extraUsers && checkout; i++) {
    const number = String(i).padStart(4, "0");
    const id = addUser(`tester-${number}`, `Tester ${number}`);
    checkout.members[id] = roles.reporter;
    checkout.direct.push(id);
  }

  for (const [name, color, description] of labels) {
    state.labels.push({ id: nextId(state), projectId: null, group: "acme", name, color, description });
  }
  state.labels.push({
    ...{ id: nextId(state), projectId: checkout?.id ?? null, group: null },
    ...{ name: "team: checkout", color: "#0e8a16", description: "" },
  });
  for (const [title, group, isActive] of [
    ["Spring release", null, true],
    ["Checkout 2.0", null, false],
    ["Year 2027", "acme", true],
  ] as const) {
    state.milestones.push({
      ...{ id: nextId(state), iid: state.milestones.length + 1, title, group, dueDate: "2027-03-31" },
      projectId: group === null ? (checkout?.id ?? null) : null,
      state: isActive ? "active" : "closed",
    });
  }
  issues.forEach((issue, index) => {
    addIssue(state, issue, longAgo(30 - index));
  });
  return state;
}

function addIssue(state: State, { path, author, ...more }: SeededIssue, at: string): void {
  const project = state.projects.find((one) => one.path === path);
  const by = state.users.find(({ username }) => username === author);
  if (!project || !by) throw new Error(`The seed has no ${path} or ${author}.`);
  project.lastIid += 1;
  state.issues.push({
    ...{ id: nextId(state), iid: project.lastIid, projectId: project.id, authorId: by.id },
    ...{ description: null, state: "opened", type: "issue", assigneeIds: [], milestoneId: null, dueDate: null },
    ...{ confidential: false, weight: null, movedToId: null, createdAt: at, updatedAt: at },
    closedAt: more.state === "closed" ? at : null,
    ...more,
  });
}
