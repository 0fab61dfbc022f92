import type { Call } from "../call";
import { fieldOf, hasDefault, screenOf } from "../fields/meta";
import type { FieldDef, Issue, Project } from "../model";
import { may } from "../permissions";
import { h, shell } from "./html";

const many = 200;

export function homePage(call: Call, home: string): string {
  const projects = call.state.projects.filter((project) => may(call.account, project, "BROWSE_PROJECTS"));
  const items = projects.slice(0, many).map(({ id, key, name, description }) => {
    const count = call.state.issues.filter(({ projectId }) => projectId === id).length;
    return `<tr><th><a href="${h(home)}/projects/${h(key)}">${h(name)}</a></th><td>${h(key)}</td><td class="dim">${h(description)}</td><td>${count}</td></tr>`;
  });
  const more = projects.length > many ? `<p class="dim">and ${projects.length - many} more</p>` : "";
  return shell("Jira sandbox", home, "", `<h1>Projects</h1><table>${items.join("")}</table>${more}`);
}

const row = (call: Call, home: string, { key, values, statusId }: Issue) => {
  const status = call.state.statuses.find(({ id }) => id === statusId);
  return `<tr><th><a href="${h(home)}/browse/${h(key)}">${h(key)}</a></th><td>${h(values.summary)}</td><td><span class="state ${h(status?.category)}">${h(status?.name)}</span></td></tr>`;
};

export function projectPage(call: Call, home: string, project: Project): string {
  const issues = call.state.issues.filter(({ projectId }) => projectId === project.id).toReversed();
  const canCreate = may(call.account, project, "CREATE_ISSUES");
  const forms = project.typeIds.map((id) => {
    const type = call.state.types.find((one) => one.id === id);
    return `<a href="${h(home)}/secure/CreateIssueDetails!init.jspa?pid=${h(project.id)}&issuetype=${h(id)}">${h(type?.name)}</a>`;
  });
  return shell(
    project.name,
    home,
    `<span class="dim">/</span><a href="${h(home)}/projects/${h(project.key)}">${h(project.name)}</a>`,
    `<h1>${h(project.name)}</h1><p class="dim">${h(project.description)}</p>
${canCreate ? `<p>New: ${forms.join(" · ")}</p>` : '<p class="dim">This project can only be read.</p>'}
<table>${issues.map((issue) => row(call, home, issue)).join("") || '<tr><td class="dim">No issues.</td></tr>'}</table>`,
  );
}

function inputFor(call: Call, field: FieldDef): string {
  const select = (options: { id: string; name: string }[]) =>
    `<select name="${h(field.id)}" required>${options.map(({ id, name }) => `<option value="${h(id)}">${h(name)}</option>`).join("")}</select>`;
  if (field.kind === "option") return select(field.options.filter(({ isDisabled }) => !isDisabled));
  if (field.kind === "user") {
    const active = call.state.accounts.filter(({ isActive }) => isActive).slice(0, many);
    return select(active.map((account) => ({ id: account[call.face.userKey], name: account.displayName })));
  }
  return `<input name="${h(field.id)}" required type="${field.kind === "date" ? "date" : "text"}">`;
}

/** Jira's own form, filled in by its address. */
export function newIssuePage(call: Call, home: string, project: Project, typeId: string): string {
  const { query, state } = call;
  const type = state.types.find(({ id }) => id === typeId);
  const screen = screenOf(call, project.id, typeId);
  const has = (id: string) => screen.some(({ fieldId }) => fieldId === id);
  const more = screen
    .filter(({ fieldId, isRequired }) => isRequired && !["summary", "issuetype", "project"].includes(fieldId))
    .map(({ fieldId }) => fieldOf(call, fieldId))
    .filter((field) => !hasDefault(field));
  return shell(
    `New ${type?.name} · ${project.name}`,
    home,
    `<span class="dim">/</span><a href="${h(home)}/projects/${h(project.key)}">${h(project.name)}</a>`,
    `<h1>New ${h(type?.name)}</h1><form class="tall" method="post" action="${h(home)}/secure/CreateIssueDetails.jspa">
<input type="hidden" name="pid" value="${h(project.id)}"><input type="hidden" name="issuetype" value="${h(typeId)}">
<label>Summary<input name="summary" required maxlength="255" value="${h(query.get("summary") ?? "")}"></label>
${has("description") ? `<label>Description<textarea name="description">${h(query.get("description") ?? "")}</textarea></label>` : ""}
${has("labels") ? `<label>Labels, separated by spaces<input name="labels" value="${h(query.getAll("labels").join(" "))}"></label>` : ""}
${more.map((field) => `<label>${h(field.name)}${inputFor(call, field)}</label>`).join("")}
<button>Create</button></form>`,
  );
}

export const notFoundPage = (home: string) =>
  shell("Oops", home, "", "<h1>404</h1><p>Oops, you have found a dead link.</p>");

export const refusedPage = (home: string, reason: string) =>
  shell("Not done", home, "", `<h1>That was not done</h1><pre>${h(reason)}</pre>`);
