import { type JiraClient, read } from "@/lib/trackers/jira/client";
import type { UserPage, UserSearch } from "@/lib/trackers/jira/edition";
import { wireUsers } from "@/lib/trackers/jira/wire";
import { offsetOf } from "@/lib/trackers/offset";

const pageSize = 200;
const mostAssignable = 100;

/** By what is typed; whom an issue can be given to is told of the first hundred alone, so that all are listed as users. */
export async function findUsers({ userSearch }: JiraClient, search: UserSearch): Promise<UserPage> {
  const { query, projectId, cursor } = search;
  if (projectId !== null && query !== "") {
    const page = { username: query, project: projectId, maxResults: mostAssignable };
    return { users: (await read(wireUsers, userSearch.findAssignableUsers(page))).data, next: null };
  }
  const startAt = offsetOf(cursor);
  // Without a query there is no answer; everybody's e-mail address has a dot.
  const page = { username: query || ".", startAt, maxResults: pageSize };
  const { data } = await read(wireUsers, userSearch.findUsers(page));
  return { users: data, next: data.length < pageSize ? null : String(startAt + pageSize) };
}
