import { type Call, selfUrl, timeFor, userJson } from "../call";
import type { Comment, Issue } from "../model";

/** Users inside comments and files carry fewer attributes than a user asked for. */
export function authorJson(call: Call, accountId: string) {
  return userJson(call, accountId) ?? undefined;
}

export function commentJson(call: Call, issue: Issue, comment: Comment) {
  const withProperties = call.query.get("expand")?.includes("properties") ?? false;
  return {
    self: selfUrl(call, `/issue/${issue.id}/comment/${comment.id}`),
    id: comment.id,
    author: authorJson(call, comment.authorId),
    body: comment.body,
    updateAuthor: authorJson(call, comment.authorId),
    created: timeFor(call, comment.createdMs),
    updated: timeFor(call, comment.updatedMs),
    ...(call.face.isCloud && { jsdPublic: true }),
    ...(comment.visibility && { visibility: visibilityJson(call, comment.visibility) }),
    ...(withProperties && { properties: comment.properties }),
  };
}

const visibilityJson = (call: Call, visibility: NonNullable<Comment["visibility"]>) => ({
  ...visibility,
  ...(call.face.isCloud && { identifier: visibility.value }),
});
