import { z } from "zod";
import { org } from "../seed";
import { type Shapes, shapesOf } from "../shapes";
import type { Issue, Repo, State } from "../state";

export type Caller = { login: string; canPush: boolean; seesPrivate: boolean };
export type Call = {
  state: State;
  baseUrl: string;
  caller: Caller;
  params: Record<string, string>;
  url: URL;
  body: unknown;
};
export type Context = Call & { shapes: Shapes };
export type Reply = { status: number; data: unknown; link?: string | undefined };
export type Handle = (context: Context) => Reply;
export type Route = { method: string; path: string; handle: Handle };

const docs = "https://docs.github.com/rest";

/** A refusal in GitHub's shape. */
export class Refusal extends Error {
  readonly body: object;
  constructor(
    readonly status: number,
    message: string,
    errors?: readonly object[],
  ) {
    super(message);
    this.body = { message, ...(errors && { errors }), documentation_url: docs, status: String(status) };
  }
}

export const notFound = () => new Refusal(404, "Not Found");
export const invalid = (resource: string, field: string, code: string, more: object = {}) =>
  new Refusal(422, "Validation Failed", [{ resource, field, code, ...more }]);

export const runRoute = (handle: Handle, call: Call): Reply =>
  handle({ ...call, shapes: shapesOf(call.state, call.baseUrl) });

export const route = (method: string, path: string, handle: Handle): Route => ({ method, path, handle });

/** The repository of the path, if the caller may see it. */
export function repoIn({ state, params, caller }: Context): Repo {
  const { owner, repo } = params;
  const found = state.repos.find(({ name }) => name.toLowerCase() === repo?.toLowerCase());
  if (!found || owner?.toLowerCase() !== org || (found.private && !caller.seesPrivate)) throw notFound();
  return found;
}

export function issueIn(context: Context): Issue {
  const repo = repoIn(context);
  const number = Number(context.params.number);
  const found = context.state.issues.find((issue) => issue.repoId === repo.id && issue.number === number);
  if (!found) throw notFound();
  return found;
}

/** Triage is needed to change what somebody else wrote. */
export function mayChange({ caller }: Context, author: string): void {
  if (!caller.canPush && caller.login !== author) throw new Refusal(403, "Must have admin rights to Repository.");
}

export function parsed<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const { data, error, success } = schema.safeParse(body ?? {});
  if (success) return data;
  throw invalid("Issue", String(error.issues[0]?.path[0] ?? "body"), "invalid");
}

const paging = z.object({
  page: z.coerce.number().int().min(1).catch(1),
  per_page: z.coerce.number().int().min(1).max(100).catch(30),
});

/** One page of a list, with GitHub's links to the others. */
export function paged<T>({ url, baseUrl }: Context, all: readonly T[], shape: (one: T) => unknown): Reply {
  const { page, per_page } = paging.parse(Object.fromEntries(url.searchParams));
  const last = Math.max(1, Math.ceil(all.length / per_page));
  const to = (number: number, rel: string) => {
    const target = new URL(url.pathname + url.search, baseUrl);
    target.searchParams.set("page", String(number));
    return `<${target.href}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [to(page - 1, "prev")] : []),
    ...(page < last ? [to(page + 1, "next"), to(last, "last")] : []),
    ...(page > 1 ? [to(1, "first")] : []),
  ];
  const data = all.slice((page - 1) * per_page, page * per_page).map(shape);
  return { status: 200, data, link: links.length > 0 ? links.join(", ") : undefined };
}
