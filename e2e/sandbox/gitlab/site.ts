import type { Answer } from "../faults";
import type { FrontRequest } from "../front";
import { homePage, issuePage, listPage, newIssuePage, notFoundPage } from "./page";
import type { Project, State } from "./state";
import { uploadedAnswer } from "./uploads";

export type Pages = {
  root: string;
  state(): State;
  /** What a person does on a page, with the rights of an administrator. */
  act: {
    create(project: Project, input: { title: string; description: string; type: string }): { iid: number } | null;
    setState(project: Project, iid: number, state: string): void;
    comment(project: Project, iid: number, body: string): void;
  };
};

const html = (body: string, status = 200): Answer => ({
  status,
  headers: {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'self'",
  },
  body,
});
const seeOther = (location: string): Answer => ({ status: 303, headers: { location }, body: "" });

const route = /^\/((?:[\w.-]+\/)+[\w.-]+)\/-\/issues(?:\/(new|\d+))?(?:\/(state|notes))?\/?$/;

/** The pages that people see; null for what is the API's. */
export function sitePage({ root, state: now, act }: Pages, { method, url, text }: FrontRequest): Answer | null {
  if (!url.pathname.startsWith(`${root}/`)) return html(notFoundPage(root), 404);
  const path = url.pathname.slice(root.length);
  if (path.startsWith("/api/")) return null;
  const state = now();
  if (path === "/") return html(homePage(root, state));
  const file = uploadedAnswer(state, path);
  if (file) return file;

  const [, name, item, action] = route.exec(path) ?? [];
  const project = state.projects.find((one) => one.path === name);
  if (!project) return html(notFoundPage(root), 404);
  const list = `${root}/${project.path}/-/issues`;
  const form = new URLSearchParams(text);
  if (method === "POST" && item === "new") {
    const input = {
      title: form.get("title") ?? "",
      description: form.get("description") ?? "",
      type: form.get("type") ?? "issue",
    };
    const made = act.create(project, input);
    return made ? seeOther(`${list}/${made.iid}`) : html(notFoundPage(root), 422);
  }
  if (item === "new") return html(newIssuePage(root, project, url.searchParams));
  if (item === undefined) return html(listPage(root, state, project));

  const issue = state.issues.find((one) => one.projectId === project.id && one.iid === Number(item));
  if (!issue) return html(notFoundPage(root), 404);
  if (method === "POST") {
    if (action === "state") act.setState(project, issue.iid, form.get("state") === "closed" ? "closed" : "opened");
    if (action === "notes") act.comment(project, issue.iid, form.get("body") ?? "");
    return seeOther(`${list}/${issue.iid}`);
  }
  return html(issuePage(root, state, project, issue));
}
