import { z } from "zod";
import { type Comment, now } from "../state";
import { type Context, invalid, issueIn, mayChange, notFound, paged, parsed, type Route, repoIn, route } from "./route";
import { tellComment } from "./tell";

const written = z.object({ body: z.string() });
const longest = 65_536;

function bodyOf(body: unknown): string {
  const { body: text } = parsed(written, body);
  if (!text.trim()) throw invalid("IssueComment", "body", "missing_field");
  if ([...text].length > longest) {
    throw invalid("IssueComment", "body", "custom", { message: `body is too long (maximum is ${longest} characters)` });
  }
  return text;
}

function commentIn(context: Context): Comment {
  const repo = repoIn(context);
  const found = context.state.comments.find(({ id }) => id === Number(context.params.id));
  const issue = context.state.issues.find(({ id }) => id === found?.issueId);
  if (!found || issue?.repoId !== repo.id) throw notFound();
  return found;
}

export const commentRoutes: Route[] = [
  route("GET", "/repos/:owner/:repo/issues/:number/comments", (context) => {
    const issue = issueIn(context);
    const since = Date.parse(context.url.searchParams.get("since") ?? "1970-01-01");
    const found = context.state.comments.filter(
      (one) => one.issueId === issue.id && Date.parse(one.updated_at) >= since,
    );
    return paged(context, found, context.shapes.comment);
  }),
  route("POST", "/repos/:owner/:repo/issues/:number/comments", (context) => {
    const issue = issueIn(context);
    const at = now();
    const body = bodyOf(context.body);
    const { state, caller } = context;
    const comment = {
      id: state.nextId++,
      issueId: issue.id,
      author: caller.login,
      body,
      created_at: at,
      updated_at: at,
    };
    state.comments.push(comment);
    issue.updated_at = at;
    tellComment(context, comment, "created");
    return { status: 201, data: context.shapes.comment(comment) };
  }),
  route("PATCH", "/repos/:owner/:repo/issues/comments/:id", (context) => {
    const comment = commentIn(context);
    mayChange(context, comment.author);
    Object.assign(comment, { body: bodyOf(context.body), updated_at: now() });
    tellComment(context, comment, "edited");
    return { status: 200, data: context.shapes.comment(comment) };
  }),
  route("DELETE", "/repos/:owner/:repo/issues/comments/:id", (context) => {
    const comment = commentIn(context);
    mayChange(context, comment.author);
    tellComment(context, comment, "deleted");
    context.state.comments.splice(context.state.comments.indexOf(comment), 1);
    return { status: 204, data: null };
  }),
];
