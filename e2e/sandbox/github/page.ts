import { renderMarkdown } from "./markdown";

export type PageIssue = {
  id: number;
  number: number;
  title: string;
  body: string | null;
  state: string;
  created_at: string;
  user: { login: string } | null;
  labels: { name: string; color: string }[];
  type: { name: string } | null;
  milestone: { title: string } | null;
  assignees: { login: string }[];
};
export type PageComment = { user: { login: string } | null; body: string; created_at: string };
/** Where an issue stands on a board. */
export type PageItem = { board: string; href: string; values: readonly (readonly [field: string, option: string])[] };
export type PageRepo = {
  full_name: string;
  description: string | null;
  private: boolean;
  archived: boolean;
  has_issues: boolean;
  open_issues_count: number;
};

export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
const h = escapeHtml;

const style = `
:root{color-scheme:light dark;--bg:#fff;--card:#fff;--line:#d1d9e0;--soft:#f6f8fa;--text:#1f2328;--dim:#59636e;--link:#0969da;--open:#1a7f37;--done:#8250df;--code:#eff1f3}
@media (prefers-color-scheme:dark){:root{--bg:#0d1117;--card:#0d1117;--line:#3d444d;--soft:#151b23;--text:#f0f6fc;--dim:#9198a1;--link:#4493f8;--open:#3fb950;--done:#ab7df8;--code:#656c7633}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--text);font:15px/1.55 system-ui,sans-serif}
a{color:var(--link);text-decoration:none}a:hover{text-decoration:underline}
header{background:var(--soft);border-bottom:1px solid var(--line)}header div,main{max-width:56rem;margin:auto;padding:1rem 1.25rem}
header div{display:flex;gap:.5rem;align-items:baseline;flex-wrap:wrap}header small{margin-left:auto;color:var(--dim)}header a{color:inherit;font-weight:600}
h1{font-size:1.6rem;font-weight:500;line-height:1.25;margin:.5rem 0}h1 span,.dim{color:var(--dim)}
.list{border:1px solid var(--line);border-radius:.5rem;padding:0;margin:1rem 0;list-style:none;overflow:hidden}
.list li{padding:.75rem 1rem;border-top:1px solid var(--line)}.list li:first-child{border-top:0}.list b a{color:var(--text)}
.state{display:inline-block;color:#fff;border-radius:2rem;padding:.2rem .75rem;font-weight:600;font-size:.85rem}.open{background:#1a7f37}.closed{background:#8250df}
.dot{display:inline-block;width:.7rem;height:.7rem;border-radius:50%;margin-right:.5rem}
.label{border:1px solid var(--line);border-radius:2rem;padding:.05rem .6rem;font-size:.78rem;white-space:nowrap}.label i{display:inline-block;width:.55rem;height:.55rem;border-radius:50%;margin-right:.35rem}
.tag{border:1px solid var(--line);border-radius:2rem;padding:0 .5rem;font-size:.75rem;color:var(--dim)}
article{border:1px solid var(--line);border-radius:.5rem;margin:1rem 0;overflow:hidden}article>div:first-child{background:var(--soft);border-bottom:1px solid var(--line);padding:.5rem 1rem;color:var(--dim)}
.body{padding:1rem;overflow-wrap:anywhere}.body>:first-child{margin-top:0}.body>:last-child{margin-bottom:0}
.body pre{background:var(--soft);border-radius:.4rem;padding:.8rem 1rem;overflow:auto;font:13px/1.45 ui-monospace,monospace}.body code{background:var(--code);border-radius:.3rem;padding:.1em .35em;font:.88em ui-monospace,monospace}.body pre code{background:none;padding:0;font-size:1em}
.body blockquote{margin:0;padding:0 1em;color:var(--dim);border-left:.25em solid var(--line)}.body table{border-collapse:collapse}.body td,.body th{border:1px solid var(--line);padding:.3rem .7rem}.body img{max-width:100%}
.body input{width:auto;margin:0 .5em 0 -1.4em}.body .contains-task-list{list-style:none}
form{display:grid;gap:.75rem;margin:1rem 0}input,textarea{width:100%;font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:.4rem;padding:.5rem .7rem}textarea{min-height:18rem;font:13px/1.5 ui-monospace,monospace}
button,.button{justify-self:start;font:inherit;font-weight:600;color:var(--text);background:var(--soft);border:1px solid var(--line);border-radius:.4rem;padding:.35rem .9rem;cursor:pointer}.primary{color:#fff;background:#1a7f37;border-color:#1a7f37}
`;

