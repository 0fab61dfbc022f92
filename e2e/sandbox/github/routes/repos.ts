import { z } from "zod";
import { admin, reader } from "../seed";
import { must } from "../shapes";
import { notFound, paged, parsed, type Route, repoIn, route } from "./route";

const change = z.object({
  name: z.string().optional(),
  archived: z.boolean().optional(),
  has_issues: z.boolean().optional(),
});

export const repoRoutes: Route[] = [
  route("GET", "/user", ({ state, caller, shapes }) => ({
    status: 200,
    data: shapes.me(must(state.users.find(({ login }) => login === caller.login))),
  })),
  route("GET", "/user/repos", (context) => {
    const { state, caller, shapes } = context;
    const seen = state.repos.filter((repo) => caller.seesPrivate || !repo.private);
    return paged(context, seen, (repo) => shapes.repo(repo, caller.canPush));
  }),
  route("GET", "/repositories/:id", ({ state, params, caller, shapes }) => {
    const repo = state.repos.find(({ id }) => id === Number(params.id));
    if (!repo || (repo.private && !caller.seesPrivate)) throw notFound();
    return { status: 200, data: shapes.repo(repo, caller.canPush) };
  }),
  route("GET", "/repos/:owner/:repo", (context) => ({
    status: 200,
    data: context.shapes.repo(repoIn(context), context.caller.canPush),
  })),
  route("PATCH", "/repos/:owner/:repo", (context) => {
    const repo = repoIn(context);
    if (context.caller.login !== admin) throw notFound();
    Object.assign(repo, parsed(change, context.body));
    return { status: 200, data: context.shapes.repo(repo, true) };
  }),
  route("GET", "/repos/:owner/:repo/assignees", (context) => {
    repoIn(context);
    const { state, shapes } = context;
    return paged(
      context,
      state.users.filter(({ type, login }) => type === "User" && login !== reader),
      shapes.user,
    );
  }),
  route("GET", "/repos/:owner/:repo/milestones", (context) => {
    const repo = repoIn(context);
    const wanted = context.url.searchParams.get("state") ?? "open";
    const fits = context.state.milestones.filter(
      ({ repoId, state }) => repoId === repo.id && (wanted === "all" || state === wanted),
    );
    return paged(context, fits, context.shapes.milestone);
  }),
  route("GET", "/repos/:owner/:repo/issue-types", (context) => {
    repoIn(context);
    return { status: 200, data: context.state.types.map(context.shapes.type) };
  }),
];
