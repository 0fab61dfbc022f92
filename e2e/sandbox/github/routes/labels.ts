import { z } from "zod";
import { type Label, now, type Repo, type State } from "../state";
import { invalid, issueIn, mayChange, notFound, paged, parsed, type Route, repoIn, route } from "./route";
import { tellIssue } from "./tell";

const label = z.object({
  name: z.string().min(1).max(50),
  color: z.string().default("ededed"),
  description: z.string().nullish(),
});
const named = z.union([
  z.object({ labels: z.array(z.string()) }).transform(({ labels }) => labels),
  z.array(z.string()),
]);

/** A label by its name, made where it is not there yet, as GitHub does. */
export function labelNamed(state: State, repo: Repo, name: string): Label {
  const found = state.labels.find((one) => one.repoId === repo.id && one.name.toLowerCase() === name.toLowerCase());
  if (found) return found;
  if ([...name].length > 50 || !name.trim()) throw invalid("Label", "name", "invalid");
  const made = { id: state.nextId++, repoId: repo.id, name, color: "ededed", description: null };
  state.labels.push(made);
  return made;
}

export const labelRoutes: Route[] = [
  route("GET", "/repos/:owner/:repo/labels", (context) => {
    const repo = repoIn(context);
    return paged(
      context,
      context.state.labels.filter(({ repoId }) => repoId === repo.id),
      context.shapes.label,
    );
  }),
  route("POST", "/repos/:owner/:repo/labels", (context) => {
    const repo = repoIn(context);
    mayChange(context, "");
    const { name, color, description } = parsed(label, context.body);
    if (context.state.labels.some((one) => one.repoId === repo.id && one.name.toLowerCase() === name.toLowerCase())) {
      throw invalid("Label", "name", "already_exists");
    }
    const made = Object.assign(labelNamed(context.state, repo, name), { color, description: description ?? null });
    return { status: 201, data: context.shapes.label(made) };
  }),
  route("POST", "/repos/:owner/:repo/issues/:number/labels", (context) => {
    const [repo, issue] = [repoIn(context), issueIn(context)];
    mayChange(context, "");
    const added = parsed(named, context.body).map((name) => labelNamed(context.state, repo, name).id);
    issue.labels = [...new Set([...issue.labels, ...added])];
    issue.updated_at = now();
    tellIssue(context, issue, "labeled");
    const all = context.state.labels.filter(({ id }) => issue.labels.includes(id));
    return { status: 200, data: all.map(context.shapes.label) };
  }),
  route("DELETE", "/repos/:owner/:repo/issues/:number/labels/:name", (context) => {
    const [repo, issue] = [repoIn(context), issueIn(context)];
    mayChange(context, "");
    const name = decodeURIComponent(context.params.name ?? "").toLowerCase();
    const found = context.state.labels.find((one) => one.repoId === repo.id && one.name.toLowerCase() === name);
    if (!found || !issue.labels.includes(found.id)) throw notFound();
    issue.labels = issue.labels.filter((id) => id !== found.id);
    issue.updated_at = now();
    tellIssue(context, issue, "unlabeled");
    const left = context.state.labels.filter(({ id }) => issue.labels.includes(id));
    return { status: 200, data: left.map(context.shapes.label) };
  }),
];
