import { z } from "zod";
import { searchIssues } from "../search";
import { type Issue, now, type Repo, type State } from "../state";
import { labelNamed } from "./labels";
import { invalid, issueIn, mayChange, paged, parsed, Refusal, type Route, repoIn, route } from "./route";
import { tellIssue } from "./tell";

const text = z.union([z.string(), z.number().transform(String)]);
const fields = z.object({
  title: text.nullish(),
  body: z.string().nullish(),
  assignees: z.array(z.string()).optional(),
  assignee: z.string().nullish(),
  milestone: z.union([z.string(), z.number()]).nullish(),
  labels: z.array(z.union([z.string(), z.object({ name: z.string() })])).optional(),
  type: z.string().nullish(),
  state: z.enum(["open", "closed"]).optional(),
  state_reason: z.enum(["completed", "not_planned", "duplicate", "reopened"]).nullish(),
});

/** Writes what is named; answers whether anything has changed. */
function apply(state: State, repo: Repo, issue: Issue, input: z.output<typeof fields>): void {
  const { title, body, labels, milestone, type } = input;
  if (title !== undefined) issue.title = titleOf(title);
  if (body !== undefined) issue.body = body;
  if (labels)
    issue.labels = labels.map((label) => labelNamed(state, repo, typeof label === "string" ? label : label.name).id);
  const assignees =
    input.assignees ?? (input.assignee === undefined ? undefined : input.assignee ? [input.assignee] : []);
  if (assignees) issue.assignees = assignees.map((login) => assignable(state, login));
  if (milestone !== undefined) issue.milestone = milestone === null ? null : milestoneOf(state, repo, milestone);
  if (type !== undefined) issue.type = type === null ? null : typeOf(state, type);
  if (input.state && input.state !== issue.state) {
    issue.state = input.state;
    issue.state_reason = input.state_reason ?? (input.state === "closed" ? "completed" : "reopened");
    issue.closed_at = input.state === "closed" ? now() : null;
  }
  issue.updated_at = now();
}

function titleOf(title: string | null): string {
  if (!title?.trim()) throw invalid("Issue", "title", "missing_field");
  return title;
}
function assignable(state: State, login: string): string {
  const found = state.users.find((user) => user.login.toLowerCase() === login.toLowerCase() && user.type === "User");
  if (!found) throw invalid("Issue", "assignees", "invalid", { value: login });
  return found.login;
}
function milestoneOf(state: State, repo: Repo, number: string | number): number {
  const found = state.milestones.find((one) => one.repoId === repo.id && one.number === Number(number));
  if (!found) throw invalid("Issue", "milestone", "invalid", { value: number });
  return found.id;
}
function typeOf(state: State, name: string): number {
  const found = state.types.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (!found) throw invalid("Issue", "type", "invalid", { value: name });
  return found.id;
}

export const issueRoutes: Route[] = [
  route("GET", "/repos/:owner/:repo/issues", (context) => {
    const repo = repoIn(context);
    const {
      state = "open",
      creator,
      since,
      sort = "created",
      direction = "desc",
      labels,
    } = Object.fromEntries(context.url.searchParams);
    const names = labels ? labels.split(",") : [];
    const found = context.state.issues.filter(
      (issue) =>
        issue.repoId === repo.id &&
        (state === "all" || issue.state === state) &&
        (!creator || issue.author === creator) &&
        (!since || Date.parse(issue.updated_at) >= Date.parse(since)) &&
        names.every((name) => context.state.labels.some((one) => one.name === name && issue.labels.includes(one.id))),
    );
    const key = (issue: Issue) => (sort === "updated" ? issue.updated_at : issue.created_at);
    const sorted = found.sort((a, b) => key(a).localeCompare(key(b)) || a.id - b.id);
    return paged(context, direction === "asc" ? sorted : sorted.reverse(), context.shapes.issue);
  }),

  route("POST", "/repos/:owner/:repo/issues", (context) => {
    const { state, caller, shapes } = context;
    const repo = repoIn(context);
    const input = parsed(fields, context.body);
    const at = now();
    const issue: Issue = {
      id: state.nextId,
      repoId: repo.id,
      number: repo.nextNumber,
      title: titleOf(input.title ?? null),
      body: null,
      state: "open",
      state_reason: null,
      author: caller.login,
      assignees: [],
      labels: [],
      milestone: null,
      type: null,
      isPullRequest: false,
      ...{ created_at: at, updated_at: at, closed_at: null },
    };
    apply(state, repo, issue, input);
    // Only what was accepted takes a number.
    issue.id = state.nextId++;
    repo.nextNumber++;
    state.issues.push(issue);
    tellIssue(context, issue, "opened");
    return { status: 201, data: shapes.issue(issue) };
  }),

  route("GET", "/repos/:owner/:repo/issues/:number", (context) => ({
    status: 200,
    data: context.shapes.issue(issueIn(context)),
  })),

  route("PATCH", "/repos/:owner/:repo/issues/:number", (context) => {
    const issue = issueIn(context);
    mayChange(context, issue.author);
    const before = { title: issue.title, body: issue.body, state: issue.state };
    apply(context.state, repoIn(context), issue, parsed(fields, context.body));
    if (issue.state !== before.state) tellIssue(context, issue, issue.state === "closed" ? "closed" : "reopened");
    if (issue.title !== before.title || issue.body !== before.body) {
      tellIssue(context, issue, "edited", { changes: { title: { from: before.title } } });
    }
    return { status: 200, data: context.shapes.issue(issue) };
  }),

  route("GET", "/search/issues", (context) => {
    const { state, url, caller, shapes } = context;
    const query = url.searchParams.get("q") ?? "";
    if (!query.trim()) throw invalid("Search", "q", "missing");
    if (!/\bis:(issue|pr)\b/.test(query)) {
      throw new Refusal(422, "Query must include 'is:issue' or 'is:pull-request'");
    }
    const found = searchIssues(state, query, (repo) => caller.seesPrivate || !repo.private);
    if (!found) {
      throw new Refusal(422, "Validation Failed", [
        {
          message: "The listed users and repositories cannot be searched.",
          resource: "Search",
          field: "q",
          code: "invalid",
        },
      ]);
    }
    const { data, link } = paged(context, found.slice(0, 1_000), (issue) => ({ ...shapes.issue(issue), score: 1 }));
    return {
      status: 200,
      data: { total_count: found.length, incomplete_results: false, search_type: "lexical", items: data },
      link,
    };
  }),
];
