import { randomUUID } from "node:crypto";
import type { Answer } from "../faults";
import { type FrontRequest, json, type Worked } from "../front";
import type { IndexLag } from "../index-lag";
import { forbidden, keysetPage, notFound, page, refuse } from "./answer";
import { entities } from "./entities";
import { answerHooks } from "./hooks";
import { createIssue, issueNotFound, listIssues, updateIssue } from "./issues";
import { answerNotes } from "./notes";
import type { RateLimit } from "./rate-limit";
import type { Identity } from "./seed";
import { nextId, ownedBy, type Project, roles, type State, type User } from "./state";
import { upload } from "./uploads";
import { levelOf, maySee, maySeeIssue, type Tell, type Work } from "./work";

export type ApiContext = {
  state(): State;
  identities: ReadonlyMap<string, Identity>;
  /** Tokens whose day has passed. */
  expired: ReadonlySet<string>;
  rateLimit: RateLimit;
  lag: IndexLag;
  tell: Tell;
  /** The address of the pages, with the instance's own path. */
  site: string;
  root: string;
};

const writes = ["POST", "PUT", "PATCH", "DELETE"];

/** One API call: whose it is, what the token may do, then the work. */
export function answerApi(context: ApiContext, request: FrontRequest): Worked {
  const { headers, method } = request;
  const bearer = /^bearer (\S+)$/i.exec(headers.authorization ?? "")?.[1];
  const token = bearer ?? headers["private-token"];
  const identity = token ? context.identities.get(token) : undefined;
  const decorate = (answer: Answer): Worked => ({
    ...answer,
    login: identity?.username ?? null,
    headers: {
      ...answer.headers,
      ...context.rateLimit.headers(),
      "x-request-id": randomUUID().replaceAll("-", "").slice(0, 26).toUpperCase(),
      "x-gitlab-meta": JSON.stringify({ correlation_id: "sandbox", version: "1" }),
    },
  });

  if (!token || (!identity && !bearer)) return decorate(refuse(401, "401 Unauthorized"));
  if (!identity) return decorate(invalidToken("Token was revoked. You have to re-authorize from the user."));
  if (context.expired.has(token)) {
    return decorate(invalidToken("Token is expired. You can either do re-authorization or token refresh."));
  }
  const spent = context.rateLimit.spend();
  if (spent) return decorate(spent);
  const path = request.url.pathname.slice(`${context.root}/api/v4`.length);
  const scope = lackingScope(identity, method, path);
  if (scope) {
    const error_description = "The request requires higher privileges than provided by the access token.";
    return decorate(json({ error: "insufficient_scope", error_description, scope }, 403));
  }
  const state = context.state();
  const viewer = state.users.find(({ username }) => username === identity.username);
  return decorate(viewer ? route(context, request, viewer, identity, path) : refuse(401, "401 Unauthorized"));
}

const invalidToken = (error_description: string) => json({ error: "invalid_token", error_description }, 401);

/** The scopes that would do, where the token's own do not. */
function lackingScope({ scopes }: Identity, method: string, path: string): string | null {
  if (scopes.includes("api") || path === "/personal_access_tokens/self") return null;
  if (writes.includes(method)) return "api";
  if (scopes.includes("read_api")) return null;
  const isOfUsers = /^\/(user|users|metadata|version)(\/|$)/.test(path);
  return isOfUsers && scopes.includes("read_user") ? null : "api read_api";
}

function route(context: ApiContext, request: FrontRequest, viewer: User, identity: Identity, path: string): Answer {
  const { method, url, body } = request;
  const state = context.state();
  const shapes = entities(state, context.site);
  const given = typeof body === "object" && body !== null ? Object.fromEntries(Object.entries(body)) : {};
  const work: Work = { state, entities: shapes, lag: context.lag, viewer, url, body: given, tell: context.tell };
  const [first, id, ...rest] = path.split("/").slice(1);

  if (method === "GET" && path === "/user") return json(shapes.me(viewer));
  if (method === "GET" && path === "/personal_access_tokens/self") return json(tokenOf(viewer, identity));
  if (method === "GET" && (path === "/metadata" || path === "/version")) return json(metadata);
  if (method === "GET" && path === "/projects") return listProjects(work);
  if (first !== "projects" || id === undefined) return json({ error: "404 Not Found" }, 404);

  const key = decodeURIComponent(id);
  const project = state.projects.find((one) => String(one.id) === key || one.path === key);
  const formerId = state.formerPaths[key];
  if (!project && formerId !== undefined) return movedProject(context, request, path, id, formerId);
  if (!project || !maySee(project, viewer)) return notFound("Project");
  return (
    ofProject(method, work, project, rest) ??
    (method === "POST" && rest.join("/") === "uploads" ? upload(state, viewer, project, request) : null) ??
    json({ error: "404 Not Found" }, 404)
  );
}

