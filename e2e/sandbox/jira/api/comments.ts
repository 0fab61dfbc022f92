import { z } from "zod";
import { json } from "../../front";
import { type Call, issueOf, pageOf, projectById, type Routes } from "../call";
import { addComment, commentInput, editComment, isShown } from "../comments/add";
import { commentJson } from "../comments/json";
import { readBody } from "../issues/create";
import type { Comment, Issue } from "../model";
import { may } from "../permissions";
import { Refusal } from "../refusal";

const issueIn = (call: Call) => issueOf(call, call.params.issue ?? "");

function commentIn(call: Call, issue: Issue): Comment {
  const found = issue.comments.find(({ id }) => id === call.params.id);
  if (found && isShown(call, found)) return found;
  throw new Refusal(404, [`Can not find a comment for the id: ${call.params.id}.`]);
}

/** One's own, or everybody's for those who may. */
function mustOwn(call: Call, issue: Issue, comment: Comment, all: "EDIT_ALL_COMMENTS" | "DELETE_ALL_COMMENTS"): void {
  const project = projectById(call, issue.projectId);
  const own = all === "EDIT_ALL_COMMENTS" ? "EDIT_OWN_COMMENTS" : "DELETE_OWN_COMMENTS";
  if (may(call.account, project, all)) return;
  if (comment.authorId === call.account?.accountId && may(call.account, project, own)) return;
  const verb = all === "EDIT_ALL_COMMENTS" ? "edit" : "delete";
  throw new Refusal(400, [`You do not have the permission to ${verb} the comment with id: ${comment.id}.`]);
}

function page(call: Call, issue: Issue) {
  const { startAt, maxResults } = pageOf(call, call.face.isCloud ? 5_000 : 100_000, call.face.isCloud ? 100 : 100_000);
  const shown = issue.comments.filter((comment) => isShown(call, comment));
  const ordered = call.query.get("orderBy")?.startsWith("-") ? shown.toReversed() : shown;
  const comments = ordered.slice(startAt, startAt + maxResults).map((comment) => commentJson(call, issue, comment));
  return { startAt, maxResults, total: shown.length, comments };
}

export const commentRoutes: Routes = {
  "GET /issue/:issue/comment": (call) => json(page(call, issueIn(call))),
  "POST /issue/:issue/comment": (call) => {
    const issue = issueOf(call, call.params.issue ?? "", "ADD_COMMENTS");
    return json(commentJson(call, issue, addComment(call, issue, readBody(commentInput, call.body))), 201);
  },
  "GET /issue/:issue/comment/:id": (call) => {
    const issue = issueIn(call);
    return json(commentJson(call, issue, commentIn(call, issue)));
  },
  "PUT /issue/:issue/comment/:id": (call) => {
    const issue = issueIn(call);
    const comment = commentIn(call, issue);
    mustOwn(call, issue, comment, "EDIT_ALL_COMMENTS");
    editComment(call, issue, comment, readBody(commentInput, call.body));
    return json(commentJson(call, issue, comment));
  },
  "DELETE /issue/:issue/comment/:id": (call) => {
    const issue = issueIn(call);
    const comment = commentIn(call, issue);
    mustOwn(call, issue, comment, "DELETE_ALL_COMMENTS");
    issue.comments = issue.comments.filter((one) => one !== comment);
    if (call.account) call.tell({ event: "comment_deleted", issue, actor: call.account, comment });
    return json(null, 204);
  },
};

export const cloudComments: Routes = {
  ...commentRoutes,
  "POST /comment/list": (call) => {
    const { ids } = readBody(z.object({ ids: z.array(z.number()) }), call.body);
    const found = call.state.issues
      .filter((issue) => may(call.account, projectById(call, issue.projectId), "BROWSE_PROJECTS"))
      .flatMap((issue) => issue.comments.map((comment) => ({ issue, comment })))
      .filter(({ comment }) => ids.includes(Number(comment.id)) && isShown(call, comment));
    const values = found.map(({ issue, comment }) => commentJson(call, issue, comment));
    return json({ isLast: true, maxResults: 1_048_576, startAt: 0, total: values.length, values });
  },
};