export const shell = (title: string, trail: string, main: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${h(title)}</title><style>${style}</style></head>
<body><header><div><a href="/">GitHub sandbox</a>${trail}<small>local, in memory</small></div></header><main>${main}</main></body></html>`;

const repoTrail = (name: string) => `<span class="dim">/</span><a href="/${h(name)}/issues">${h(name)}</a>`;
const label = ({ name, color }: PageIssue["labels"][number]) =>
  `<span class="label"><i style="background:#${h(color)}"></i>${h(name)}</span>`;
const day = (iso: string) => `<time datetime="${h(iso)}">${h(iso.slice(0, 16).replace("T", " "))}</time>`;
const dot = (state: string) => `<span class="dot ${h(state)}" title="${h(state)}"></span>`;

export const homePage = (repos: readonly PageRepo[]) =>
  shell(
    "GitHub sandbox",
    "",
    `<p><a href="/orgs/acme/projects">Project boards</a></p><h1>Repositories</h1><ul class="list">${repos
      .map(
        (repo) => `<li><b><a href="/${h(repo.full_name)}/issues">${h(repo.full_name)}</a></b>
<span class="tag">${repo.private ? "private" : "public"}</span>${repo.archived ? ' <span class="tag">archived</span>' : ""}
<div class="dim">${h(repo.description ?? "")}</div>
<div class="dim">${repo.has_issues ? `${repo.open_issues_count} open ${repo.open_issues_count === 1 ? "issue" : "issues"}` : "issues are switched off"}</div></li>`,
      )
      .join("")}</ul>`,
  );

export const listPage = (repo: PageRepo, issues: readonly PageIssue[]) =>
  shell(
    `Issues · ${repo.full_name}`,
    repoTrail(repo.full_name),
    `<h1>Issues</h1>${repo.archived ? '<p class="dim">This repository is archived: it can be read only.</p>' : `<p><a class="button" href="/${h(repo.full_name)}/issues/new">New issue</a></p>`}
<ul class="list">${
      issues
        .map(
          (
            issue,
          ) => `<li>${dot(issue.state)}<b><a href="/${h(repo.full_name)}/issues/${issue.number}">${h(issue.title)}</a></b>
${issue.labels.map(label).join(" ")}<div class="dim">#${issue.number} by ${h(issue.user?.login ?? "nobody")}, ${day(issue.created_at)}</div></li>`,
        )
        .join("") || '<li class="dim">No issues.</li>'
    }</ul>`,
  );

const facts = ({ type, milestone, assignees }: PageIssue, items: readonly PageItem[]) =>
  [
    type && `Type: ${h(type.name)}`,
    milestone && `Milestone: ${h(milestone.title)}`,
    assignees.length > 0 && `Assigned to ${assignees.map(({ login }) => h(login)).join(", ")}`,
    ...items.map(
      ({ board, href, values }) =>
        `On the board <a href="${h(href)}">${h(board)}</a>${values.map(([field, option]) => `, ${h(field)}: <b>${h(option)}</b>`).join("")}`,
    ),
  ]
    .filter(Boolean)
    .map((line) => `<div class="dim">${line}</div>`)
    .join("");

export const issuePage = (
  repo: PageRepo,
  issue: PageIssue,
  comments: readonly PageComment[],
  items: readonly PageItem[],
) =>
  shell(
    `${issue.title} · #${issue.number}`,
    repoTrail(repo.full_name),
    `<h1>${h(issue.title)} <span>#${issue.number}</span></h1>
<p><span class="state ${h(issue.state)}">${issue.state === "closed" ? "Closed" : "Open"}</span> ${issue.labels.map(label).join(" ")}</p>
${facts(issue, items)}
<article><div><b>${h(issue.user?.login ?? "nobody")}</b> opened this on ${day(issue.created_at)}</div>
<div class="body">${issue.body ? renderMarkdown(issue.body) : '<p class="dim">No description.</p>'}</div></article>
${comments
  .map(
    ({
      user,
      body,
      created_at,
    }) => `<article><div><b>${h(user?.login ?? "nobody")}</b> commented on ${day(created_at)}</div>
<div class="body">${renderMarkdown(body)}</div></article>`,
  )
  .join("")}
${repo.archived ? "" : `<form method="post" action="/${h(repo.full_name)}/issues/${issue.number}/state"><button name="state" value="${issue.state === "closed" ? "open" : "closed"}">${issue.state === "closed" ? "Reopen issue" : "Close issue"}</button></form>`}`,
  );

export const newIssuePage = (repo: PageRepo, given: URLSearchParams) =>
  shell(
    `New issue · ${repo.full_name}`,
    repoTrail(repo.full_name),
    `<h1>New issue</h1><form method="post" action="/${h(repo.full_name)}/issues/new">
<label>Title<input name="title" required maxlength="256" value="${h(given.get("title") ?? "")}"></label>
<label>Description<textarea name="body">${h(given.get("body") ?? "")}</textarea></label>
<label>Labels, separated by commas<input name="labels" value="${h(given.get("labels") ?? "")}"></label>
<button class="primary">Create</button></form>`,
  );

export const notFoundPage = () => shell("Not found", "", "<h1>404</h1><p>There is nothing here.</p>");
