import type { Answer } from "../faults";
import type { FrontRequest } from "../front";
import { replaceItem } from "./api";
import { announce } from "./hooks";
import { processes } from "./processes";
import { organisation } from "./seed";
import { type Item, type Project, projectOf, type State } from "./state";
import { draftOf, patched } from "./work-items";

const h = (text: unknown) => String(text ?? "").replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const style = `:root{color-scheme:light dark;--line:#8884;--dim:#767676;--link:#0078d4}
*{box-sizing:border-box}body{margin:0;font:15px/1.5 "Segoe UI",system-ui,sans-serif}header{border-bottom:1px solid var(--line);border-top:4px solid #0078d4}
header div,main{max-width:60rem;margin:auto;padding:.75rem 1.25rem}a{color:var(--link);text-decoration:none}h1{font-size:1.4rem;font-weight:600}
.dim{color:var(--dim)}ul.list{list-style:none;padding:0;border:1px solid var(--line);border-radius:4px}.list li{padding:.6rem 1rem;border-top:1px solid var(--line)}.list li:first-child{border:0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.5rem}dt{color:var(--dim)}dd{margin:0}.tag{background:#8882;border-radius:2px;padding:.1rem .5rem;margin-right:.4rem}
section{border:1px solid var(--line);border-radius:4px;padding:0 1rem;margin:1rem 0;overflow-wrap:anywhere}pre{overflow:auto;font:13px/1.4 ui-monospace,monospace}
form{display:flex;gap:.5rem;flex-wrap:wrap;align-items:center}input,textarea,select,button{font:inherit;padding:.35rem .6rem}textarea,.wide{width:100%}textarea{min-height:12rem}`;

