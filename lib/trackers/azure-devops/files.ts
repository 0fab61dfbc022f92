import type { OpenTracker } from "@/lib/trackers/tracker";
import type { Client } from "./client";
import type { items } from "./items";
import type { Operation } from "./patch";
import { type WireItem, wireAttachment } from "./wire";

/** What stands beside a work item: files, and our page as a link. */
export function files(client: Client, { change }: Pick<ReturnType<typeof items>, "change">) {
  const add = (rel: string, url: string, attributes: Record<string, string>): Operation => ({
    op: "add",
    path: "/relations/-",
    value: { rel, url, attributes },
  });
  const remove = (index: number): Operation => ({ op: "remove", path: `/relations/${index}` });
  const relations = ({ relations }: WireItem) => relations ?? [];

  return {
    async attachFile({ project, ref }, { name, blob }) {
      const { data } = await client.call("attachments", wireAttachment, {
        method: "POST",
        route: { project: project.remoteId },
        query: { fileName: name },
        body: blob,
        mediaType: "application/octet-stream",
      });
      const isThere = (item: WireItem) => relations(item).some(({ url }) => url === data.url);
      await change(ref, async (item) => (isThere(item) ? [] : [add("AttachedFile", data.url, { name })]), "relations");
      return { remoteId: data.id, name, url: data.url };
    },

    // The server refuses the same address twice, and keeps no id of ours: the comment carries it.
    async linkBack({ ref }, { id, url, title }) {
      const comment = `${title.slice(0, longestTitleChars)} (${id})`;
      await change(
        ref,
        async (item) => {
          const ours = relations(item).findIndex(
            (one) =>
              one.rel === "Hyperlink" && (one.url === url || String(one.attributes?.comment ?? "").endsWith(`(${id})`)),
          );
          const found = relations(item)[ours];
          if (found?.url === url && found.attributes?.comment === comment) return [];
          return [...(found ? [remove(ours)] : []), add("Hyperlink", url, { comment })];
        },
        "relations",
      );
    },
  } satisfies Pick<OpenTracker, "attachFile" | "linkBack">;
}

// A comment of a link has 255 characters.
const longestTitleChars = 150;
