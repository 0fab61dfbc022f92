import { type JiraClient, read } from "@/lib/trackers/jira/client";
import type { UserPage, UserSearch } from "@/lib/trackers/jira/edition";
import { wireUsers } from "@/lib/trackers/jira/wire";
import { offsetOf, pageOfAll } from "@/lib/trackers/offset";

const pageSize = 500;
const shownAtOnce = 50;
// "Up to the thousandth user": https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-user-search/
const mostSearched = 1_000;

/**
 * By what is typed, from the search, which ends at the thousandth user and filters only then, so that it is asked once for
 * all that it has. Everybody, from the list that has no such end, as Jira's own description advises.
 */
export async function findUsers(jira: JiraClient, { query, projectId, cursor }: UserSearch): Promise<UserPage> {
  if (query === "" && projectId !== null) {
    const startAt = offsetOf(cursor);
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
  const { items: users, next } = pageOfAll(found, cursor, shownAtOnce);
  return { users, next };
}