const shell = (title: string, main: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${h(title)}</title><style>${style}</style></head>
<body><header><div><a href="/${organisation}"><b>Azure DevOps sandbox</b></a> <span class="dim">local, in memory</span></div></header><main>${main}</main></body></html>`;

const html = (body: string, status = 200): Answer => ({
  status,
  headers: {
    "content-type": "text/html; charset=utf-8",
    // What is in an item's HTML is shown and never run.
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; form-action 'self'",
  },
  body,
});
const seeOther = (location: string): Answer => ({ status: 303, headers: { location }, body: "" });

const path = new RegExp(
  `^/${organisation}(?:/([^/_][^/]*))?(?:/_workitems(?:/(edit|create)/([^/]+))?)?(/state)?/?$`,
  "i",
);
const owner = { login: "release-manager@acme.test", mayWrite: true, mayCreateTags: true, isScoped: true };

/** The pages that people see; null for what is the API's. */
export function sitePage(
  state: State,
  url: string,
  { method, url: { pathname, searchParams }, text }: FrontRequest,
): Answer | null {
  if (pathname === "/") return seeOther(`/${organisation}`);
  const [found, name, verb, what = "", isStateChange] = path.exec(pathname) ?? [];
  if (!found) return null;
  if (!name)
    return html(
      shell("Projects", `<h1>Projects</h1><ul class="list">${state.projects.map(projectLine).join("")}</ul>`),
    );
  const project = projectOf(state, decodeURIComponent(name));
  if (!project) return notFound();
  const base = `/${organisation}/${encodeURIComponent(project.name)}/_workitems`;
  const work = { state, url, account: owner };

  if (verb === "create") {
    if (method !== "POST") return html(createPage(project, decodeURIComponent(what), searchParams));
    const form = new URLSearchParams(text);
    const patch = [...form]
      .filter(([, value]) => value !== "")
      .map(([ref, value]) => ({ op: "add", path: `/fields/${ref}`, value }));
    const item = { ...patched(work, draftOf(project, decodeURIComponent(what), owner), patch), id: state.nextItemId++ };
    state.items.push(item);
    announce(work, "workitem.created", null, item);
    return seeOther(`${base}/edit/${item.id}`);
  }
  if (verb !== "edit") return html(listPage(state, project, base));
  const item = state.items.find(
    ({ id, project: home, isDeleted }) => id === Number(what) && home === project.name && !isDeleted,
  );
  if (!item) return notFound();
  if (method !== "POST" || !isStateChange) return html(itemPage(state, item, project, base));
  const value = new URLSearchParams(text).get("state");
  replaceItem(work, item, patched(work, item, [{ op: "add", path: "/fields/System.State", value }]));
  return seeOther(`${base}/edit/${item.id}`);
}

const notFound = () =>
  html(shell("Not found", "<h1>404</h1><p>TF401232: it does not exist, or you may not see it.</p>"), 404);

const projectLine = ({ name, description, process }: Project) =>
  `<li><b><a href="/${organisation}/${encodeURIComponent(name)}/_workitems">${h(name)}</a></b> <span class="tag">${h(process)}</span><div class="dim">${h(description)}</div></li>`;

function listPage(state: State, project: Project, base: string): string {
  const items = state.items.filter(({ project: home, isDeleted }) => home === project.name && !isDeleted).reverse();
  const lines = items.map(
    ({ id, type, fields }) =>
      `<li><span class="dim">${id} ${h(type)}</span> <b><a href="${base}/edit/${id}">${h(fields["System.Title"])}</a></b> <span class="tag">${h(fields["System.State"])}</span></li>`,
  );
  return shell(
    `${project.name}: work items`,
    `<h1>${h(project.name)}: work items</h1><ul class="list">${lines.join("") || "<li>None yet.</li>"}</ul>`,
  );
}

function itemPage(state: State, item: Item, project: Project, base: string): string {
  const { fields, type, id, relations } = item;
  const text = fields["Microsoft.VSTS.TCM.ReproSteps"] ?? fields["System.Description"] ?? "";
  const person = (account: unknown) =>
    state.users.find((user) => user.account === account)?.name ?? account ?? "Unassigned";
  const shown: [string, unknown][] = [
    ["State", fields["System.State"]],
    ["Assigned to", person(fields["System.AssignedTo"])],
    ["Area", fields["System.AreaPath"]],
    ["Iteration", fields["System.IterationPath"]],
    ["Priority", fields["Microsoft.VSTS.Common.Priority"]],
    ["Severity", fields["Microsoft.VSTS.Common.Severity"]],
    ...Object.entries(fields).filter(([ref]) => ref.startsWith("Custom.")),
    ["Created by", person(fields["System.CreatedBy"])],
  ];
  const rows = shown
    .filter(([, value]) => value !== undefined)
    .map(([label, value]) => `<dt>${h(label)}</dt><dd>${h(value)}</dd>`);
  const tags = String(fields["System.Tags"] ?? "")
    .split(";")
    .flatMap((tag) => tag.trim() || []);
  const states = processes[project.process].find(({ name }) => name === type)?.states ?? [];
  const comments = state.comments.filter(({ itemId, isDeleted }) => itemId === id && !isDeleted);
  return shell(
    `${type} ${id}: ${String(fields["System.Title"])}`,
    `<p class="dim"><a href="${base}">${h(project.name)}</a> / ${h(type)} ${id}</p><h1>${h(fields["System.Title"])}</h1>
<p>${tags.map((tag) => `<span class="tag">${h(tag)}</span>`).join("")}</p><dl>${rows.join("")}</dl>
<form method="post" action="${base}/edit/${id}/state"><label>State <select name="state">${states.map(([name]) => `<option${name === fields["System.State"] ? " selected" : ""}>${h(name)}</option>`).join("")}</select></label><button>Save</button></form>
<section>${String(text)}</section>
${relations.length ? `<h2>Links</h2><ul>${relations.map(({ rel, url, attributes }) => `<li>${h(rel)}: <a href="${h(/^https?:/.test(url) ? url : "#")}">${h(attributes.comment ?? attributes.name ?? url)}</a></li>`).join("")}</ul>` : ""}
${comments.length ? `<h2>Discussion</h2>${comments.map(({ text: body, by }) => `<section><p class="dim">${h(person(by))}</p>${body}</section>`).join("")}` : ""}`,
  );
}

/** The form filled in from the address: ?[System.Title]=… */
function createPage(project: Project, type: string, given: URLSearchParams): string {
  const value = (ref: string) => given.get(`[${ref}]`) ?? "";
  const text = type === "Bug" ? "Microsoft.VSTS.TCM.ReproSteps" : "System.Description";
  const required = (processes[project.process].find(({ name }) => name === type)?.required ?? []).map(
    (ref) => `<label>${h(ref)} <input name="${h(ref)}" value="${h(value(ref))}"></label>`,
  );
  return shell(
    `New ${type}`,
    `<h1>New ${h(type)} in ${h(project.name)}</h1><form method="post"><input class="wide" name="System.Title" aria-label="Title" value="${h(value("System.Title"))}">
<input class="wide" name="System.Tags" aria-label="Tags" value="${h(value("System.Tags"))}"><textarea name="${text}" aria-label="Text">${h(value(text))}</textarea>${required.join("")}<button>Save</button></form>`,
  );
}
