import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Answer } from "../faults";
import { type FrontRequest, json, type Worked } from "../front";
import type { IndexLag } from "../index-lag";
import { discuss, listComments } from "./comments";
import { Failure, failed, noProject } from "./failure";
import { announce, subscribe, wireSubscription } from "./hooks";
import type { RateLimit } from "./limit";
import { locationsOf } from "./locations";
import {
  allFields,
  fieldsOf,
  typeOf,
  wireCategories,
  wireField,
  wireStates,
  wireTrees,
  wireType,
  wireTypeField,
} from "./metadata";
import { findPeople, teamMembers } from "./people";
import { processes } from "./processes";
import { type Account, collection, organisation } from "./seed";
import { guidOf, type Item, type Project, projectOf, type State } from "./state";
import { orderOf, parseQuery } from "./wiql";
import { wireItem } from "./wire-item";
import { draftOf, findItem, patched, type Work } from "./work-items";

export type ApiContext = {
  state: State;
  accounts: ReadonlyMap<string, Account>;
  rateLimit: RateLimit;
  lag: IndexLag;
  origin: string;
};

/** What a call is about, once it is known who asks and where. */
export type Ask = Work & {
  request: FrontRequest;
  project: Project | null;
  /** What the path has after the resource. */
  parts: string[];
  query: URLSearchParams;
  version: number;
  lag: IndexLag;
};
type Handler = (ask: Ask) => unknown;

const list = (value: readonly unknown[]) => ({ count: value.length, value });
const html = { "content-type": "text/html; charset=utf-8" };
const signInPage =
  "<!DOCTYPE html><html><head><title>Azure DevOps Services | Sign In</title></head><body><form><input name='login'></form></body></html>";

const faces = new RegExp(`^/(${organisation}|${collection})(?=/|$)`, "i");

