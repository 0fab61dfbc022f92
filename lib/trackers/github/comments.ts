import { z } from "zod";
import { withMarker } from "@/lib/richtext/our-block-markdown";
import { doneOnly } from "@/lib/trackers/read-answer";
import { remoteNumber } from "@/lib/trackers/remote-number";
import type { OpenTracker } from "@/lib/trackers/tracker";
import { repoOf } from "./address";
import { read } from "./client";
import { type Context, numberOf, pageOf, pageSize, seconds } from "./context";
import { nextPageOf, toComment } from "./map";
import { wireComment } from "./wire";

/** Comments; what GitHub itself notes on an issue is not among them. */
export function comments({ octokit }: Context) {
  return {
    async listComments({ project, ref }, { since, cursor }) {
      const { data, headers } = await read(
        z.array(wireComment),
        octokit.rest.issues.listComments({
          ...repoOf(project.key),
          issue_number: numberOf(ref),
          ...(since && { since: seconds(since) }),
          per_page: pageSize,
          page: pageOf(cursor),
        }),
      );
      return { items: data.map(toComment), next: nextPageOf(headers.get("link")) };
    },

    async addComment({ project, ref }, { body, marker }) {
      const call = octokit.rest.issues.createComment({
        ...repoOf(project.key),
        issue_number: numberOf(ref),
        body: withMarker(body, marker),
      });
      return toComment((await read(wireComment, call)).data);
    },

    async editComment({ project }, { remoteId, body }) {
      const call = octokit.rest.issues.updateComment({
        ...repoOf(project.key),
        comment_id: remoteNumber(remoteId, "comment"),
        body,
      });
      return toComment((await read(wireComment, call)).data);
    },

    async deleteComment({ project }, { remoteId }) {
      await read(
        doneOnly,
        octokit.rest.issues.deleteComment({ ...repoOf(project.key), comment_id: remoteNumber(remoteId, "comment") }),
      );
    },
  } satisfies Partial<OpenTracker>;
}
