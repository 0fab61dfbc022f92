import { doneOnly } from "@/lib/trackers/read-answer";
import type { IssueAddress, OpenTracker, RemoteComment } from "@/lib/trackers/tracker";
import { issueUrl } from "./address";
import type { Client } from "./client";
import { numberOf } from "./items";
import { toComment } from "./map";
import { type WireComment, wireComment, wireComments } from "./wire";

const pageSize = 100;

/** The discussion beside a work item. */
export function comments(client: Client) {
  const at = ({ project, ref }: IssueAddress, commentId?: string) => ({
    route: {
      project: project.remoteId,
      workItemId: numberOf(ref),
      ...(commentId !== undefined && { commentId: numberOf(commentId) }),
    },
  });
  const from =
    (address: IssueAddress) =>
    (comment: WireComment): RemoteComment =>
      toComment(comment, issueUrl(client.baseUrl, { projectKey: address.project.key, ref: address.ref }));

  return {
    async listComments(address, { since, cursor }) {
      const query = { $top: pageSize, order: "asc", $expand: "renderedText", continuationToken: cursor ?? undefined };
      const { data } = await client.call("comments", wireComments, { ...at(address), query });
      const items = data.comments
        .filter(({ isDeleted }) => !isDeleted)
        .map(from(address))
        .filter(({ updatedAt }) => !since || updatedAt >= since);
      return { items, next: data.continuationToken || null };
    },

    async addComment(address, { body }) {
      const { data } = await client.call("comments", wireComment, {
        method: "POST",
        ...at(address),
        body: { text: body },
      });
      return from(address)(data);
    },

    async editComment(address, { remoteId, body }) {
      const { data } = await client.call("comments", wireComment, {
        method: "PATCH",
        ...at(address, remoteId),
        body: { text: body },
      });
      return from(address)(data);
    },

    async deleteComment(address, { remoteId }) {
      await client.call("comments", doneOnly, { method: "DELETE", ...at(address, remoteId) });
    },
  } satisfies Pick<OpenTracker, "listComments" | "addComment" | "editComment" | "deleteComment">;
}
