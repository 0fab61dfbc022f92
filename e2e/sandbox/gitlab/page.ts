import { renderMarkdown } from "../github/markdown";
import { escapeHtml as h } from "../github/page";
import { get, type Issue, type Note, ownedBy, type Project, type State } from "./state";

const style = `
:root{color-scheme:light dark;--bg:#fff;--line:#dcdcde;--soft:#fbfafd;--text:#28272d;--dim:#626168;--link:#1068bf;--open:#217645;--done:#1f75cb}
@media (prefers-color-scheme:dark){:root{--bg:#18171d;--line:#434248;--soft:#28272d;--text:#ececef;--dim:#a4a3a8;--link:#63a6e9;--open:#2da160;--done:#428fdc}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--text);font:15px/1.55 system-ui,sans-serif}a{color:var(--link)}
header{background:var(--soft);border-bottom:1px solid var(--line)}header div,main{max-width:56rem;margin:auto;padding:1rem 1.25rem}header small{float:right;color:var(--dim)}
h1{font-size:1.5rem;font-weight:600;line-height:1.3}.dim{color:var(--dim)}ul.list{list-style:none;padding:0;border:1px solid var(--line);border-radius:.4rem}.list li{padding:.7rem 1rem;border-top:1px solid var(--line)}.list li:first-child{border:0}
.state{border-radius:1rem;padding:.15rem .7rem;color:#fff;background:var(--open);font-size:.85rem}.closed{background:var(--done)}
.label{border:1px solid var(--line);border-radius:1rem;padding:.05rem .6rem;font-size:.8rem}.label i{display:inline-block;width:.6rem;height:.6rem;border-radius:50%;margin-right:.35rem}
article{border:1px solid var(--line);border-radius:.4rem;margin:1rem 0;padding:.75rem 1rem;overflow-wrap:anywhere}article.system{border:0;padding:0 1rem;color:var(--dim)}
pre{background:var(--soft);padding:.8rem;overflow:auto;font:13px/1.45 ui-monospace,monospace}img{max-width:100%}td,th{border:1px solid var(--line);padding:.3rem .6rem}table{border-collapse:collapse}
form{display:grid;gap:.75rem;margin:1rem 0}input,textarea{width:100%;font:inherit;color:inherit;background:var(--bg);border:1px solid var(--line);border-radius:.3rem;padding:.5rem}textarea{min-height:8rem}button{justify-self:start;font:inherit;color:inherit;background:var(--soft);border:1px solid var(--line);border-radius:.3rem;padding:.35rem .9rem;cursor:pointer}
dl{display:grid;grid-template-columns:8rem 1fr;gap:.2rem}dt{color:var(--dim)}dd{margin:0}`;

