import type { FieldOption, OpenTracker, Page, RemoteUser } from "@/lib/trackers/tracker";
import { projectIdOf } from "./address";
import { read } from "./client";
import type { Context } from "./edition";
import { toUser } from "./map";
import { wireUsers } from "./wire";

type Search = { query: string; projectId: string | null; cursor: string | null };

/** People whom an issue can be given to, or all; a short page is not the last one, since Jira filters after it counts. */
export async function findUsers({ edition, client }: Context, search: Search): Promise<Page<RemoteUser>> {
  const { pageSize, last } = edition.users;
  const startAt = startOf(search.cursor);
  const call = edition.findUsers(await client(), { ...search, startAt, maxResults: pageSize });
  const users = (await read(wireUsers, call)).data;
  const next = startAt + pageSize;
  const isOver = users.length === 0 && search.query !== "";
  return {
    items: users
      .filter(({ accountType = "atlassian" }) => accountType !== "app")
      .flatMap((user) => toUser(user, edition) ?? []),
    next: isOver || next >= last ? null : String(next),
  };
}

/** The same as what can be chosen in a field. */
export async function userOptions(context: Context, search: Search): Promise<Page<FieldOption>> {
  const { items, next } = await findUsers(context, search);
  const active = items.filter(({ isActive = true }) => isActive);
  return {
    items: active.map(({ remoteId, name, email, login }) => ({ id: remoteId, name, detail: email ?? login ?? null })),
    next,
  };
}

/** Where a page begins; what is no page of ours is the first. */
export const startOf = (cursor: string | null | undefined): number =>
  /^\d{1,7}$/.test(cursor ?? "") ? Number(cursor) : 0;

export const userMethods = (context: Context) =>
  ({
    listUsers: ({ project, query = "", cursor = null }) =>
      findUsers(context, { query: query.trim(), projectId: projectIdOf(project.remoteId), cursor }),
  }) satisfies Partial<OpenTracker>;
