import { dispatch } from "../hooks";
import { must } from "../shapes";
import type { Comment, Issue } from "../state";
import type { Context } from "./route";

/** Tells the hooks what has become of an issue. */
export const tellIssue = (context: Context, issue: Issue, action: string, more: object = {}) =>
  tell(context, issue, "issues", action, more);

/** Tells the hooks what has become of a comment. */
export function tellComment(context: Context, comment: Comment, action: string): void {
  const issue = must(context.state.issues.find(({ id }) => id === comment.issueId));
  tell(context, issue, "issue_comment", action, { comment: context.shapes.comment(comment) });
}

function tell({ state, shapes, caller }: Context, issue: Issue, event: string, action: string, more: object): void {
  const repo = must(state.repos.find(({ id }) => id === issue.repoId));
  dispatch(state, repo.id, event, action, {
    issue: shapes.issue(issue),
    ...more,
    repository: shapes.repo(repo, true),
    sender: shapes.user(must(state.users.find(({ login }) => login === caller.login))),
  });
}
