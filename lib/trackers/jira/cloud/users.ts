import { type JiraClient, read } from "@/lib/trackers/jira/client";
import type { UserPage, UserSearch } from "@/lib/trackers/jira/edition";
import { startOf } from "@/lib/trackers/jira/users";
import { wireUsers } from "@/lib/trackers/jira/wire";

const pageSize = 500;
const shownAtOnce = 50;
// "Up to the thousandth user": https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-user-search/
const mostSearched = 1_000;

/**
 * By what is typed, from the search, which ends at the thousandth user and filters only then, so that it is asked once for
 * all that it has. Everybody, from the list that has no such end, as Jira's own description advises.
 */
export async function findUsers(jira: JiraClient, { query, projectId, cursor }: UserSearch): Promise<UserPage> {
  const startAt = startOf(cursor);
  if (query === "" && projectId !== null) {
    const { data } = await read(wireUsers, jira.users.getAllUsers({ startAt, maxResults: pageSize }));
    // Apps and customers of a service desk can be given nothing.
    const users = data.filter(({ accountType = "atlassian" }) => accountType === "atlassian");
    return { users, next: data.length < pageSize ? null : String(startAt + pageSize) };
  }
  const page = { query, maxResults: mostSearched };
  const { userSearch } = jira;
  const call =
    projectId === null ? userSearch.findUsers(page) : userSearch.findAssignableUsers({ ...page, project: projectId });
  const found = (await read(wireUsers, call)).data.filter(({ accountType }) => accountType !== "app");
  const end = startAt + shownAtOnce;
  return { users: found.slice(startAt, end), next: end < found.length ? String(end) : null };
}
