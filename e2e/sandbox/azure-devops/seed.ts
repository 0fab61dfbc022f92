import { randomBytes } from "node:crypto";
import { type CustomField, guidOf, type Project, type State, type User } from "./state";

export const organisation = "acme";
/** A Server's face: a virtual directory and a collection. */
export const collection = "tfs/DefaultCollection";

export type Size = { extraProjects?: number; extraUsers?: number; extraFields?: number };

const user = (account: string, name: string, isActive = true): User => ({
  id: guidOf(`user ${account}`),
  descriptor: `aad.${Buffer.from(account).toString("base64url")}`,
  name,
  account: `${account}@acme.test`,
  isActive,
});

const users: readonly User[] = [
  user("qa-bot", "Quality assurance bot"),
  user("release-manager", "Release manager"),
  user("developer", "Developer"),
  user("support", "Support engineer"),
  user("auditor", "Auditor"),
  user("contractor", "Contractor"),
  user("former", "Former tester", false),
];

const project = (
  name: string,
  process: Project["process"],
  description: string,
  more: Partial<Project> = {},
): Project => ({
  id: guidOf(`project ${name}`),
  name,
  process,
  description,
  visibility: "private",
  areas: [],
  iterations: [{ name: "Sprint 1" }, { name: "Sprint 2" }],
  tags: ["bug", "flaky", "regression"],
  extraFields: null,
  ...more,
});

const projects = (): Project[] => [
  project("Webshop", "Agile", "What customers buy in.", {
    areas: [{ name: "Checkout", children: [{ name: "Vouchers" }] }, { name: "Search" }],
    iterations: [{ name: "Release 1", children: [{ name: "Sprint 1" }, { name: "Sprint 2" }] }],
    tags: ["bug", "flaky", "regression", "team checkout"],
  }),
  project("Back Office", "Scrum", "What the staff works with.", { areas: [{ name: "Invoices" }] }),
  project("Firmware", "CMMI", "What runs in the till.", { areas: [{ name: "Boot" }, { name: "Printer" }] }),
  project("Website", "Basic", "What the world sees.", { visibility: "public" }),
];

type Seeded = {
  project: string;
  type: string;
  title: string;
  text: string;
  state: string;
  tags?: string;
  by: string;
  more?: Record<string, unknown>;
};
const seeded: readonly Seeded[] = [
  {
    project: "Webshop",
    type: "Bug",
    title: "Order confirmation shows the basket of the previous customer",
    text: "<p>Seen twice since Monday on staging.</p><ol><li>Order as a guest</li><li>Go back</li><li>Order again</li></ol>",
    state: "New",
    tags: "bug; team checkout",
    by: "release-manager",
    more: {
      "System.AreaPath": "Webshop\\Checkout",
      "Custom.Environment": "Staging",
      "Microsoft.VSTS.Common.Severity": "1 - Critical",
    },
  },
  {
    project: "Webshop",
    type: "Bug",
    title: "CouponTest.appliesPercentage fails about once in twenty runs",
    text: "<pre><code>AssertionError: expected 8.99 to equal 9.00</code></pre>",
    state: "Active",
    tags: "flaky",
    by: "qa-bot",
    more: { "Custom.Environment": "Development", "System.AssignedTo": "developer@acme.test" },
  },
  {
    project: "Webshop",
    type: "Bug",
    title: "Timeout while loading saved addresses",
    text: "<p>Fixed by the new index.</p>",
    state: "Closed",
    tags: "bug",
    by: "auditor",
    more: { "Custom.Environment": "Production" },
  },
  {
    project: "Webshop",
    type: "User Story",
    title: "A voucher can be split",
    text: "<p>Over several orders.</p>",
    state: "New",
    by: "release-manager",
  },
  {
    project: "Back Office",
    type: "Bug",
    title: "Refund of a partly paid invoice is rounded twice",
    text: "<p>10.05 paid, 10.10 refunded.</p>",
    state: "Committed",
    tags: "regression",
    by: "release-manager",
  },
  {
    project: "Firmware",
    type: "Bug",
    title: "The printer stops after 255 lines",
    text: "<p>A byte too few.</p>",
    state: "Proposed",
    by: "developer",
  },
  {
    project: "Website",
    type: "Issue",
    title: "The imprint names the old address",
    text: "<p>See the footer.</p>",
    state: "To Do",
    by: "support",
  },
];

/** A believable organisation, as large as it is asked for. */
export function seed({ extraProjects = 0, extraUsers = 0, extraFields = 0 }: Size): State {
  const number = (i: number) => String(i + 1).padStart(4, "0");
  const state: State = {
    projects: [
      ...projects(),
      ...Array.from({ length: extraProjects }, (_, i) => project(`Service ${number(i)}`, "Basic", "One of many.")),
    ],
    users: [
      ...users,
      ...Array.from({ length: extraUsers }, (_, i) => user(`tester-${number(i)}`, `Tester ${number(i)}`)),
    ],
    items: [],
    comments: [],
    attachments: [],
    subscriptions: [],
    nextItemId: 1,
    nextCommentId: 1,
  };
  const [webshop] = state.projects;
  if (webshop && extraFields > 0) {
    const fields = Array.from(
      { length: extraFields },
      (_, i): CustomField => ({ ref: `Custom.Extra${number(i)}`, name: `Extra ${number(i)}`, type: "string" }),
    );
    webshop.extraFields = { type: "Feature", fields };
  }
  for (const { project: name, type, title, text, state: at, tags, by, more } of seeded) {
    const id = state.nextItemId++;
    const when = new Date(Date.UTC(2026, 9, id, 9, 30)).toISOString();
    const account = `${by}@acme.test`;
    state.items.push({
      ...{ id, rev: 1, project: name, type, formats: {}, relations: [], isDeleted: false },
      fields: {
        "System.Title": title,
        "System.State": at,
        "System.Reason": `Moved to state ${at}`,
        "System.AreaPath": name,
        "System.IterationPath": name,
        "System.CreatedBy": account,
        "System.CreatedDate": when,
        "System.ChangedBy": account,
        "System.ChangedDate": when,
        [type === "Bug" ? "Microsoft.VSTS.TCM.ReproSteps" : "System.Description"]: text,
        "Microsoft.VSTS.Common.Priority": 2,
        ...(tags && { "System.Tags": tags }),
        ...more,
      },
    });
  }
  return state;
}

/** Tokens are drawn anew at each start: one that is found in a log or a page was leaked there, not copied from here. */
export function drawTokens() {
  const token = () => randomBytes(42).toString("hex");
  return { write: token(), readOnly: token(), noScope: token(), noTags: token() };
}
export type Tokens = ReturnType<typeof drawTokens>;

export type Account = { login: string; mayWrite: boolean; mayCreateTags: boolean; isScoped: boolean };

export const accountsOf = (tokens: Tokens): Map<string, Account> =>
  new Map([
    [tokens.write, { login: "qa-bot@acme.test", mayWrite: true, mayCreateTags: true, isScoped: true }],
    [tokens.readOnly, { login: "auditor@acme.test", mayWrite: false, mayCreateTags: false, isScoped: true }],
    [tokens.noTags, { login: "contractor@acme.test", mayWrite: true, mayCreateTags: false, isScoped: true }],
    [tokens.noScope, { login: "auditor@acme.test", mayWrite: false, mayCreateTags: false, isScoped: false }],
  ]);
