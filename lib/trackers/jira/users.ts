import type { FieldOption, OpenTracker, Page, RemoteUser } from "@/lib/trackers/tracker";
import { projectIdOf } from "./address";
import type { Context, UserSearch } from "./edition";
import { toUser } from "./map";

async function findUsers({ edition, client }: Context, search: UserSearch): Promise<Page<RemoteUser>> {
  const { users, next } = await edition.findUsers(await client(), { ...search, query: search.query.trim() });
  return { items: users.flatMap((user) => toUser(user, edition) ?? []), next };
}

/** People as what can be chosen in a field. */
export async function userOptions(context: Context, search: UserSearch): Promise<Page<FieldOption>> {
  const { items, next } = await findUsers(context, search);
  const active = items.filter(({ isActive = true }) => isActive);
  return {
    items: active.map(({ remoteId, name, email, login }) => ({ id: remoteId, name, detail: email ?? login ?? null })),
    next,
  };
}

export const userMethods = (context: Context) =>
  ({
    listUsers: ({ project, query = "", cursor = null }) =>
      findUsers(context, { query, projectId: projectIdOf(project.remoteId), cursor }),
  }) satisfies Partial<OpenTracker>;
