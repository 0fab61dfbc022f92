import { type Call, projectById, timeFor, userJson } from "../call";
import { valueJson } from "../fields/json";
import { fieldOf } from "../fields/meta";
import { transitionsOf } from "../issues/transition";
import type { FieldDef, Issue, RemoteLink, StoredFile } from "../model";
import { h, shell } from "./html";

/** What a value looks like to people: names, not ids. */
function words(value: unknown): string {
  if (Array.isArray(value)) return value.map(words).join(", ");
  if (typeof value !== "object" || value === null) return value === null || value === undefined ? "" : String(value);
  const { displayName, name, value: text, child, key } = value as Record<string, unknown>; // an object of valueJson
  const own = displayName ?? name ?? text ?? key ?? "";
  return child ? `${own} › ${words(child)}` : String(own);
}

const hidden = ["summary", "description", "issuetype", "project", "labels"];

function rows(call: Call, issue: Issue): string {
  const project = projectById(call, issue.projectId);
  const shown = Object.keys(issue.values).filter((id) => !hidden.includes(id) && issue.values[id] !== null);
  return shown
    .map((id) => fieldOf(call, id))
    .map((field) => `<tr><th>${h(field.name)}</th><td>${cell(call, issue, field, project)}</td></tr>`)
    .join("");
}

function cell(call: Call, issue: Issue, field: FieldDef, project: Parameters<typeof valueJson>[3]): string {
  const value = issue.values[field.id];
  if (field.kind === "paragraph") return `<pre>${h(call.face.plainText(value))}</pre>`;
  return h(words(valueJson(call, field, value, project)));
}

const isWeb = (url: string) => /^https?:\/\//.test(url);

const linkItem = ({ object }: RemoteLink) =>
  `<li>${isWeb(object.url) ? `<a href="${h(object.url)}" rel="noreferrer">${h(object.title)}</a>` : h(object.title)}</li>`;

function fileItem(file: StoredFile): string {
  const { name, mediaType, bytes } = file;
  const isPicture = /^image\/(png|jpeg|gif|webp)$/.test(mediaType);
  const data = isPicture ? Buffer.from(bytes).toString("base64") : "";
  const picture = isPicture ? `<br><img alt="${h(name)}" width="320" src="data:${h(mediaType)};base64,${data}">` : "";
  return `<li>${h(name)} <span class="dim">${h(mediaType)}, ${bytes.byteLength} bytes</span>${picture}</li>`;
}

const list = (title: string, items: string[]) => (items.length ? `<h2>${title}</h2><ul>${items.join("")}</ul>` : "");

/** A button for each way that the workflow leaves open, with what its screen asks for. */
function transitions(call: Call, issue: Issue, path: string): string {
  return transitionsOf(call, issue)
    .map(({ id, name, screen }) => {
      const asks = screen.some(({ fieldId }) => fieldId === "resolution");
      const options = call.state.resolutions.map((one) => `<option value="${h(one.id)}">${h(one.name)}</option>`);
      const select = asks ? `<label>Resolution <select name="resolution">${options.join("")}</select></label>` : "";
      return `<form method="post" action="${h(path)}/transition">${select}<button name="id" value="${h(id)}">${h(name)}</button></form>`;
    })
    .join("");
}

/** An issue as a person sees it. */
export function issuePage(call: Call, home: string, issue: Issue): string {
  const project = projectById(call, issue.projectId);
  const status = call.state.statuses.find(({ id }) => id === issue.statusId);
  const type = call.state.types.find(({ id }) => id === issue.typeId);
  const labels = Array.isArray(issue.values.labels) ? issue.values.labels : [];
  const who = (id: string) => h(words(userJson(call, id)));
  const text = call.face.plainText(issue.values.description);
  const comments = issue.comments.map(
    ({ authorId, createdMs, body }) =>
      `<li><b>${who(authorId)}</b> <span class="dim">${h(timeFor(call, createdMs))}</span><pre>${h(call.face.plainText(body))}</pre></li>`,
  );
  const path = `${home}/browse/${issue.key}`;
  return shell(
    `[${issue.key}] ${issue.values.summary}`,
    home,
    `<span class="dim">/</span><a href="${h(home)}/projects/${h(project.key)}">${h(project.name)}</a><span class="dim">/ ${h(issue.key)}</span>`,
    `<h1>${h(issue.values.summary)}</h1>
<p><span class="state ${h(status?.category)}">${h(status?.name)}</span> ${h(type?.name)} ${labels.map((label) => `<span class="label">${h(label)}</span>`).join(" ")}
<span class="dim">by ${who(issue.creatorId)}, ${h(timeFor(call, issue.createdMs))}</span></p>
${transitions(call, issue, path)}
<h2>Description</h2>${text ? `<pre>${h(text)}</pre>` : '<p class="dim">None</p>'}
<h2>Details</h2><table>${rows(call, issue)}</table>
${list("Links", issue.links.map(linkItem))}${list("Attachments", issue.files.map(fileItem))}${list("Comments", comments)}
<form class="tall" method="post" action="${h(path)}/comment"><label>Comment<textarea name="body" required></textarea></label><button>Add comment</button></form>`,
  );
}
