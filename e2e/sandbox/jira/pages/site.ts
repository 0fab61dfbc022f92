import type { Answer } from "../../faults";
import type { FrontRequest } from "../../front";
import { type Call, issueOf, projectOf, type World } from "../call";
import { addComment } from "../comments/add";
import { fieldOf } from "../fields/meta";
import { createIssue } from "../issues/create";
import { transitionIssue } from "../issues/transition";
import { Refusal } from "../refusal";
import { issuePage } from "./issue-page";
import { homePage, newIssuePage, notFoundPage, projectPage, refusedPage } from "./lists";

const html = (body: string, status = 200): Answer => ({
  status,
  headers: {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'",
  },
  body,
});
const seeOther = (location: string): Answer => ({ status: 303, headers: { location }, body: "" });

/** Whoever sits before the pages: a person, so that a change there is not our own. */
const person = "release-manager";

/** The pages that people see; null for what is the API's. */
export async function sitePage(world: World, contextPath: string, request: FrontRequest): Promise<Answer | null> {
  const { pathname, searchParams } = request.url;
  if (pathname === "/" && contextPath) return seeOther(`${contextPath}/`);
  if (!pathname.startsWith(`${contextPath}/`)) return null;
  const path = pathname.slice(contextPath.length);
  const account = world.state.accounts.find(({ name }) => name === person) ?? null;
  const call: Call = { ...world, account, grant: null, request, query: searchParams, body: undefined, params: {} };
  try {
    return route(call, contextPath, path);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const reason = [...error.errorMessages, ...Object.values(error.errors)].join("\n");
    return error.status === 404 ? html(notFoundPage(contextPath), 404) : html(refusedPage(contextPath, reason), 400);
  }
}

function route(call: Call, home: string, path: string): Answer | null {
  const form = new URLSearchParams(call.request.method === "POST" ? call.request.text : "");
  if (path === "/") return html(homePage(call, home));

  const [, projectKey] = /^\/projects\/([A-Z][A-Z0-9_]*)\/?$/.exec(path) ?? [];
  if (projectKey) return html(projectPage(call, home, projectOf(call, projectKey)));

  const [, key, deed] = /^\/browse\/([A-Za-z][\w]*-\d+)(?:\/(transition|comment))?\/?$/.exec(path) ?? [];
  if (key) {
    const issue = issueOf(call, key);
    if (!deed) return issue.key === key ? html(issuePage(call, home, issue)) : seeOther(`${home}/browse/${issue.key}`);
    if (call.request.method !== "POST") return html(notFoundPage(home), 404);
    if (deed === "comment") {
      addComment(call, issue, { body: call.face.fromText(form.get("body") ?? ""), properties: [] });
    } else {
      const resolution = form.get("resolution");
      const fields = resolution ? { resolution: { id: resolution } } : {};
      transitionIssue(call, issue, { transition: { id: form.get("id") ?? "" }, fields });
    }
    return seeOther(`${home}/browse/${issue.key}`);
  }

  if (path === "/secure/CreateIssueDetails!init.jspa") {
    const project = projectOf(call, call.query.get("pid") ?? "");
    return html(newIssuePage(call, home, project, call.query.get("issuetype") ?? project.typeIds[0] ?? ""));
  }
  if (path === "/secure/CreateIssueDetails.jspa" && call.request.method === "POST") {
    const issue = createIssue(call, { fields: fieldsOf(call, form) });
    return seeOther(`${home}/browse/${issue.key}`);
  }
  return null;
}

/** What a person typed, as the API has it. */
function fieldsOf(call: Call, form: URLSearchParams): Record<string, unknown> {
  const { pid, issuetype, ...typed } = Object.fromEntries(form);
  const fields = Object.entries(typed).flatMap(([id, text]): [string, unknown][] => {
    if (!text || !call.state.fields.some((field) => field.id === id)) return [];
    const { kind } = fieldOf(call, id);
    if (kind === "option") return [[id, { id: text }]];
    if (kind === "user") return [[id, { [call.face.userKey]: text }]];
    if (kind === "labels") return [[id, text.split(/\s+/).filter(Boolean)]];
    return [[id, kind === "paragraph" ? call.face.fromText(text) : text]];
  });
  return { ...Object.fromEntries(fields), project: { id: pid }, issuetype: { id: issuetype } };
}
