import { z } from "zod";
import { type Identity, org, reader } from "../seed";
import { issueNode, must } from "../shapes";
import { type Board, type BoardField, type Issue, optionId, type State } from "../state";

/** An error among the `errors` of an answer with status 200. */
export class GraphqlRefusal extends Error {
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

const named =
  (query: string | null | undefined) =>
  ({ title }: Board) =>
    title.toLowerCase().includes((query ?? "").toLowerCase());

const connectionArgs = z.object({ first: z.number().max(100).default(30), after: z.string().nullish() });

/** GitHub's connections: a page, where it ends, and whether more follows. */
function connection<T>(all: readonly T[], args: unknown, node: (one: T) => object) {
  const { first, after } = connectionArgs.parse(args);
  const from = after ? Number(Buffer.from(after, "base64url").toString()) : 0;
  const end = Math.min(from + first, all.length);
  return {
    totalCount: all.length,
    nodes: all.slice(from, end).map(node),
    pageInfo: {
      hasNextPage: end < all.length,
      endCursor: end > from ? Buffer.from(String(end)).toString("base64url") : null,
    },
  };
}

/** What the roots of queries and mutations answer. */
export function rootOf(state: State, baseUrl: string, { scopes, role, login: me }: Identity) {
  const has = (...any: string[]) => scopes === null || any.some((scope) => scopes.includes(scope));
  const seesPrivate = has("repo");
  const mayRead = () => {
    if (has("project", "read:project")) return;
    const message = `Your token has not been granted the required scopes to execute this query. The 'projectsV2' field requires one of the following scopes: ['read:project'], but your token has only been granted the: [${scopes?.map((one) => `'${one}'`).join(", ")}] scopes.`;
    throw new GraphqlRefusal("INSUFFICIENT_SCOPES", message);
  };
  const mayWrite = () => {
    mayRead();
    if (!has("project")) throw new GraphqlRefusal("INSUFFICIENT_SCOPES", "Your token lacks the scope project.");
    if (role === "read")
      throw new GraphqlRefusal("FORBIDDEN", `${me} does not have the correct permissions to execute this.`);
  };
  const absent = (id: string) =>
    new GraphqlRefusal("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'`);

  const field = ({ options, ...one }: BoardField) => ({
    __typename: options ? "ProjectV2SingleSelectField" : "ProjectV2Field",
    ...one,
    ...(options && { options: options.map((option) => ({ ...option, description: "" })) }),
  });
  const board = (one: Board): object => ({
    __typename: "ProjectV2",
    ...{ id: one.id, number: one.number, title: one.title, closed: false, public: false },
    url: `${baseUrl}/orgs/${org}/projects/${one.number}`,
    viewerCanUpdate: role !== "read",
    fields: (args: unknown) => connection(one.fields, args, field),
    items: (args: unknown) => connection(one.items, args, (item) => itemOf(one, item)),
  });
  const itemOf = (on: Board, item: Board["items"][number]): object => ({
    __typename: "ProjectV2Item",
    ...{ id: item.id, isArchived: false, type: "ISSUE", updatedAt: item.updatedAt },
    project: () => board(on),
    content: () => issue(must(state.issues.find(({ id }) => id === item.issueId))),
    fieldValues: () => ({ nodes: on.fields.flatMap((one) => selected(one, item.values[one.id]) ?? []) }),
    fieldValueByName: ({ name }: { name: string }) => {
      const found = on.fields.find((one) => one.name === name);
      return found ? selected(found, item.values[found.id]) : null;
    },
  });
  const selected = (one: BoardField, optionIdOf: string | undefined) => {
    const option = one.options?.find(({ id }) => id === optionIdOf);
    if (!option) return null;
    return {
      __typename: "ProjectV2ItemFieldSingleSelectValue",
      name: option.name,
      optionId: option.id,
      field: field(one),
    };
  };
  const issue = (one: Issue): object => ({
    __typename: "Issue",
    ...{ id: issueNode(one.id), databaseId: one.id, number: one.number, title: one.title, body: one.body ?? "" },
    url: `${baseUrl}/${org}/${must(state.repos.find(({ id }) => id === one.repoId)).name}/issues/${one.number}`,
    state: one.state.toUpperCase(),
    stateReason: one.state_reason?.toUpperCase() ?? null,
    projectItems: (args: unknown) => {
      mayRead();
      const all = state.boards.flatMap((on) =>
        on.items.flatMap((item) => (item.issueId === one.id ? [{ on, item }] : [])),
      );
      return connection(all, args, ({ on, item }) => itemOf(on, item));
    },
  });
  const findBoard = (id: string) => state.boards.find((one) => one.id === id);
  const boardOf = (id: string) => {
    const found = findBoard(id);
    if (!found) throw absent(id);
    return found;
  };

  const query: Record<string, unknown> = {
    viewer: { id: "U_me", login: me },
    node: ({ id }: { id: string }) => {
      const found = findBoard(id);
      if (found) mayRead();
      const wanted = state.issues.find((one) => issueNode(one.id) === id);
      if (!found && !wanted) throw absent(id);
      return found ? board(found) : wanted ? issue(wanted) : null;
    },
    organization: ({ login }: { login: string }) => {
      if (login !== org)
        throw new GraphqlRefusal("NOT_FOUND", `Could not resolve to an Organization with the login of '${login}'.`);
      mayRead();
      const boards = (args: { query?: string | null }) =>
        connection(state.boards.filter(named(args.query)), args, board);
      return { id: "O_1", login, projectsV2: boards };
    },
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const found = state.repos.find(
        (repo) => repo.name.toLowerCase() === name.toLowerCase() && owner.toLowerCase() === org,
      );
      if (!found || (found.private && !seesPrivate)) {
        throw new GraphqlRefusal("NOT_FOUND", `Could not resolve to a Repository with the name '${owner}/${name}'.`);
      }
      return {
        id: `R_${found.id}`,
        nameWithOwner: `${org}/${found.name}`,
        assignableUsers: (args: { query?: string | null }) => {
          const wanted = (args.query ?? "").toLowerCase();
          const people = state.users.filter(
            ({ type, login, name: called }) =>
              type === "User" && login !== reader && `${login} ${called}`.toLowerCase().includes(wanted),
          );
          return connection(people, args, (user) => ({
            id: `U_${user.id}`,
            databaseId: user.id,
            login: user.login,
            name: user.name,
          }));
        },
        projectsV2: (args: { query?: string | null }) => {
          mayRead();
          const linked = state.boards.filter((one) => one.repoIds.includes(found.id) && named(args.query)(one));
          return connection(linked, args, board);
        },
      };
    },
  };

  const mutation: Record<string, unknown> = {
    addProjectV2ItemById: ({ input }: { input: { projectId: string; contentId: string } }) => {
      mayWrite();
      const on = boardOf(input.projectId);
      const content = state.issues.find((one) => issueNode(one.id) === input.contentId);
      if (!content) throw absent(input.contentId);
      let item = on.items.find(({ issueId }) => issueId === content.id);
      if (!item) {
        item = { id: `PVTI_${state.nextId++}`, issueId: content.id, updatedAt: new Date().toISOString(), values: {} };
        on.items.push(item);
      }
      return { item: itemOf(on, item) };
    },
    updateProjectV2ItemFieldValue: ({ input }: { input: SetInput }) => {
      mayWrite();
      const on = boardOf(input.projectId);
      const item = on.items.find(({ id }) => id === input.itemId);
      const target = on.fields.find(({ id }) => id === input.fieldId);
      if (!item || !target) throw absent(item ? input.fieldId : input.itemId);
      const chosen = input.value.singleSelectOptionId;
      if (!target.options?.some(({ id }) => id === chosen)) {
        throw new GraphqlRefusal("VALIDATION", "The single select option Id does not belong to the field");
      }
      if (chosen) item.values[target.id] = chosen;
      item.updatedAt = new Date().toISOString();
      return { projectV2Item: itemOf(on, item) };
    },
    createProjectV2Field: ({ input }: { input: CreateInput }) => {
      mayWrite();
      const on = boardOf(input.projectId);
      if (on.fields.some(({ name }) => name.toLowerCase() === input.name.toLowerCase())) {
        throw new GraphqlRefusal("UNPROCESSABLE", "Name has already been taken");
      }
      const options = input.singleSelectOptions.map(({ name, color }) => ({
        id: optionId(state.nextId++),
        name,
        color,
      }));
      const made = { id: `PVTSSF_${state.nextId++}`, name: input.name, dataType: input.dataType, options };
      on.fields.push(made);
      return { projectV2Field: field(made) };
    },
  };
  return { query, mutation };
}

type SetInput = { projectId: string; itemId: string; fieldId: string; value: { singleSelectOptionId?: string } };
type CreateInput = {
  projectId: string;
  dataType: string;
  name: string;
  singleSelectOptions: { name: string; color: string }[];
};
