import { escapeHtml as h, type PageItem, shell } from "./page";
import { org } from "./seed";
import { type Board, optionId, type State } from "./state";

const base = `/orgs/${org}/projects`;
const trail = (board?: Board) =>
  `<span class="dim">/</span><a href="${base}">Boards</a>${board ? `<span class="dim">/</span><a href="${base}/${board.number}">${h(board.title)}</a>` : ""}`;

const valuesOf = (board: Board, values: Record<string, string>) =>
  board.fields.flatMap(({ id, name, options }) => {
    const option = options?.find((one) => one.id === values[id]);
    return option ? [[name, option.name] as const] : [];
  });

/** The boards that an issue is on. */
export const itemsOf = ({ boards }: State, issueId: number): PageItem[] =>
  boards.flatMap((board) =>
    board.items
      .filter((item) => item.issueId === issueId)
      .map(({ values }) => ({
        board: board.title,
        href: `${base}/${board.number}`,
        values: valuesOf(board, values),
      })),
  );

export const boardsPage = ({ boards }: State) =>
  shell(
    "Boards",
    trail(),
    `<h1>Project boards</h1><ul class="list">${boards
      .map(
        (board) => `<li><b><a href="${base}/${board.number}">${h(board.title)}</a></b>
<div class="dim">${board.items.length} ${board.items.length === 1 ? "issue" : "issues"}</div></li>`,
      )
      .join("")}</ul>`,
  );

export const boardPage = ({ issues, repos }: State, board: Board) =>
  shell(
    board.title,
    trail(board),
    `<h1>${h(board.title)} <span>#${board.number}</span></h1><p><a class="button" href="${base}/${board.number}/settings">Settings</a></p>
<ul class="list">${
      board.items
        .flatMap(({ issueId, values }) => {
          const issue = issues.find(({ id }) => id === issueId);
          const repo = repos.find(({ id }) => id === issue?.repoId);
          if (!issue || !repo) return [];
          const told = valuesOf(board, values).map(([field, option]) => `${h(field)}: <b>${h(option)}</b>`);
          return [
            `<li><b><a href="/${org}/${h(repo.name)}/issues/${issue.number}">${h(issue.title)}</a></b><div class="dim">${told.join(" · ")}</div></li>`,
          ];
        })
        .join("") || '<li class="dim">Nothing is on this board.</li>'
    }</ul>`,
  );

/** Where a person edits options; each edit makes new ids for all of a field's options, as it does on GitHub. */
export const boardSettingsPage = (board: Board) =>
  shell(
    `Settings · ${board.title}`,
    trail(board),
    `<h1>Fields</h1>${board.fields
      .flatMap(({ id, name, options }) =>
        options
          ? `<form method="post" action="${base}/${board.number}/settings"><label>${h(name)}: the options, separated by commas
<input name="options" value="${h(options.map((option) => option.name).join(", "))}"></label><input type="hidden" name="field" value="${h(id)}">
<button class="primary">Save ${h(name)}</button></form>`
          : [],
      )
      .join("")}`,
  );

export function saveOptions(state: State, board: Board, form: URLSearchParams): void {
  const field = board.fields.find(({ id }) => id === form.get("field"));
  if (!field?.options) return;
  const names = (form.get("options") ?? "").split(",").flatMap((name) => name.trim() || []);
  const before = new Map(field.options.map(({ id, name }) => [id, name]));
  field.options = names.map((name) => ({ id: optionId(state.nextId++), name, color: "GRAY" }));
  for (const item of board.items) {
    const kept = field.options.find(({ name }) => name === before.get(item.values[field.id] ?? ""));
    if (kept) item.values[field.id] = kept.id;
    else delete item.values[field.id];
  }
}
