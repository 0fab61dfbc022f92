import { offsetOf } from "@/lib/trackers/offset";
import type { IssueAddress, OpenTracker, RemoteComment } from "@/lib/trackers/tracker";
import { idOf } from "./address";
import { done, read } from "./client";
import type { Context } from "./edition";
import { toComment } from "./map";
import { type WireComment, wireAttachments, wireComment, wireCommentPage } from "./wire";

const pageSize = 100;
/** Stands at our comments, where nobody sees it. */
const commentKey = "faultline.comment";

/** What people say below an issue, and what is put beside it. */
export function commentMethods({ site, edition, client }: Context) {
  const toRemote = (comment: WireComment, { ref }: IssueAddress): RemoteComment =>
    toComment(comment, edition, { baseUrl: site.baseUrl, key: /^\d+$/.test(ref) ? null : ref });

  return {
    /** Oldest first. Jira cannot be asked for what was changed since, only for all. */
    async listComments(address, { since, cursor = null }) {
      const jira = await client();
      const startAt = offsetOf(cursor);
      const call = jira.issueComments.getComments({
        issueIdOrKey: idOf(address.ref),
        startAt,
        maxResults: pageSize,
        orderBy: "created",
        // Data Center's service desks tell an internal note by a property.
        expand: "properties",
      });
      const { data } = await read(wireCommentPage, call);
      const end = startAt + data.comments.length;
      const isLast = data.comments.length === 0 || end >= (data.total ?? 0);
      return {
        items: data.comments.filter(({ updated }) => !since || updated >= since).map((one) => toRemote(one, address)),
        next: isLast ? null : String(end),
      };
    },

    async addComment(address, { body, marker }) {
      const jira = await client();
      const call = jira.issueComments.addComment({
        issueIdOrKey: idOf(address.ref),
        comment: edition.writeText(body),
        properties: [{ key: commentKey, value: { id: marker } }],
      });
      return toRemote((await read(wireComment, call)).data, address);
    },

    async editComment(address, { remoteId, body }) {
      const jira = await client();
      const text = edition.writeText(body);
      // The two versions of jira.js call it differently.
      const change = { body: text, comment: text };
      const call = jira.issueComments.updateComment({ issueIdOrKey: idOf(address.ref), id: idOf(remoteId), ...change });
      return toRemote((await read(wireComment, call)).data, address);
    },

    async deleteComment({ ref }, { remoteId }) {
      const jira = await client();
      await done(jira.issueComments.deleteComment({ issueIdOrKey: idOf(ref), id: idOf(remoteId) }));
    },

    async attachFile({ ref }, { name, mediaType, blob }) {
      const jira = await client();
      // A File made of a Blob refers to its bytes; they are read when the form is sent.
      const file = new File([blob], name, { type: mediaType });
      const attachment = { filename: name, file };
      const call = jira.issueAttachments.addAttachment({ issueIdOrKey: idOf(ref), attachment });
      const [kept] = (await read(wireAttachments, call)).data;
      const own = `${site.baseUrl}/secure/attachment/${kept.id}/${encodeURIComponent(kept.filename)}`;
      // Through the gateway, what Jira names is an address of the gateway's.
      const isOfSite = edition.hostOf(site) === site.baseUrl && kept.content?.startsWith(`${site.baseUrl}/`);
      return { remoteId: kept.id, name: kept.filename, url: (isOfSite && kept.content) || own };
    },

    async linkBack({ ref }, { id, url, title }) {
      const jira = await client();
      const call = jira.issueRemoteLinks.createOrUpdateRemoteIssueLink({
        issueIdOrKey: idOf(ref),
        globalId: id,
        application: { type: "com.faultline", name: "Faultline" },
        relationship: "found by",
        object: { url, title: title.slice(0, 255) },
      });
      await done(call);
    },
  } satisfies Partial<OpenTracker>;
}
