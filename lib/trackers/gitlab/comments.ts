import { z } from "zod";
import { withMarker } from "@/lib/richtext/our-block-markdown";
import { doneOnly } from "@/lib/trackers/read-answer";
import type { IssueAddress, OpenTracker } from "@/lib/trackers/tracker";
import type { Client } from "./client";
import { nextOf, pageAt } from "./cursor";
import { iidOf } from "./issues";
import { toComment } from "./map";
import { numberOf } from "./projects";
import { type WireNote, wireNote } from "./wire";

const perPage = 100;

/** Notes, as GitLab calls them. */
export function comments({ call, baseUrl }: Client) {
  const shown = (note: WireNote, { project, ref }: IssueAddress) =>
    toComment(note, { baseUrl, projectKey: project.key, ref });

  return {
    async listComments(address, { since, cursor }) {
      const { data, headers } = await call(z.array(wireNote), (api) =>
        api.notes.all(numberOf(address.project), iidOf(address.ref), {
          // GitLab cannot ask for notes since a moment: the latest come first, until they are older.
          ...(since
            ? { orderBy: "updated_at" as const, sort: "desc" as const }
            : { orderBy: "created_at" as const, sort: "asc" as const }),
          perPage,
          ...pageAt(cursor),
        }),
      );
      const isRecent = ({ updated_at }: WireNote) => !since || updated_at.getTime() >= since.getTime();
      // GitLab writes a note of its own about each change.
      const items = data.filter((note) => !note.system && isRecent(note)).map((note) => shown(note, address));
      return { items, next: data.every(isRecent) ? nextOf(headers) : null };
    },

    async addComment(address, { body, marker }) {
      const { data } = await call(wireNote, (api) =>
        api.notes.create(numberOf(address.project), iidOf(address.ref), withMarker(body, marker)),
      );
      return shown(data, address);
    },

    async editComment(address, { remoteId, body }) {
      const { data } = await call(wireNote, (api) =>
        api.notes.edit(numberOf(address.project), iidOf(address.ref), iidOf(remoteId), { body }),
      );
      return shown(data, address);
    },

    async deleteComment(address, { remoteId }) {
      await call(doneOnly, (api) => api.notes.remove(numberOf(address.project), iidOf(address.ref), iidOf(remoteId)));
    },
  } satisfies Partial<OpenTracker>;
}
