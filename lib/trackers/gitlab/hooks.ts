import { z } from "zod";
import { doneOnly } from "@/lib/trackers/read-answer";
import type { OpenTracker, ProjectRef, RemoteWebhook } from "@/lib/trackers/tracker";
import type { Client } from "./client";
import { nextOf, pageAt } from "./cursor";
import { iidOf } from "./issues";
import { numberOf } from "./projects";
import { wireHook } from "./wire";

const maxPages = 5;

/** Project hooks; they need the role Maintainer and never expire. */
export function hooks({ call }: Client) {
  return {
    async registerWebhook({ project, url, secret }) {
      const { data } = await call(wireHook, (api) =>
        api.hooks.add(numberOf(project), url, {
          token: secret,
          issuesEvents: true,
          confidentialIssuesEvents: true,
          noteEvents: true,
          confidentialNoteEvents: true,
          // On unless it is told otherwise.
          pushEvents: false,
          enableSslVerification: true,
        }),
      );
      return toWebhook(data);
    },

    async listWebhooks({ project }: { project: ProjectRef }) {
      const found: RemoteWebhook[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < maxPages; page++) {
        const at = pageAt(cursor);
        const { data, headers } = await call(z.array(wireHook), (api) =>
          api.hooks.all(numberOf(project), { perPage: 100, ...at }),
        );
        found.push(...data.map(toWebhook));
        cursor = nextOf(headers);
        if (cursor === null) break;
      }
      return found;
    },

    async removeWebhook({ project, remoteId }) {
      await call(doneOnly, (api) => api.hooks.remove(numberOf(project), iidOf(remoteId)));
    },
  } satisfies Partial<OpenTracker>;
}

const toWebhook = ({ id, url, alert_status }: z.output<typeof wireHook>): RemoteWebhook => ({
  remoteId: id,
  url,
  // GitLab switches a hook off for a while after failures, and for good after many.
  isActive: alert_status === "executable",
  expiresAt: null,
});
