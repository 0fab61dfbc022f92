import type { Answer } from "../faults";
import { json } from "../front";
import { badParameter, forbidden, notFound, page, refuse } from "./answer";
import { takeQuickActions } from "./quick-actions";
import { type Issue, nextId, nowText, ownedBy, type Project, roles, type State } from "./state";
import { addSystemNote, levelOf, maySeeIssue, texts, type Work } from "./work";

const titleLimit = 255;
export const textLimit = 1_048_576;
const types = ["issue", "incident", "test_case", "requirement", "task", "ticket"];

/** GET /projects/:id/issues */
export function listIssues(work: Work, project: Project): Answer {
  const { state, entities, lag, viewer, url } = work;
  if (project.issues === "disabled") return forbidden();
  const query = url.searchParams;
  const search = query.get("search")?.trim() ?? "";
  const hides = lag.look(search ? "search" : "list", url.pathname + url.search);
  const iids = query.getAll("iids[]").map(Number);
  const after = (name: string) => Date.parse(query.get(name) ?? "") || Number.NEGATIVE_INFINITY;
  const orderBy = query.get("order_by") === "updated_at" ? "updatedAt" : "createdAt";
  const sign = query.get("sort") === "asc" ? 1 : -1;

  const found = state.issues
    .filter((issue) => issue.projectId === project.id && maySeeIssue(project, issue, viewer))
    .filter(({ id }) => !hides(String(id)))
    .filter((issue) => iids.length === 0 || iids.includes(issue.iid))
    .filter((issue) => ["all", null, issue.state].includes(query.get("state")))
    .filter((issue) => query.get("scope") !== "created_by_me" || issue.authorId === viewer.id)
    .filter((issue) => Date.parse(issue.createdAt) >= after("created_after"))
    .filter((issue) => Date.parse(issue.updatedAt) >= after("updated_after"))
    .filter((issue) => isFound(issue, search, query.get("in") ?? "title,description"))
    .toSorted((a, b) => sign * (a[orderBy].localeCompare(b[orderBy]) || a.id - b.id));
  return page(url, found, entities.issue);
}

/** By words, or phrases in quotes. The index leaves out what looks like a tag or a comment of HTML. */
function isFound(issue: Issue, search: string, within: string): boolean {
  if (search === "") return true;
  const title = within.includes("title") ? issue.title : "";
  const description = within.includes("description") ? (issue.description ?? "").replace(/<[^>]*>/g, " ") : "";
  const words = wordsOf(`${title} ${description}`);
  const phrases = [...search.matchAll(/"([^"]*)"/g)].map(([, phrase = ""]) => wordsOf(phrase).join(" "));
  return (
    phrases.every((phrase) => words.join(" ").includes(phrase)) &&
    wordsOf(search).every((wanted) => words.some((word) => word.includes(wanted)))
  );
}

const wordsOf = (text: string) =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}.-]+/u)
    .filter(Boolean);

/** What is wrong with the values, in the shape that Rails gives it. */
function objection({ title, description }: Record<string, unknown>): Answer | null {
  const errors: Record<string, string[]> = {};
  if (typeof title === "string" && title.trim() === "") errors.title = ["can't be blank"];
  if (typeof title === "string" && [...title].length > titleLimit)
    errors.title = [`is too long (maximum is ${titleLimit} characters)`];
  if (typeof description === "string" && [...description].length > textLimit)
    errors.description = [`is too long (maximum is ${textLimit} characters)`];
  return Object.keys(errors).length > 0 ? refuse(400, errors) : null;
}

/** POST /projects/:id/issues */
export function createIssue(work: Work, project: Project): Answer {
  const { state, entities, lag, viewer, body, tell } = work;
  if (project.archived || project.issues === "disabled") return forbidden();
  if (body.title === undefined) return badParameter("title is missing");
  if (body.issue_type !== undefined && !types.includes(String(body.issue_type)))
    return badParameter("issue_type does not have a valid value");
  const refused = objection(body);
  if (refused) return refused;

  const level = levelOf(project, viewer);
  const type = body.issue_type === "incident" && level < roles.reporter ? "issue" : String(body.issue_type ?? "issue");
  const at = nowText();
  project.lastIid += 1;
  const issue: Issue = {
    ...{ id: nextId(state), iid: project.lastIid, projectId: project.id, authorId: viewer.id, type, state: "opened" },
    ...{ title: String(body.title).trim(), description: null, assigneeIds: [], labels: [], milestoneId: null },
    ...{ dueDate: null, confidential: false, weight: null, movedToId: null },
    ...{ createdAt: at, updatedAt: at, closedAt: null },
  };
  state.issues.push(issue);
  lag.remember(String(issue.id));
  // Who is no member may write, and no more.
  if (level > 0) setMetadata(work, project, issue, body);
  setDescription(work, project, issue, body.description);
  tell({ kind: "issue", issue, action: "open", changes: {}, by: viewer });
  return json(entities.issue(issue), 201);
}