/** Reads are led to the project's number; whatever else is refused. */
function movedProject(
  { site }: ApiContext,
  { method, url }: FrontRequest,
  path: string,
  id: string,
  to: number,
): Answer {
  if (method !== "GET") return refuse(405, "405 Non GET methods are not allowed for moved projects");
  const location = `${site}/api/v4${path.replace(`/projects/${id}`, `/projects/${to}`)}${url.search}`;
  return { status: 302, headers: { "content-type": "text/plain", location }, body: "This resource has been moved" };
}

function ofProject(method: string, work: Work, project: Project, rest: string[]): Answer | null {
  const { state, entities: shapes, viewer, url, body } = work;
  const [what, ref, below, noteId] = rest;
  const under = rest.slice(0, 3).join("/");
  if (what === undefined) return method === "GET" ? json(shapes.project(project, viewer)) : null;

  if (what === "issues" && ref === undefined) {
    if (method === "GET") return listIssues(work, project);
    return method === "POST" ? createIssue(work, project) : null;
  }
  if (what === "issues") {
    const issue = state.issues.find((one) => one.projectId === project.id && String(one.iid) === ref);
    if (project.issues === "disabled" || !issue || !maySeeIssue(project, issue, viewer)) return issueNotFound();
    if (below === "notes") return answerNotes(method, work, project, issue, noteId);
    if (below !== undefined) return null;
    if (method === "GET") return json(shapes.issue(issue));
    return method === "PUT" ? updateIssue(work, project, issue) : null;
  }
  if (what === "hooks" && below === undefined) return answerHooks(method, work, project, ref);

  const search = (url.searchParams.get("search") ?? url.searchParams.get("query") ?? "").toLowerCase();
  const isNamed = (...names: string[]) => names.some((name) => name.toLowerCase().includes(search));
  if (method === "GET" && (under === "members/all" || under === "members")) {
    const members = state.users.filter(
      ({ id, name, username }) =>
        (ref === "all" ? project.members[id] !== undefined : project.direct.includes(id)) && isNamed(name, username),
    );
    return page(url, members, (user) => shapes.member(user, levelOf(project, user)));
  }
  if (method === "GET" && under === "labels") {
    const withGroups = url.searchParams.get("include_ancestor_groups") !== "false";
    const labels = ownedBy(state.labels, project)
      .filter(({ group }) => withGroups || group === null)
      .filter(({ name }) => isNamed(name));
    return page(
      url,
      labels.toSorted((a, b) => a.name.localeCompare(b.name)),
      shapes.label,
    );
  }
  if (method === "POST" && under === "labels") {
    if (levelOf(project, viewer) < roles.reporter) return forbidden();
    const { name, color } = body;
    const isTaken = ownedBy(state.labels, project).some((one) => one.name === name);
    if (isTaken) return refuse(409, "Label already exists");
    const label = { id: nextId(state), projectId: project.id, group: null, name: String(name), color: String(color) };
    state.labels.push({ ...label, description: "" });
    return json(shapes.label({ ...label, description: "" }), 201);
  }
  if (method === "GET" && under === "milestones") {
    const withGroups = url.searchParams.get("include_ancestors") === "true";
    const wanted = url.searchParams.get("state");
    const found = ownedBy(state.milestones, project)
      .filter(({ projectId }) => withGroups || projectId === project.id)
      .filter((one) => (wanted === null || one.state === wanted) && isNamed(one.title));
    return page(url, found, shapes.milestone);
  }
  return null;
}

function listProjects({ state, entities: shapes, viewer, url }: Work): Answer {
  const query = url.searchParams;
  const search = (query.get("search") ?? "").toLowerCase();
  const withGroups = query.get("search_namespaces") === "true";
  const least = Number(query.get("min_access_level") ?? 0);
  const isMember = query.get("membership") === "true";
  const isOwned = query.get("owned") === "true";
  const found = state.projects.filter((one) => {
    const level = levelOf(one, viewer);
    const name = withGroups ? one.path : (one.path.split("/").at(-1) ?? "");
    const isArchived = query.get("archived");
    return (
      (isOwned ? level >= roles.owner : isMember ? level > 0 : maySee(one, viewer)) &&
      level >= least &&
      (isArchived === null || String(one.archived) === isArchived) &&
      `${name} ${one.description}`.toLowerCase().includes(search)
    );
  });
  const shown = (one: Project) => shapes.project(one, viewer);
  return query.get("pagination") === "keyset" ? keysetPage(url, found, shown) : page(url, found, shown);
}

const metadata = {
  version: "18.5.1-ee",
  revision: "0123456789a",
  kas: { enabled: false, externalUrl: "", externalK8sProxyUrl: "", version: "" },
  enterprise: true,
};

const tokenOf = (viewer: User, { scopes }: Identity) => ({
  ...{ id: viewer.id, name: "Faultline", revoked: false, created_at: "2026-01-01T00:00:00.000Z", description: "" },
  ...{ scopes: [...scopes], user_id: viewer.id, last_used_at: "2026-01-01T00:00:00.000Z", active: true },
  ...{ granular: false, expires_at: "2027-01-01T00:00:00.000Z", last_used_ips: [] },
});
