import type { Answer } from "../../faults";
import { json } from "../../front";
import { type Call, issueOf, pageOf, projectById, projectOf, type Routes } from "../call";
import type { Account, Project } from "../model";
import { may } from "../permissions";
import { Refusal } from "../refusal";

const show = (call: Call) => (account: Account) => call.face.user(account, call.baseUrl, call.account);

/** Words of a name and of an address that is shown begin with what is typed. */
function isMeant(call: Call, account: Account, typed: string): boolean {
  const { displayName, email, name, showsEmail } = account;
  const seesEmail = !call.face.isCloud || showsEmail || account.accountId === call.account?.accountId;
  const words = [displayName, ...displayName.split(/\s+/), ...(call.face.isCloud ? [] : [name])];
  const wanted = typed.toLowerCase();
  return [...words, ...(seesEmail ? [email] : [])].some((word) => word.toLowerCase().startsWith(wanted));
}

const noUser = (call: Call) =>
  new Refusal(404, [
    call.face.isCloud
      ? "Specified user does not exist or you do not have required permissions"
      : `The user named '${call.query.get("username") ?? call.query.get("key")}' does not exist`,
  ]);

function mustBeKnown(call: Call): void {
  if (!call.account)
    throw new Refusal(401, ["You are not authenticated. Authentication required to perform this operation."]);
}

/** Names and keys of users are gone from Cloud. */
function refuseNames(call: Call): void {
  for (const name of ["username", "key"]) {
    if (!call.query.has(name)) continue;
    throw new Refusal(400, [`The query parameter '${name}' is not supported in GDPR strict mode.`]);
  }
}

/** Whom Cloud looks through: the range of all users up to the thousandth, and only then who fits. */
function cloudRange(call: Call): Account[] {
  refuseNames(call);
  const [query, accountId] = [call.query.get("query"), call.query.get("accountId")];
  if (query === null && accountId === null) throw new Refusal(400, ["A query parameter should be provided."]);
  const { startAt, maxResults } = pageOf(call, 1_000, 50);
  return call.state.accounts
    .filter((account) => (accountId === null ? isMeant(call, account, query ?? "") : account.accountId === accountId))
    .slice(0, 1_000)
    .slice(startAt, startAt + maxResults);
}

const assignable = (accounts: readonly Account[], project: Project) =>
  accounts.filter((account) => may(account, project, "ASSIGNABLE_USER"));

function placeOf(call: Call): Project {
  const { project, issueKey, issueId } = Object.fromEntries(call.query);
  const issue = issueKey ?? issueId;
  if (issue) return projectById(call, issueOf(call, issue).projectId);
  if (!project) throw new Refusal(400, ["One of 'project', 'issueKey' or 'issueId' is required."]);
  return projectOf(call, project);
}

export const cloudUsers: Routes = {
  "GET /user": (call): Answer => {
    mustBeKnown(call);
    const found = call.state.accounts.find(({ accountId }) => accountId === call.query.get("accountId"));
    if (!found) throw noUser(call);
    return json(show(call)(found));
  },
  "GET /user/search": (call) => json(cloudRange(call).map(show(call))),
  // Everybody, without an end at the thousandth: what the others' descriptions advise for whoever needs all.
  "GET /users/search": (call) => {
    mustBeKnown(call);
    const { startAt, maxResults } = pageOf(call, 1_000, 50);
    return json(call.state.accounts.slice(startAt, startAt + maxResults).map(show(call)));
  },
  "GET /user/assignable/search": (call) => json(assignable(cloudRange(call), placeOf(call)).map(show(call))),
  "GET /user/assignable/multiProjectSearch": (call) => {
    const projects = (call.query.get("projectKeys") ?? "").split(",").map((key) => projectOf(call, key));
    const found = projects.reduce((left, project) => assignable(left, project), cloudRange(call));
    return json(found.map(show(call)));
  },
};

/** By the parameter of that name, in pages; inactive ones only where they are asked for. */
function dcFound(call: Call, by: string, most: number): Account[] {
  mustBeKnown(call);
  const { startAt, maxResults } = pageOf(call, most, 50);
  const typed = call.query.get(by) ?? "";
  const withInactive = call.query.get("includeInactive") === "true";
  return call.state.accounts
    .filter((account) => (typed === "." || isMeant(call, account, typed)) && (account.isActive || withInactive))
    .slice(startAt, startAt + maxResults);
}

export const dcUsers: Routes = {
  "GET /user": (call) => {
    mustBeKnown(call);
    const [name, key] = [call.query.get("username"), call.query.get("key")];
    const found = call.state.accounts.find((one) => (name === null ? one.key === key : one.name === name));
    if (!found) throw noUser(call);
    return json(show(call)(found));
  },
  "GET /user/search": (call) => {
    if (!call.query.get("username")) throw new Refusal(400, ["The username query parameter was not provided"]);
    return json(dcFound(call, "username", 1_000).map(show(call)));
  },
  // No pages here: the first hundred at most, so that a name has to be typed.
  "GET /user/assignable/search": (call) => {
    mustBeKnown(call);
    const { maxResults } = pageOf(call, 100, 50);
    const typed = call.query.get("username") ?? "";
    const found = call.state.accounts.filter((account) => isMeant(call, account, typed));
    return json(assignable(found, placeOf(call)).slice(0, maxResults).map(show(call)));
  },
  "GET /user/picker": (call) => {
    const users = dcFound(call, "query", 1_000).map(({ name, key, displayName }) => ({ name, key, displayName }));
    return json({ users, total: users.length, header: `Showing ${users.length} of ${users.length} matching users` });
  },
};