/** PUT /projects/:id/issues/:iid */
export function updateIssue(work: Work, project: Project, issue: Issue): Answer {
  const { entities, viewer, body, tell } = work;
  if (Object.keys(body).length === 0)
    return badParameter("assignee_ids, labels, title are missing, at least one parameter must be provided");
  const mayTriage = levelOf(project, viewer) >= roles.reporter;
  if (project.archived || !(mayTriage || issue.authorId === viewer.id)) return forbidden();
  const refused = objection(body);
  if (refused) return refused;

  const before = structuredClone(issue);
  issue.updatedAt = nowText();
  if (typeof body.title === "string") {
    issue.title = body.title.trim();
    if (issue.title !== before.title)
      addSystemNote(work, issue, `changed title from **${before.title}** to **${issue.title}**`);
  }
  if (body.state_event !== undefined) setState(work, issue, body.state_event === "close" ? "closed" : "opened");
  if (mayTriage) setMetadata(work, project, issue, body);
  setDescription(work, project, issue, body.description);
  const action = issue.state === before.state ? "update" : issue.state === "closed" ? "close" : "reopen";
  tell({ kind: "issue", issue, action, changes: changesOf(before, issue), by: viewer });
  return json(entities.issue(issue));
}

function changesOf(before: Issue, after: Issue): object {
  const names = Object.entries(after).flatMap(([name, value]) => {
    const previous = Object.entries(before).find(([one]) => one === name)?.[1];
    const written = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    return JSON.stringify(previous) === JSON.stringify(value) ? [] : [[written, { previous, current: value }]];
  });
  return Object.fromEntries(names);
}

export function setState(work: Pick<Work, "state" | "viewer">, issue: Issue, state: string): void {
  if (issue.state === state) return;
  issue.state = state;
  issue.closedAt = state === "closed" ? nowText() : null;
  issue.updatedAt = nowText();
  addSystemNote(work, issue, state === "closed" ? "closed" : "reopened");
}

function setDescription(work: Work, project: Project, issue: Issue, text: unknown): void {
  if (typeof text !== "string") return;
  const taken = takeQuickActions(text);
  issue.description = taken.text;
  runQuickActions(work, project, issue, taken.actions);
}

export function runQuickActions(
  work: Work,
  project: Project,
  issue: Issue,
  actions: ReturnType<typeof takeQuickActions>["actions"],
): void {
  for (const { name, argument } of actions) {
    if (name === "close" || name === "reopen") setState(work, issue, name === "close" ? "closed" : "opened");
    if (name === "title") issue.title = argument;
    if (name === "confidential") issue.confidential = true;
    if (name === "label") setMetadata(work, project, issue, { add_labels: argument.replace(/^~"?|"$/g, "") });
  }
}

/** What an account of the project's may set; what does not fit is dropped without a word. */
function setMetadata(
  { state, viewer, ...work }: Work,
  project: Project,
  issue: Issue,
  body: Record<string, unknown>,
): void {
  if (body.assignee_ids !== undefined) {
    const wanted = (Array.isArray(body.assignee_ids) ? body.assignee_ids : texts(body.assignee_ids)).map(Number);
    issue.assigneeIds = [...new Set(wanted)].filter((id) => project.members[id] !== undefined);
  }
  if (body.milestone_id !== undefined) {
    const milestone = ownedBy(state.milestones, project).find(({ id }) => id === Number(body.milestone_id));
    issue.milestoneId = milestone?.id ?? null;
  }
  if (typeof body.due_date === "string") issue.dueDate = body.due_date || null;
  if (typeof body.confidential === "boolean") issue.confidential = body.confidential;
  if (typeof body.weight === "number" && issue.type !== "incident") issue.weight = body.weight;

  const mayMakeLabels = levelOf(project, viewer) >= roles.reporter;
  const named = (names: string[]) => names.flatMap((name) => labelNamed(state, project, name, mayMakeLabels) ?? []);
  const before = issue.labels;
  const base = body.labels === undefined ? before : named(texts(body.labels));
  const gone = texts(body.remove_labels).map((name) => name.toLowerCase());
  const added = named(texts(body.add_labels));
  issue.labels = oneOfEachScope([...base.filter((name) => !gone.includes(name.toLowerCase())), ...added]);
  const changed = issue.labels.filter((name) => !before.includes(name));
  if (changed.length > 0) addSystemNote({ state, viewer, ...work }, issue, `added ~${changed.length} label`);
}

/** An existing one by its name in any case, or a new one. */
function labelNamed(state: State, project: Project, name: string, mayMake: boolean): string | null {
  const known = ownedBy(state.labels, project).find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (known || !mayMake) return known?.name ?? null;
  const made = { id: nextId(state), projectId: project.id, group: null, name, color: "#6699cc", description: "" };
  state.labels.push(made);
  return name;
}

/** A scoped label takes the place of the one before it. */
function oneOfEachScope(names: string[]): string[] {
  const scopeOf = (name: string) => (name.includes("::") ? name.slice(0, name.lastIndexOf("::")) : name);
  return [...new Map(names.map((name) => [scopeOf(name), name])).values()];
}

export const issueNotFound = () => notFound("Issue");
