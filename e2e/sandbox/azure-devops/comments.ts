import { z } from "zod";
import { type Ask, replaceItem } from "./api";
import { Failure } from "./failure";
import { announce } from "./hooks";
import type { Comment } from "./state";
import { wireIdentity } from "./wire-item";
import { findItem } from "./work-items";

const input = z.object({ text: z.string().min(1) });

const wire = (ask: Ask, comment: Comment, isRendered: boolean) => ({
  workItemId: comment.itemId,
  id: comment.id,
  version: comment.version,
  text: comment.text,
  ...(isRendered && { renderedText: comment.text }),
  format: comment.format,
  createdBy: wireIdentity(ask, comment.by),
  createdDate: comment.createdDate,
  modifiedBy: wireIdentity(ask, comment.by),
  modifiedDate: comment.modifiedDate,
  url: `${ask.url}/_apis/wit/workItems/${comment.itemId}/comments/${comment.id}`,
});

/** The newest first unless told otherwise, as the service does. */
export function listComments(ask: Ask) {
  const { query, state, parts } = ask;
  const { id } = findItem(state, Number(parts[0]));
  const all = state.comments.filter((one) => one.itemId === id && !one.isDeleted);
  if (query.get("order") !== "asc") all.reverse();
  const from = Number(query.get("continuationToken") ?? 0);
  const to = from + Math.min(Number(query.get("$top") ?? 200), 200);
  const page = all.slice(from, to);
  const isRendered = /renderedText|all/i.test(query.get("$expand") ?? "");
  return {
    ...{ totalCount: all.length, count: page.length },
    comments: page.map((one) => wire(ask, one, isRendered)),
    ...(to < all.length && { continuationToken: String(to) }),
  };
}

/** Writes, changes or deletes a comment; each is a revision of the work item. */
export function discuss(ask: Ask) {
  const { state, parts, request, account } = ask;
  const item = findItem(state, Number(parts[0]));
  if (!account.mayWrite)
    throw new Failure(
      403,
      "TF237111: The current user does not have permissions.",
      "WorkItemUnauthorizedAccessException",
    );
  const now = new Date().toISOString();
  const revised = {
    ...item,
    rev: item.rev + 1,
    fields: { ...item.fields, "System.ChangedDate": now, "System.ChangedBy": account.login },
  };

  if (request.method === "POST") {
    const text = textIn(ask);
    const comment: Comment = {
      ...{ id: state.nextCommentId++, itemId: item.id, version: 1, text, format: "html", by: account.login },
      ...{ createdDate: now, modifiedDate: now, isDeleted: false },
    };
    state.comments.push(comment);
    replaceItem(ask, item, revised);
    announce(ask, "workitem.commented", item, revised);
    return wire(ask, comment, false);
  }

  const comment = state.comments.find((one) => one.id === Number(parts[1]) && one.itemId === item.id && !one.isDeleted);
  if (!comment)
    throw new Failure(404, `VS403637: The comment ${parts[1]} does not exist.`, "WorkItemCommentNotFoundException");
  if (request.method === "DELETE") comment.isDeleted = true;
  else Object.assign(comment, { text: textIn(ask), version: comment.version + 1, modifiedDate: now });
  replaceItem(ask, item, revised);
  return request.method === "DELETE" ? undefined : wire(ask, comment, false);
}

function textIn({ request }: Ask): string {
  const { data } = input.safeParse(request.body);
  if (data) return data.text;
  throw new Failure(400, "VS403637: The comment text is required.", "VssPropertyValidationException");
}