/** One call to the API: whose it is, what it costs, and what it is about. */
export async function answerApi(context: ApiContext, request: FrontRequest): Promise<Worked> {
  const { state, accounts, rateLimit, origin, lag } = context;
  const face = faces.exec(request.url.pathname)?.[1];
  if (!face) return { ...json({ message: "The resource cannot be found." }, 404), login: null };
  const isServer = face.toLowerCase() === collection.toLowerCase();
  const basic = /^basic (\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
  const account = accounts.get(
    Buffer.from(basic ?? "", "base64")
      .toString("utf8")
      .split(":")
      .slice(1)
      .join(":"),
  );
  const below = request.url.pathname.slice(face.length + 1);
  const headers = { "x-tfs-session": randomUUID(), activityid: randomUUID(), date: new Date().toUTCString() };
  const answer = (given: Answer): Worked => ({
    ...given,
    headers: { ...headers, ...given.headers },
    login: account?.login ?? null,
  });

  // Routes are no secret; who does not sign in is told them all the same.
  if (request.method === "OPTIONS") return answer(json(locationsOf(below.split("/").at(-1) ?? "", isServer)));
  if (!basic)
    return answer({
      status: 302,
      headers: { ...html, location: `${origin}/_signin?realm=${organisation}` },
      body: signInPage,
    });
  if (!account) return answer({ status: 203, headers: html, body: signInPage });
  const spent = rateLimit.spend();
  if (spent) return answer({ ...spent, headers: { ...spent.headers, ...rateLimit.headers() } });

  const url = `${origin}/${face}`;
  try {
    const result = await route({ state, account, url, lag, request }, below);
    return answer({ ...result, headers: { ...result.headers, ...rateLimit.headers() } });
  } catch (error) {
    if (error instanceof Failure) return answer(failed(error, rateLimit.headers()));
    throw error;
  }
}

async function route(work: Work & { request: FrontRequest; lag: IndexLag }, below: string): Promise<Answer> {
  const { request, state, account } = work;
  const [, before = "", rest = ""] = /^(.*?)\/_apis\/(.+?)\/?$/.exec(below) ?? [];
  const [given] = before.split("/").filter(Boolean).map(decodeURIComponent);
  const project = given === undefined ? null : (projectOf(state, given) ?? null);
  if (given !== undefined && !project) throw noProject(given);
  const segments = rest.split("/").map(decodeURIComponent);
  const version = Number.parseFloat(/api-version=([\d.]+)/.exec(request.headers.accept ?? "")?.[1] ?? "7.1");

  for (const [method, pattern, handle] of routes) {
    const wanted = pattern.split("/");
    if (method !== request.method || wanted.length !== segments.length) continue;
    if (!wanted.every((word, i) => word === "*" || word.toLowerCase() === segments[i]?.toLowerCase())) continue;
    if (!account.isScoped && pattern !== "connectionData") {
      throw new Failure(
        401,
        "TF400813: The user is not authorized to access this resource.",
        "UnauthorizedRequestException",
      );
    }
    const parts = segments.filter((_, i) => wanted[i] === "*");
    const result = await handle({ ...work, project, parts, query: request.url.searchParams, version });
    return result === undefined ? { status: 200, headers: {}, body: "" } : json(result);
  }
  // Of a route that it does not know the service says so in plain text.
  return {
    status: 404,
    headers: { "content-type": "text/plain" },
    body: `The controller for path '${below}' was not found.`,
  };
}

function projectIn({ project }: Ask): Project {
  if (project) return project;
  throw new Failure(400, "A project is required.", "VssPropertyValidationException");
}

const projectNamed = ({ state, parts }: Ask): Project => {
  const found = projectOf(state, parts[0] ?? "");
  if (found) return found;
  throw noProject(parts[0] ?? "");
};

const wireProject = ({ url }: Ask, { id, name, description, visibility }: Project) => ({
  ...{ id, name, description, visibility, state: "wellFormed", revision: 1 },
  lastUpdateTime: "2026-01-05T08:00:00Z",
  url: `${url}/_apis/projects/${id}`,
});

const numbered = (text: string | undefined) => {
  if (text && /^\d+$/.test(text)) return Number(text);
  throw new Failure(400, "TF401236: The work item id is not valid.", "VssPropertyValidationException");
};

function connectionData({ state, account }: Ask) {
  const user = state.users.find((one) => one.account === account.login);
  const authenticatedUser = {
    id: user?.id ?? "",
    descriptor: `Microsoft.IdentityModel.Claims.ClaimsIdentity;${account.login}`,
    subjectDescriptor: user?.descriptor ?? "",
    providerDisplayName: user?.name ?? "",
    isActive: true,
    properties: { Account: { $type: "System.String", $value: account.login } },
  };
  return {
    ...{
      authenticatedUser,
      authorizedUser: authenticatedUser,
      instanceId: guidOf("collection"),
      deploymentId: guidOf("deployment"),
    },
    deploymentType: "hosted",
    locationServiceData: {},
  };
}

const shown = ({ query, version }: Ask) => ({
  // The library sends numbers for words.
  withRelations: /^(?:relations|all|1|4)$/i.test(query.get("$expand") ?? ""),
  isNewest: version >= 7.2,
  wanted: query.get("fields")?.split(",") ?? null,
});

function expectPatch({ request }: Ask) {
  if (/^application\/json-patch\+json\b/.test(request.headers["content-type"] ?? "")) return;
  throw new Failure(
    415,
    "The request contains a media type that is not supported.",
    "VssRequestContentTypeNotSupportedException",
  );
}

const isDry = ({ query }: Ask) => query.get("validateOnly") === "true";

function createItem(ask: Ask) {
  expectPatch(ask);
  const { state } = ask;
  const type = ask.parts[0]?.slice(1) ?? "";
  const made = patched(ask, draftOf(projectIn(ask), type, ask.account), ask.request.body);
  if (isDry(ask)) return wireItem(ask, made, shown(ask));
  const item = { ...made, id: state.nextItemId++ };
  state.items.push(item);
  ask.lag.remember(String(item.id));
  announce(ask, "workitem.created", null, item);
  return wireItem(ask, item, shown(ask));
}

function updateItem(ask: Ask) {
  expectPatch(ask);
  const before = findItem(ask.state, numbered(ask.parts[0]));
  const item = patched(ask, before, ask.request.body);
  if (isDry(ask)) return wireItem(ask, item, shown(ask));
  replaceItem(ask, before, item);
  return wireItem(ask, item, shown(ask));
}

export function replaceItem(work: Work, before: Item, item: Item): void {
  work.state.items[work.state.items.indexOf(before)] = item;
  announce(work, "workitem.updated", before, item);
}

function deleteItem(ask: Ask) {
  const item = findItem(ask.state, numbered(ask.parts[0]));
  item.isDeleted = true;
  announce(ask, "workitem.deleted", null, item);
  return {
    id: item.id,
    code: 200,
    name: item.fields["System.Title"],
    project: item.project,
    type: item.type,
    url: `${ask.url}/_apis/wit/recycleBin/${item.id}`,
  };
}

function itemsByIds(ask: Ask) {
  const ids = (ask.query.get("ids") ?? "").split(",").map(numbered);
  if (ids.length > 200)
    throw new Failure(
      400,
      "VS402337: The number of work items is more than the limit of 200.",
      "VssPropertyValidationException",
    );
  const isOmitting = /^(?:omit|2)$/i.test(ask.query.get("errorPolicy") ?? "");
  return list(
    ids.flatMap((id) => {
      const found = ask.state.items.find((item) => item.id === id && !item.isDeleted);
      return found || !isOmitting ? [wireItem(ask, findItem(ask.state, id), shown(ask))] : [];
    }),
  );
}

function runQuery(ask: Ask) {
  const { state, query, project, url } = ask;
  const { query: text } = z.object({ query: z.string() }).parse(ask.request.body);
  const known = new Set(allFields(state).map(({ ref }) => ref.toLowerCase()));
  const parsed = parseQuery(text, {
    project: project?.name ?? null,
    timePrecision: query.get("timePrecision") === "true",
    knowsField: (name) => known.has(name.toLowerCase()),
  });
  const isHidden = ask.lag.look("list", ask.request.url.pathname);
  const rowOf = (item: Item) => ({
    id: item.id,
    get: (name: string) =>
      ({
        ...item.fields,
        "System.Id": item.id,
        "System.Rev": item.rev,
        "System.TeamProject": item.project,
        "System.WorkItemType": item.type,
      })[name],
  });
  const rows = state.items
    .filter((item) => !item.isDeleted && !isHidden(String(item.id)))
    .map(rowOf)
    .filter(parsed.where);
  rows.sort((a, b) => {
    for (const { field, isDescending } of parsed.order) {
      const wanted = b.get(field);
      const order = orderOf(a.get(field), typeof wanted === "number" ? wanted : String(wanted ?? "").toLowerCase());
      if (order) return isDescending ? -order : order;
    }
    return a.id - b.id;
  });
  const top = Math.min(Number(query.get("$top") ?? 20_000), 20_000);
  return {
    ...{ queryType: "flat", queryResultType: "workItem", asOf: new Date().toISOString() },
    columns: [{ referenceName: "System.Id", name: "ID", url: `${url}/_apis/wit/fields/System.Id` }],
    workItems: rows.slice(0, top).map(({ id }) => ({ id, url: `${url}/_apis/wit/workItems/${id}` })),
  };
}

function attach(ask: Ask) {
  if (!ask.account.mayWrite)
    throw new Failure(
      403,
      "TF237111: The current user does not have permissions.",
      "WorkItemUnauthorizedAccessException",
    );
  const { bytes } = ask.request;
  if (bytes.length > 60 * 1024 * 1024)
    throw new Failure(413, "TF237082: The file is larger than the maximum of 60 MB.", "AttachmentTooLargeException");
  const attachment = { id: randomUUID(), name: ask.query.get("fileName") ?? "file", base64: bytes.toString("base64") };
  ask.state.attachments.push(attachment);
  const url = `${ask.url}/${projectIn(ask).id}/_apis/wit/attachments/${attachment.id}?fileName=${encodeURIComponent(attachment.name)}`;
  return { id: attachment.id, url };
}

function dropSubscription({ state, parts }: Ask): void {
  const index = state.subscriptions.findIndex(({ id }) => id === parts[0]);
  if (index === -1)
    throw new Failure(404, `VS402333: The subscription ${parts[0]} does not exist.`, "SubscriptionNotFoundException");
  state.subscriptions.splice(index, 1);
}

/** A page of a list that takes $top and $skip. */
const paged = <T>({ query }: Ask, all: readonly T[], usual = 100): T[] => {
  const skip = Number(query.get("$skip") ?? 0);
  return all.slice(skip, skip + Number(query.get("$top") ?? usual));
};
const typeNamed = (ask: Ask) => typeOf(projectIn(ask), ask.parts[0] ?? "");
const relationTypes = ["AttachedFile", "Hyperlink", "System.LinkTypes.Related", "System.LinkTypes.Hierarchy-Forward"];

const routes: readonly (readonly [method: string, pattern: string, handle: Handler])[] = [
  ["GET", "connectionData", connectionData],
  ["GET", "projects", (ask) => list(paged(ask, ask.state.projects).map((one) => wireProject(ask, one)))],
  ["GET", "projects/*", (ask) => wireProject(ask, projectNamed(ask))],
  [
    "GET",
    "projects/*/teams",
    (ask) =>
      list([{ id: guidOf(`team ${projectNamed(ask).id}`), name: `${projectNamed(ask).name} Team`, url: ask.url }]),
  ],
  ["GET", "projects/*/teams/*/members", (ask) => list(paged(ask, teamMembers(ask)))],
  ["GET", "identities", (ask) => list(findPeople(ask))],
  [
    "GET",
    "wit/workitemtypes",
    (ask) => list(processes[projectIn(ask).process].map((type) => wireType(projectIn(ask), type, ask.url))),
  ],
  ["GET", "wit/workitemtypes/*", (ask) => wireType(projectIn(ask), typeNamed(ask), ask.url)],
  [
    "GET",
    "wit/workitemtypes/*/fields",
    (ask) => {
      const isExpanded = /allowedvalues|all/i.test(ask.query.get("$expand") ?? "");
      return list(
        fieldsOf(projectIn(ask), typeNamed(ask)).map((field) =>
          wireTypeField(field, projectIn(ask), ask.url, isExpanded),
        ),
      );
    },
  ],
  ["GET", "wit/workitemtypes/*/states", (ask) => list(wireStates(typeNamed(ask)))],
  ["GET", "wit/workitemtypecategories", (ask) => list(wireCategories(projectIn(ask), ask.url))],
  ["GET", "wit/fields", (ask) => list(allFields(ask.state).map((field) => wireField(field, ask.url)))],
  [
    "GET",
    "wit/tags",
    (ask) => list(projectIn(ask).tags.map((name) => ({ id: guidOf(`tag ${name}`), name, url: ask.url }))),
  ],
  [
    "GET",
    "wit/workitemrelationtypes",
    (ask) => list(relationTypes.map((referenceName) => ({ referenceName, name: referenceName, url: ask.url }))),
  ],
  [
    "GET",
    "wit/classificationnodes",
    (ask) => list(wireTrees(projectIn(ask), ask.url, Number(ask.query.get("$depth") ?? 0))),
  ],
  ["GET", "wit/workitems", itemsByIds],
  ["GET", "wit/workitems/*", (ask) => wireItem(ask, findItem(ask.state, numbered(ask.parts[0])), shown(ask))],
  ["POST", "wit/workitems/*", createItem],
  ["PATCH", "wit/workitems/*", updateItem],
  ["DELETE", "wit/workitems/*", deleteItem],
  ["POST", "wit/wiql", runQuery],
  ["POST", "wit/attachments", attach],
  ["GET", "wit/workitems/*/comments", listComments],
  ["POST", "wit/workitems/*/comments", discuss],
  ["PATCH", "wit/workitems/*/comments/*", discuss],
  ["DELETE", "wit/workitems/*/comments/*", discuss],
  ["GET", "hooks/subscriptions", (ask) => list(ask.state.subscriptions.map((one) => wireSubscription(ask, one)))],
  ["POST", "hooks/subscriptions", (ask) => wireSubscription(ask, subscribe(ask.state, ask.account, ask.request.body))],
  ["DELETE", "hooks/subscriptions/*", dropSubscription],
];