const shell = (root: string, title: string, main: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${h(title)}</title><style>${style}</style></head>
<body><header><div><a href="${root}/">GitLab sandbox</a><small>local, in memory</small></div></header><main>${main}</main></body></html>`;

const day = (iso: string) => `<time datetime="${h(iso)}">${h(iso.slice(0, 16).replace("T", " "))}</time>`;
const issuesPath = (root: string, { path }: Project) => `${root}/${h(path)}/-/issues`;

function labels(state: State, project: Project, issue: Issue): string {
  const known = ownedBy(state.labels, project);
  return issue.labels
    .map((name) => {
      const color = known.find((one) => one.name === name)?.color ?? "#888888";
      return `<span class="label"><i style="background:${h(color)}"></i>${h(name)}</span>`;
    })
    .join(" ");
}

export const homePage = (root: string, state: State) =>
  shell(
    root,
    "GitLab sandbox",
    `<h1>Projects</h1><ul class="list">${state.projects
      .slice(0, 200)
      .map(
        (one) =>
          `<li><a href="${issuesPath(root, one)}">${h(one.path)}</a> <span class="dim">${h(one.visibility)}${
            one.archived ? ", archived" : ""
          }${one.issues === "disabled" ? ", issues are switched off" : ""}</span><div class="dim">${h(one.description)}</div></li>`,
      )
      .join("")}</ul>`,
  );

export const listPage = (root: string, state: State, project: Project) =>
  shell(
    root,
    `Issues · ${project.path}`,
    `<h1>Issues of ${h(project.path)}</h1>${
      project.archived
        ? '<p class="dim">Archived: it can be read only.</p>'
        : `<p><a href="${issuesPath(root, project)}/new">New issue</a></p>`
    }<ul class="list">${
      state.issues
        .filter(({ projectId }) => projectId === project.id)
        .toSorted((a, b) => b.iid - a.iid)
        .slice(0, 200)
        .map(
          (
            one,
          ) => `<li><a href="${issuesPath(root, project)}/${one.iid}">${h(one.title)}</a> ${labels(state, project, one)}
<div class="dim">#${one.iid} ${h(one.state)}, by ${h(get(state.users, one.authorId).name)}, ${day(one.createdAt)}</div></li>`,
        )
        .join("") || '<li class="dim">No issues.</li>'
    }</ul>`,
  );

/** Uploads are named from the project; a page shows them from the site. */
const rendered = (root: string, project: Project, text: string) =>
  renderMarkdown(text.replace(/\]\(\/uploads\//g, `](${root}/-/project/${project.id}/uploads/`));

const note = (root: string, state: State, project: Project, one: Note) =>
  one.system
    ? `<article class="system">${h(get(state.users, one.authorId).name)} ${h(one.body)}, ${day(one.createdAt)}</article>`
    : `<article><div class="dim">${h(get(state.users, one.authorId).name)}, ${day(one.createdAt)}${one.internal ? ", internal" : ""}</div>${rendered(root, project, one.body)}</article>`;

export function issuePage(root: string, state: State, project: Project, issue: Issue): string {
  const isClosed = issue.state === "closed";
  const milestone = state.milestones.find(({ id }) => id === issue.milestoneId);
  const about = [
    ["Type", issue.type],
    ["Assignees", issue.assigneeIds.map((id) => get(state.users, id).name).join(", ")],
    ["Milestone", milestone?.title ?? ""],
    ["Due date", issue.dueDate ?? ""],
    ["Weight", issue.weight === null ? "" : String(issue.weight)],
    ["Confidential", issue.confidential ? "yes" : ""],
  ].filter(([, value]) => value !== "");
  return shell(
    root,
    `${issue.title} · #${issue.iid}`,
    `<p class="dim"><a href="${issuesPath(root, project)}">${h(project.path)}</a> #${issue.iid}</p><h1>${h(issue.title)}</h1>
<p><span class="state ${isClosed ? "closed" : "open"}">${isClosed ? "Closed" : "Open"}</span> ${labels(state, project, issue)}</p>
<p class="dim">${h(get(state.users, issue.authorId).name)} created this, ${day(issue.createdAt)}</p>
<article>${issue.description ? rendered(root, project, issue.description) : '<p class="dim">No description.</p>'}</article>
<dl>${about.map(([name = "", value = ""]) => `<dt>${h(name)}</dt><dd>${h(value)}</dd>`).join("")}</dl>
${state.notes
  .filter(({ issueId }) => issueId === issue.id)
  .map((one) => note(root, state, project, one))
  .join("")}
${
  project.archived
    ? ""
    : `<form method="post" action="${issuesPath(root, project)}/${issue.iid}/notes"><label>Comment<textarea name="body" required></textarea></label><button>Comment</button></form>
<form method="post" action="${issuesPath(root, project)}/${issue.iid}/state"><button name="state" value="${isClosed ? "opened" : "closed"}">${isClosed ? "Reopen issue" : "Close issue"}</button></form>`
}`,
  );
}

export const newIssuePage = (root: string, project: Project, given: URLSearchParams) =>
  shell(
    root,
    `New issue · ${project.path}`,
    `<h1>New issue</h1><form method="post" action="${issuesPath(root, project)}/new">
<input type="hidden" name="type" value="${h(given.get("issue[issue_type]") ?? "issue")}">
<label>Title<input name="title" required maxlength="255" value="${h(given.get("issue[title]") ?? "")}"></label>
<label>Description<textarea name="description">${h(given.get("issue[description]") ?? "")}</textarea></label>
<button>Create issue</button></form>`,
  );

export const notFoundPage = (root: string) => shell(root, "Not found", "<h1>404</h1><p>There is nothing here.</p>");
