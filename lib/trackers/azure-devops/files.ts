import type { OpenTracker } from "@/lib/trackers/tracker";
import type { Client } from "./client";
import type { items } from "./items";
import type { Operation } from "./patch";
import { type WireItem, wireAttached, wireAttachment } from "./wire";

type Relation = NonNullable<WireItem["relations"]>[number];

/** What stands beside a work item: files, and our page as a link. */
export function files(client: Client, { read, change }: Pick<ReturnType<typeof items>, "read" | "change">) {
  const add = (rel: string, url: string, attributes: Record<string, string>): Operation => ({
    op: "add",
    path: "/relations/-",
    value: { rel, url, attributes },
  });
  const remove = (index: number): Operation => ({ op: "remove", path: `/relations/${index}` });
  const relations = ({ relations }: WireItem) => relations ?? [];

  return {
    // The file and the relation are two calls; what a first attempt has put there is not put there again.
    async attachFile({ project, ref }, { name, blob }) {
      const isSame = ({ rel, attributes }: Relation) =>
        rel === "AttachedFile" && attributes?.name === name && attributes.resourceSize === blob.size;
      const there = wireAttached.safeParse(relations(await read(ref, expanded)).find(isSame)).data;
      if (there) return { remoteId: idIn(there.url), name, url: there.url };

      const { data } = await client.call("attachments", wireAttachment, {
        method: "POST",
        route: { project: project.remoteId },
        query: { fileName: name },
        body: blob,
        mediaType: "application/octet-stream",
      });
      await change(ref, async () => [add("AttachedFile", data.url, { name })], expanded);
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
        expanded,
      );
    },
  } satisfies Pick<OpenTracker, "attachFile" | "linkBack">;
}

const idIn = (url: string) => /\/attachments\/([\da-f-]{36})/i.exec(url)?.[1] ?? url;
const expanded = { $expand: "relations" };

// A comment of a link has 255 characters.
const longestTitleChars = 150;
