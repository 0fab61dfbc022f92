import { OutboundError } from "@/lib/http/outcome";
import type { Choice, FieldOption, OpenTracker, Page, ProjectRef } from "@/lib/trackers/tracker";
import { repoOf } from "./address";
import { ask, read } from "./client";
import { type Context, isNotFound } from "./context";
import { assignableUsers } from "./documents";
import { wireAssignable, wireUser } from "./wire";

const maxPages = 100;

type Person = { id: string; login: string; name: string | null };

/** Who can be assigned. By GraphQL, as REST knows neither names nor a search. */
export function people(context: Context) {
  async function page(project: ProjectRef, query: string, cursor: string | null | undefined): Promise<Page<Person>> {
    const { owner, repo: name } = repoOf(project.key);
    const variables = { owner, name, query: query.trim(), after: cursor ?? null };
    const { repository } = await ask(context.octokit, context.site, wireAssignable, assignableUsers, variables);
    if (!repository) throw notThere(project);
    const { nodes, pageInfo } = repository.assignableUsers;
    return {
      items: nodes.flatMap((user) =>
        user ? [{ id: user.databaseId, login: user.login, name: user.name ?? null }] : [],
      ),
      next: pageInfo.hasNextPage ? pageInfo.endCursor : null,
    };
  }

  /** The login of an account. Calls take no id; what was shown with it is tried first, and then all are looked through. */
  async function loginOf(project: ProjectRef, { id, name }: Choice): Promise<string> {
    if (/^[\w-]{1,60}$/.test(name)) {
      const shown = await read(wireUser, context.octokit.rest.users.getByUsername({ username: name })).catch(
        (error: unknown) => {
          if (isNotFound(error)) return null;
          throw error;
        },
      );
      if (shown?.data.id === id) return shown.data.login;
    }
    let cursor: string | null = null;
    for (let pages = 0; pages < maxPages; pages++) {
      const { items, next }: Page<Person> = await page(project, "", cursor);
      const found = items.find((person) => person.id === id);
      if (found) return found.login;
      if (next === null) break;
      cursor = next;
    }
    const message = `${name || "This account"} cannot be assigned in ${project.key}.`;
    throw new OutboundError("invalid_input", message, { outcome: "refused", fields: { assignees: message } });
  }

  const listUsers: NonNullable<OpenTracker["listUsers"]> = async ({ project, query = "", cursor }) => {
    const { items, next } = await page(project, query, cursor);
    // GitHub shows e-mails to few, and never here.
    return { items: items.map(({ id, login, name }) => ({ remoteId: id, name: name || login, login })), next };
  };

  /** Choices for the assignees: by their logins, which is what people know each other by on GitHub. */
  async function search(project: ProjectRef, query: string, cursor?: string | null): Promise<Page<FieldOption>> {
    const { items, next } = await page(project, query, cursor);
    return { items: items.map(({ id, login, name }) => ({ id, name: login, detail: name || null })), next };
  }

  return { listUsers, search, loginOf };
}

export type People = ReturnType<typeof people>;

const notThere = ({ key }: ProjectRef) =>
  new OutboundError("tracker_not_found", `GitHub does not know ${key}, or the token may not see it.`, {
    outcome: "refused",
  });
