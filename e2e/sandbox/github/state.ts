import { boards, issues, issueTypes, labels, milestones, org, repos, users } from "./seed";

export type User = { id: number; login: string; name: string; type: "User" | "Organization" };
export type Repo = {
  id: number;
  name: string;
  description: string;
  private: boolean;
  archived: boolean;
  has_issues: boolean;
  created_at: string;
  pushed_at: string;
  nextNumber: number;
};
export type Label = { id: number; repoId: number; name: string; color: string; description: string | null };
export type Milestone = {
  id: number;
  repoId: number;
  number: number;
  title: string;
  state: "open" | "closed";
  due_on: string | null;
};
export type Issue = {
  id: number;
  repoId: number;
  number: number;
  title: string;
  body: string | null;
  state: "open" | "closed";
  state_reason: string | null;
  author: string;
  assignees: string[];
  labels: number[];
  milestone: number | null;
  type: number | null;
  isPullRequest: boolean;
  created_at: string;
  updated_at: string;
  closed_at: string | null;
};
export type Comment = {
  id: number;
  issueId: number;
  author: string;
  body: string;
  created_at: string;
  updated_at: string;
};
export type Hook = {
  id: number;
  repoId: number;
  url: string;
  secret: string | null;
  events: string[];
  active: boolean;
  created_at: string;
};
export type Delivery = {
  id: number;
  hookId: number;
  guid: string;
  event: string;
  action: string | null;
  body: string;
  delivered_at: string;
  redelivery: boolean;
  statusCode: number;
};
export type IssueType = { id: number; name: string; description: string };
export type BoardField = {
  id: string;
  name: string;
  dataType: string;
  options: { id: string; name: string; color: string }[] | null;
};
export type Board = {
  id: string;
  number: number;
  title: string;
  repoIds: number[];
  fields: BoardField[];
  items: { id: string; issueId: number; updatedAt: string; values: Record<string, string> }[];
};

export type State = {
  nextId: number;
  users: User[];
  repos: Repo[];
  labels: Label[];
  milestones: Milestone[];
  types: IssueType[];
  issues: Issue[];
  comments: Comment[];
  hooks: Hook[];
  deliveries: Delivery[];
  boards: Board[];
};

export type Size = { extraRepos?: number; extraUsers?: number };

/** GitHub's clock: whole seconds. */
export const now = () => new Date().toISOString().replace(/\.\d+Z$/, "Z");

/** A believable organisation, and as many more repositories and people as are asked for. */
export function seedState({ extraRepos = 0, extraUsers = 0 }: Size): State {
  let nextId = 1;
  const id = () => nextId++;
  const at = now();
  const numbered = (count: number, name: string, digits: number) =>
    Array.from({ length: count }, (_, i) => `${name}-${String(i + 1).padStart(digits, "0")}`);

  const people = [
    { login: org, name: "Acme", type: "Organization" as const },
    ...users.map((user) => ({ ...user, type: "User" as const })),
    ...numbered(extraUsers, "tester", 4).map((login) => ({
      login,
      name: login.replace("-", " "),
      type: "User" as const,
    })),
  ].map((user) => ({ id: id(), ...user }));
  const extra = numbered(extraRepos, "service", 3).map((name) => ({
    name,
    description: "One of many.",
    private: false,
  }));
  const allRepos: Repo[] = [...repos, ...extra].map((repo) => ({
    archived: false,
    has_issues: true,
    ...repo,
    id: id(),
    created_at: at,
    pushed_at: at,
    nextNumber: 1,
  }));
  const seeded = allRepos.slice(0, repos.length);
  const allLabels = seeded.flatMap((repo) => labels.map((label) => ({ id: id(), repoId: repo.id, ...label })));
  const allMilestones: Milestone[] = seeded.flatMap((repo) =>
    milestones.map((milestone, i) => ({ id: id(), repoId: repo.id, number: i + 1, ...milestone })),
  );
  const types = issueTypes.map((type) => ({ id: id(), ...type }));
  const allIssues = issues.flatMap(({ repo: name, author, isClosed, labels: named, ...issue }): Issue[] => {
    const repo = seeded.find((one) => one.name === name);
    if (!repo) return [];
    return [
      {
        ...issue,
        id: id(),
        repoId: repo.id,
        number: repo.nextNumber++,
        state: isClosed ? "closed" : "open",
        state_reason: isClosed ? "completed" : null,
        author,
        assignees: [],
        labels: allLabels.flatMap((label) => (label.repoId === repo.id && named.includes(label.name) ? label.id : [])),
        milestone: null,
        type: null,
        isPullRequest: false,
        created_at: at,
        updated_at: at,
        closed_at: isClosed ? at : null,
      },
    ];
  });
  const allBoards = boards.map(
    ({ title, repos: names, fields }, i): Board => ({
      id: `PVT_${id()}`,
      number: i + 1,
      title,
      repoIds: seeded.flatMap((repo) => (names.includes(repo.name) ? repo.id : [])),
      fields: [
        { id: `PVTF_${id()}`, name: "Title", dataType: "TITLE", options: null },
        ...fields.map(({ name, options }) => ({
          id: `PVTSSF_${id()}`,
          name,
          dataType: "SINGLE_SELECT",
          options: options.map((option) => ({ id: optionId(id()), name: option, color: "GRAY" })),
        })),
      ],
      items: [],
    }),
  );
  const state: Omit<State, "nextId"> = {
    users: people,
    repos: allRepos,
    labels: allLabels,
    milestones: allMilestones,
    types,
    issues: allIssues,
    comments: [],
    hooks: [],
    deliveries: [],
    boards: allBoards,
  };
  return { nextId, ...state };
}

/** Eight hexadecimal digits, as GitHub's. */
export const optionId = (id: number) => ((id * 2_654_435_761) % 2 ** 32).toString(16).padStart(8, "0");
