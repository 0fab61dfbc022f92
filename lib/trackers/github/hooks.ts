import { z } from "zod";
import { doneOnly } from "@/lib/trackers/read-answer";
import { remoteNumber } from "@/lib/trackers/remote-number";
import type { OpenTracker, RemoteWebhook } from "@/lib/trackers/tracker";
import { repoOf } from "./address";
import { read } from "./client";
import { type Context, pageSize } from "./context";
import { nextPageOf } from "./map";
import { wireHook } from "./wire";

const maxPages = 10;

const toHook = ({ id, active, config }: z.output<typeof wireHook>): RemoteWebhook => ({
  remoteId: id,
  url: config.url,
  isActive: active,
  expiresAt: null,
});

/** A repository's webhooks. They do not end, so that none is renewed. */
export function hooks({ octokit }: Context) {
  return {
    async registerWebhook({ project, url, secret }) {
      const call = octokit.rest.repos.createWebhook({
        ...repoOf(project.key),
        name: "web",
        config: { url, secret, content_type: "json", insecure_ssl: "0" },
        events: ["issues", "issue_comment"],
        active: true,
      });
      return toHook((await read(wireHook, call)).data);
    },

    async listWebhooks({ project }) {
      const all: RemoteWebhook[] = [];
      for (let page = 1; page <= maxPages; page++) {
        const query = { ...repoOf(project.key), per_page: pageSize, page };
        const { data, headers } = await read(z.array(wireHook), octokit.rest.repos.listWebhooks(query));
        all.push(...data.map(toHook));
        if (!nextPageOf(headers.get("link"))) break;
      }
      return all;
    },

    async removeWebhook({ project, remoteId }) {
      const hook_id = remoteNumber(remoteId, "webhook");
      await read(doneOnly, octokit.rest.repos.deleteWebhook({ ...repoOf(project.key), hook_id }));
    },
  } satisfies Partial<OpenTracker>;
}
