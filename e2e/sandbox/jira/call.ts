import type { Answer } from "../faults";
import type { FrontRequest } from "../front";
import type { IndexLag } from "../index-lag";
import type { Grant } from "./auth";
import { jiraTime } from "./dates";
import type { Face } from "./face";
import type { Account, Issue, Project, State } from "./model";
import { may, type Permission } from "./permissions";
import { Refusal } from "./refusal";
import type { Happening } from "./webhooks/deliver";

/** The running Jira: what it keeps and where it is. */
export type World = {
  face: Face;
  state: State;
  /** What a person types: the site, with its context path. */
  baseUrl: string;
  /** What the API's own addresses begin with: the site, or the gateway for those who came through it. */
  apiRoot: string;
  cloudId: string;
  lag: IndexLag;
  uploadLimitBytes: number;
  textLimitChars: number;
  /** Tells the webhooks. */
  tell(happening: Happening): void;
};

/** One request to the API, on somebody's behalf. */
export type Call = World & {
  account: Account | null;
  grant: Grant | null;
  request: FrontRequest;
  query: URLSearchParams;
  body: unknown;
  params: Readonly<Record<string, string>>;
};

export type Handler = (call: Call) => Answer | Promise<Answer>;

/** By method and path below the API's root: "GET /issue/:issue". */
export type Routes = Readonly<Record<string, Handler>>;

export const newId = (world: World) => String(world.state.next.other++);

export const timeFor = (call: Pick<Call, "account">, ms: number) => jiraTime(ms, call.account?.timeZone ?? "Etc/UTC");

export const selfUrl = (world: World, path: string) => `${world.apiRoot}${world.face.api}${path}`;

export function accountOf(world: World, accountId: unknown): Account | null {
  return world.state.accounts.find((account) => account.accountId === accountId) ?? null;
}

export function userJson(call: Call, accountId: unknown) {
  const account = accountOf(call, accountId);
  return account && call.face.user(account, call.baseUrl, call.account);
}

/** A project that the caller may see; else there is none. */
export function projectOf(call: Call, idOrKey: string, status = 404): Project {
  const project = call.state.projects.find(({ id, key }) => id === idOrKey || key === idOrKey.toUpperCase());
  if (project && may(call.account, project, "BROWSE_PROJECTS")) return project;
  const by = /^\d+$/.test(idOrKey) ? "id" : "key";
  throw new Refusal(status, [`No project could be found with ${by} '${idOrKey}'.`]);
}

export const projectById = (world: World, id: string): Project => {
  const project = world.state.projects.find((one) => one.id === id);
  if (!project) throw new Error(`The sandbox lost project ${id}.`);
  return project;
};

/** An issue that the caller may see, by id, key or a key that it had before it was moved; else there is none. */
export function issueOf(call: Call, idOrKey: string, needs: Permission = "BROWSE_PROJECTS"): Issue {
  const wanted = idOrKey.toUpperCase();
  const issues = call.state.issues;
  const issue =
    issues.find(({ id, key }) => id === idOrKey || key === wanted) ??
    issues.find(({ oldKeys }) => oldKeys.includes(wanted));
  const project = issue && projectById(call, issue.projectId);
  if (!project || !may(call.account, project, "BROWSE_PROJECTS")) throw new Refusal(404, [call.face.words.noIssue]);
  if (!may(call.account, project, needs)) throw denied(needs);
  return issue;
}

const deniedWords: Partial<Record<Permission, string>> = {
  EDIT_ISSUES: "You do not have permission to edit issues in this project.",
  ADD_COMMENTS: "You do not have the permission to comment on this issue.",
  CREATE_ATTACHMENTS: "You do not have permission to create attachments for this issue.",
  LINK_ISSUES: "No Link Issue Permission for issue.",
  ASSIGN_ISSUES: "You do not have permission to assign issues.",
  DELETE_ISSUES: "You do not have permission to delete issues in this project.",
};

/** Seen, but not to be changed. Not every operation of Jira has a 403; those answer 400. */
function denied(permission: Permission): Refusal {
  const asInvalid = permission === "ADD_COMMENTS" || permission === "TRANSITION_ISSUES";
  return new Refusal(asInvalid ? 400 : 403, [deniedWords[permission] ?? "You do not have the necessary permission."]);
}

/** `startAt` and `maxResults`, as numbers within what the operation allows. */
export function pageOf(call: Call, most: number, usual = most) {
  const number = (name: string, fallback: number) => {
    const text = call.query.get(name);
    if (text === null) return fallback;
    if (!/^-?\d+$/.test(text)) throw new Refusal(400, [`The value '${text}' of '${name}' is not a number.`]);
    return Number(text);
  };
  return {
    startAt: Math.max(0, number("startAt", 0)),
    maxResults: Math.min(most, Math.max(0, number("maxResults", usual))),
  };
}

/** The page of a list, in the shape that most of Jira's lists have. */
export function pageBean<T, J>(call: Call, all: readonly T[], most: number, usual: number, toJson: (one: T) => J) {
  const { startAt, maxResults } = pageOf(call, most, usual);
  const values = all.slice(startAt, startAt + maxResults).map(toJson);
  return { maxResults, startAt, total: all.length, isLast: startAt + values.length >= all.length, values };
}
